"""On a panel that reaches higher than everybody can, nothing to touch stands above 1220 mm from the floor."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtCore import QSize

from kiosk.ui.picture import built
from kiosk.ui.theme import HIGHEST_REACH_MM, LEAST_IN_REACH_MM, Panel
from kiosk.ui.widgets.tap import Tap
from kiosk.visit.places import HelpPlace, LobbyPlace
from kiosk.visit.visit import TextSize, Visit
from tests.flows.walker import Walker
from tests.ui.houses import LANGUAGES, SITES, parts, seen_examples
from tests.ui.rules import faults_of, rect_of

# Width and height in px, width and height of the lower edge in mm.
PORTRAIT = (1080, 1920, 268.0, 900.0)
LANDSCAPE = (1920, 1080, 476.0, 1000.0)
VERY_HIGH = (1080, 1920, 268.0, 1150.0)
WAYS = [*product((PORTRAIT, LANDSCAPE), TextSize)]


@pytest.mark.parametrize(("mounted", "size"), WAYS, ids=lambda value: str(value))
def test_nothing_to_touch_stands_above_the_line(houses, qapp, mounted, size):
    panel = Panel.measured(*mounted)
    found = []
    for site, language in product(SITES, LANGUAGES):
        every = seen_examples(houses[site])
        for example in random.Random(f"{mounted} {size} {site} {language}").sample(every, len(every) // 12):
            visit = replace(example.visit, language=language, size=size, asking=False)
            for _, page in parts(houses[site], visit, panel):
                told = [*faults_of(page, panel, size), *too_high(page, panel, mounted[3])]
                found += [f"{example.name}: {fault}" for fault in told]
    assert not found, f"{len(found)} faults:\n" + "\n".join(found[:20])


def too_high(page, panel: Panel, lower_edge_mm: float) -> list[str]:
    """Measured from the floor, not from what the panel made of it."""
    highest = [(tap, panel.height - rect_of(tap, page).top()) for tap in page.findChildren(Tap)]
    above = [(tap.accessibleName(), lower_edge_mm + px / panel.px_per_mm) for tap, px in highest]
    return [f"{name!r} reaches {mm:.0f} mm" for name, mm in above if mm > HIGHEST_REACH_MM]


def test_a_panel_that_is_low_enough_is_left_alone():
    assert Panel.measured(1080, 1920, 268.0, 743.0) == Panel.measured(1080, 1920, 268.0)
    assert Panel.measured(1080, 1920, 268.0, 744.0).reach_top > 0
    assert Panel.measured(1080, 1920, None, 900.0).reach_top == 0


def test_a_panel_that_hangs_too_high_keeps_what_a_page_needs():
    panel = Panel.measured(*VERY_HIGH)
    assert (panel.height - panel.reach_top) / panel.px_per_mm == pytest.approx(LEAST_IN_REACH_MM, abs=0.3)
    assert Panel.measured(1024, 600, 222.0, 1200.0).reach_top == 0


def test_all_needs_are_on_the_first_part(qapp, house):
    page = built(house, Visit(trail=(LobbyPlace(), HelpPlace())), Panel.measured(*PORTRAIT))
    assert page.part_count == 1


def test_the_window_measures_from_the_site_file(qapp, house):
    settings = replace(house.settings, panel_width_mm=268.0, lower_edge_mm=900.0)
    visitor = Walker(replace(house, settings=settings), QSize(1080, 1920))
    visitor.tap("Help")
    panel = Panel.measured(*PORTRAIT)
    assert too_high(visitor.page, panel, 900.0) == []
    assert visitor.middle_of("Back").y() > panel.reach_top
    visitor.leave()
