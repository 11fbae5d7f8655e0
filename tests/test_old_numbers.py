"""What visitors see of old numbers: "call first" beside each, and no page that leads to one that left."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel

from kiosk.content.age import LEAVES_DAYS, is_old
from kiosk.house import open_house
from kiosk.takeaway.payload import can_be_kept, choices_of
from kiosk.ui.gallery import examples_later, house_later
from kiosk.ui.pages.take import held_by
from kiosk.ui.picture import built
from kiosk.ui.printing import slip_of
from kiosk.ui.proof import panel_named
from kiosk.ui.scene import scene_for
from kiosk.ui.widgets.page import Page
from kiosk.visit.places import (
    CategoryPlace,
    GuidePlace,
    HelpPlace,
    LobbyPlace,
    MyCodePlace,
    MyNumbersPlace,
    ResourcePlace,
    TakePlace,
)
from kiosk.visit.visit import TextSize, Visit
from tests.test_gallery import assert_rules
from tests.ui.houses import DATA, FURTHER_SITE, NOW, SITES, WAYS_TO_SEE, Seen, parts

PANEL = panel_named("1080x1920")
SMALL = panel_named("1024x600")
SOME = [
    Seen("1024x600", TextSize.LARGEST, "es"),
    Seen("1080x1920", TextSize.NORMAL, "ar"),
]


@pytest.mark.parametrize("seen", SOME, ids=str)
def test_pages_with_old_numbers_keep_the_rules(qapp, houses, seen):
    assert_rules(house_later(houses[FURTHER_SITE]), examples_later(houses[FURTHER_SITE]), seen)


@pytest.mark.slow
@pytest.mark.parametrize("seen", WAYS_TO_SEE, ids=str)
def test_pages_with_old_numbers_keep_the_rules_everywhere(qapp, houses, seen):
    assert_rules(house_later(houses[FURTHER_SITE]), examples_later(houses[FURTHER_SITE]), seen)


@pytest.mark.parametrize("panel", [PANEL, SMALL], ids=["roomy", "small"])
def test_every_old_number_says_call_first_beside_it(qapp, house, panel):
    later = house_later(house)
    for example in examples_later(house):
        place = example.visit.place
        if isinstance(place, CategoryPlace) and panel is SMALL:
            continue  # its rows have no room for a badge; the page of each entry says it
        names_one = not isinstance(place, GuidePlace) or place.guide == "movans"
        shown = texts(later, example.visit, panel)
        assert any("Call first" in text or "Ask first" in text for text in shown) == names_one, example.name
        for text in shown:  # never a number on one part and its warning on the next
            if example.name in {"old-always", "old-by-day", "old-many"} and re.match(r".*\d{3}-\d{4}", text):
                assert "Call first" in text or "Call " in text, (example.name, text)
    assert not any("Call first" in text for text in texts(later, at(ResourcePlace("911")), panel))


@pytest.mark.parametrize("panel", [PANEL, SMALL], ids=["roomy", "small"])
def test_a_code_with_an_old_number_says_call_first_too(qapp, house, panel):
    later = house_later(house)
    shown = later.shown_now().services
    for service in shown.values():
        for index, choice in enumerate(choices_of(service)):
            told = texts(later, at(TakePlace(service.id, choice=index)), panel)
            assert any("first" in text for text in told) == has_old_number(later, choice, service), service.id
    kept = tuple(each.id for each in shown.values() if can_be_kept(each))[:2]
    assert any("Call first" in text for text in texts(later, replace(at(MyCodePlace()), kept=kept), panel))


def has_old_number(house, choice, service) -> bool:
    today = house.today(house.when())
    return any(is_old(phone, today) for phone in held_by(choice, service))


def test_recent_numbers_say_nothing_of_it(qapp, house):
    for example in examples_later(house):
        assert not any("Call first" in text for text in texts(house, example.visit, PANEL)), example.name


@pytest.mark.parametrize(
    "place",
    [
        ResourcePlace("movans"),
        TakePlace("movans"),
        TakePlace("movans", 9),
        GuidePlace("movans"),
        MyCodePlace(),
    ],
    ids=lambda place: type(place).__name__,
)
def test_what_leaves_at_midnight_is_gone_from_the_next_page_on(qapp, house, place):
    clock = Clock(NOW.replace(hour=23, minute=59) + timedelta(days=LEAVES_DAYS))
    house = replace(house, now=clock)
    visit = replace(at(place), kept=("movans",))
    before = built(house, visit, PANEL)
    assert slip_of(visit, house) is not None or isinstance(place, GuidePlace)
    clock.time += timedelta(minutes=1)
    after = built(house, visit, PANEL)
    assert before.windowTitle() == after.windowTitle()
    assert slip_of(visit, house) is None
    assert not any("566-8267" in text.replace("\u2011", "-") for text in said(after))
    assert built(house, replace(at(MyNumbersPlace()), kept=("movans",)), PANEL).part_count == 1


def test_the_directory_of_a_day_is_worked_out_once(house):
    clock = Clock(NOW + timedelta(days=LEAVES_DAYS + 1))
    house = replace(house, now=clock)
    visit = at(HelpPlace())
    first = scene_for(house, visit, PANEL).library
    clock.time += timedelta(hours=1)
    assert scene_for(house, visit, PANEL).library is first
    clock.time += timedelta(days=1)
    assert scene_for(house, visit, PANEL).library is not first


@pytest.mark.parametrize("year", [2000, 2040])
def test_a_wrong_clock_empties_no_page_and_is_reported_at_the_start(qapp, year):
    told = []
    house = open_house(DATA, DATA / "sites" / f"{SITES[0]}.toml", told.append, Clock(NOW.replace(year=year)))
    assert any("set the clock" in line for line in told)
    assert all(line.startswith("visitor-kiosk: ") and line.endswith("\n") for line in told)
    shown = house.shown_now()
    assert {"911", "alive", "ndvh"} <= set(shown.services)
    assert built(house, at(HelpPlace()), PANEL).buttons()
    for category in shown.categories:
        if shown.in_category(category):
            assert built(house, at(CategoryPlace(category)), PANEL).buttons()


def test_nothing_is_reported_while_all_is_recent():
    told = []
    open_house(DATA, None, told.append, Clock(NOW))
    assert told == []


class Clock:
    """The site's clock, turned by hand."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def __call__(self, zone):
        return self.time.astimezone(zone)


def at(place) -> Visit:
    return Visit(trail=(LobbyPlace(), HelpPlace(), place))


def texts(house, visit: Visit, panel) -> list[str]:
    return [text for _, page in parts(house, visit, panel) for text in said(page)]


def said(page: Page) -> list[str]:
    """All that a screen reader, and so the voice, would say of a page."""
    labels = [label.text() for label in page.findChildren(QLabel)]
    return labels + [f"{button.text()} {button.accessibleDescription()}" for button in page.buttons()]
