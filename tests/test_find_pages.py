"""The pages of Find, measured like all others, on a made-up directory that is large enough to have them."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

from kiosk.settings import KNOWN_LANGUAGES
from kiosk.ui.gallery import Example, examples
from kiosk.ui.picture import built
from kiosk.ui.proof import PANELS
from kiosk.ui.theme import Panel
from kiosk.ui.widgets.tap import Tap
from kiosk.visit.actions import Open
from kiosk.visit.places import CategoryPlace, FindPlace, HelpPlace, LobbyPlace, Place
from kiosk.visit.visit import TextSize, Visit
from tests.test_gallery import faults
from tests.test_reach import too_high
from tests.ui.houses import Seen, in_view
from tests.ui.larger import open_larger, write_larger
from tests.ui.rules import faults_of

SEED = 20261120
WAYS = [Seen(*way) for way in product(PANELS, TextSize, KNOWN_LANGUAGES)]
SOME = random.Random(SEED).sample(WAYS, 24)
MOUNTED = (1080, 1920, 268.0, 900.0)


@pytest.fixture(scope="module")
def larger(tmp_path_factory):
    return open_larger(write_larger(tmp_path_factory.mktemp("larger")))


def find_examples(house) -> list[Example]:
    return [example for example in examples(house) if isinstance(example.visit.place, FindPlace)]


@pytest.mark.parametrize("seen", SOME, ids=str)
def test_find_keeps_the_rules(qapp, larger, seen):
    every = find_examples(larger)
    assert_rules(larger, random.Random(f"{SEED} {seen}").sample(every, 3), seen)


@pytest.mark.slow
@pytest.mark.parametrize("seen", WAYS, ids=str)
def test_find_keeps_the_rules_everywhere(qapp, larger, seen):
    assert_rules(larger, find_examples(larger), seen)


def assert_rules(house, chosen, seen):
    found = [f"{seen}: {fault}" for example in chosen for fault in faults(house, example, seen)]
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("size", TextSize)
def test_nothing_to_type_with_stands_above_the_reach_line(qapp, larger, size):
    panel, found = Panel.measured(*MOUNTED), []
    for example in find_examples(larger):
        for language in ("en", "ar"):
            visit = replace(example.visit, size=size, language=language)
            page = built(larger, visit, panel)
            found += [*faults_of(page, panel, size), *too_high(page, panel, MOUNTED[3])]
    assert not found, "\n".join(found[:20])


def test_help_offers_find_only_where_there_is_much_to_find(qapp, house, larger):
    assert not opens_find(house)
    assert opens_find(larger)
    assert {type(e.visit.place) for e in examples(larger)} == set(get_args(Place))


def opens_find(house) -> bool:
    page = built(house, Visit(trail=(LobbyPlace(), HelpPlace())), Panel.measured(1080, 1920, 268.0))
    return any(b.action == Open(FindPlace()) for b in page.findChildren(Tap))


@pytest.mark.parametrize("panel_name", PANELS)
def test_danger_is_one_touch_away_whatever_is_found(qapp, larger, panel_name):
    seen = Seen(panel_name, TextSize.LARGEST, "en")
    for example in find_examples(larger)[:5]:
        page = built(larger, in_view(example.visit, seen), seen.panel)
        assert any(b.action == Open(CategoryPlace("danger")) for b in page.findChildren(Tap))
