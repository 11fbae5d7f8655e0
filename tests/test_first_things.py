"""What a visitor came for stands on the first part, on every small panel, in every language and size."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.settings import Speech
from kiosk.ui.picture import built
from kiosk.ui.proof import PANELS, panel_named
from kiosk.ui.widgets.cards import Heading
from kiosk.ui.widgets.numbers import NumberCard
from kiosk.visit.actions import Open
from kiosk.visit.places import CategoryPlace, HelpPlace, LobbyPlace, MyNumbersPlace, ResourcePlace
from kiosk.visit.visit import TextSize, Visit
from kiosk.words.catalog import NATIVE_NAMES
from tests.ui.houses import FURTHER_SITE

LOW = [name for name in PANELS if min(map(int, name.split("x"))) <= 800]


@pytest.fixture(scope="module")
def house(houses):
    found = houses[FURTHER_SITE]
    return replace(found, settings=replace(found.settings, speech=Speech(4, 5, None)))


@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("language", NATIVE_NAMES)
@pytest.mark.parametrize("panel_name", LOW)
def test_needs_and_numbers_stand_on_the_first_part(qapp, house, panel_name, language, size):
    """Also with the voice on and a number kept, when the banner has its most controls.

    In larger text an entry with opening hours begins with what its number is for, and when it answers.
    """
    panel = panel_named(panel_name)
    spoken = [s for s in house.shown_now().services.values() if s.phones]
    longest = max(spoken, key=lambda service: len(service.summary.english))
    for speaks in (False, True):
        kept = (spoken[0].id,) if speaks else ()
        visit = Visit(kept=kept, language=language, size=size, speaks=speaks)
        page = built(house, replace(visit, trail=(LobbyPlace(), HelpPlace())), panel)
        opened = [button.action.place for button in page.buttons() if isinstance(button.action, Open)]
        assert any(isinstance(place, CategoryPlace) for place in opened)
        for service in (spoken[0], longest)[: 2 if size is TextSize.NORMAL else 1]:
            page = built(house, replace(visit, trail=(LobbyPlace(), ResourcePlace(service.id))), panel)
            assert page.findChildren(NumberCard), service.id


@pytest.mark.parametrize("size", TextSize)
def test_a_name_in_my_numbers_stands_above_its_number(qapp, house, size):
    """On no part of a low panel is a name the last thing."""
    kept = tuple(s.id for s in house.shown_now().services.values() if len(s.phones) == 1)[:6]
    panel = panel_named("1024x600")
    visit = Visit(kept=kept, size=size)
    for part in range(20):
        page = built(house, replace(visit, trail=(LobbyPlace(), MyNumbersPlace(part))), panel)
        bands = [each for each in page.children() if isinstance(each, Heading | NumberCard)]
        names = [each for each in bands if isinstance(each, Heading) and each.is_heading]
        assert not names or bands[-1] not in names
        if part + 1 >= page.part_count:
            break
