"""Every number on the two pages this kiosk was asked to replace is shown, and can be taken along."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from kiosk.settings import KNOWN_LANGUAGES
from kiosk.takeaway.payload import choices_of
from kiosk.ui.picture import picture
from kiosk.ui.proof import panel_named
from kiosk.ui.widgets.numbers import NumberCard
from kiosk.visit.places import HelpPlace, LobbyPlace, ResourcePlace, TakePlace
from kiosk.visit.visit import Visit
from tests.ui.codes import page_with_code, read_codes
from tests.ui.houses import ROOT, SITES, parts

SEED = ROOT / "tests" / "seed"
NUMBER = re.compile(r"1-866-5-[A-Z]{6}|\(?\d{3}\)?[ -]\d{3}-\d{4}|\b911\b")
KEYS = {letter: str(key) for key, group in enumerate(
    ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"), start=2) for letter in group}  # fmt: skip
EMERGENCY = "911"


def dialled(number: str) -> str:
    """Return the digits that a phone dials, without the country code."""
    digits = "".join(KEYS.get(sign, sign) for sign in number if sign.isdigit() or sign in KEYS)
    return digits.removeprefix("1") if len(digits) == 11 else digits


def numbers_in(text: str) -> set[str]:
    return {dialled(number) for number in NUMBER.findall(text)}


PROMISED = sorted(set().union(*(numbers_in(path.read_text("utf-8")) for path in SEED.glob("*.txt"))))


def test_the_two_pages_hold_the_numbers_that_were_counted_by_hand():
    assert sorted(path.name for path in SEED.glob("*.txt")) == ["seed-dart.txt", "seed-movans.txt"]
    assert len(PROMISED) == 15
    assert {"911", "3144445833", "3146224373", "8665668267", "8004440514"} <= set(PROMISED)


@pytest.fixture(scope="module", params=SITES)
def shown(request, houses, qapp):
    """The digits of every number on a number card, with the entries whose page has the card."""
    house = houses[request.param]
    return house, {language: cards(house, language) for language in house.settings.languages}


def cards(house, language) -> dict[str, set[str]]:
    found = defaultdict(set)
    for id_ in house.library.services:
        visit = Visit(trail=(LobbyPlace(), HelpPlace(), ResourcePlace(id_)), language=language)
        for _, page in parts(house, visit, panel_named("1080x1920")):
            for card in page.findChildren(NumberCard):
                # The numbers are isolated by signs that nobody sees, and kept on one line by their hyphens.
                text = card.text().replace("\u2011", "-")
                plain = "".join(sign for sign in text if sign not in "\u2066\u2067\u2068\u2069")
                for number in re.findall(r"\d[\d-]+\d", plain):
                    found[dialled(number)].add(id_)
    return found


@pytest.mark.parametrize("number", PROMISED)
def test_number_is_on_screen(shown, number):
    _, by_language = shown
    for language, found in by_language.items():
        assert found[number], f"{number} is on no page in {language}"


def test_both_sites_together_show_them_in_every_language(houses):
    assert {code for house in houses.values() for code in house.settings.languages} == set(KNOWN_LANGUAGES)


@pytest.mark.parametrize("panel_name", ["1080x1920", "1024x600"])
@pytest.mark.parametrize("number", [number for number in PROMISED if number != EMERGENCY])
def test_number_is_in_a_code_of_its_own_page(shown, number, panel_name):
    house, by_language = shown
    panel = panel_named(panel_name)
    read: list[bytes] = []
    for id_ in by_language["en"][number]:
        for index in range(len(choices_of(house.library.services[id_]))):
            for place in (ResourcePlace(id_, choice=index), TakePlace(id_, choice=index)):
                page = page_with_code(house, Visit(trail=(LobbyPlace(), HelpPlace(), place)), panel)
                if page is not None:
                    read += read_codes(picture(page))
                    break
    assert f"tel:+1{number}".encode() in read
    assert any(b"BEGIN:VCARD" in payload and f"+1{number}\r\n".encode() in payload for payload in read)


def test_911_is_on_screen_and_in_no_code(shown):
    house, by_language = shown
    for id_ in by_language["en"][EMERGENCY]:
        assert choices_of(house.library.services[id_]) == ()
