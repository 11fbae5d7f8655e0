"""What stands on a slip, and what does not: whoever finds it must not learn what it is about."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from kiosk.content.age import today_by
from kiosk.content.model import PhoneKind
from kiosk.house import ASSETS
from kiosk.slip.slip import Slip, Style, entry_slip, shared_slip
from kiosk.takeaway.payload import can_be_kept, choices_of, shared_contact
from kiosk.words.catalog import NATIVE_NAMES, load_words, read_english
from kiosk.words.numbers import plain
from kiosk.words.sensitive import telling_words
from tests.ui.houses import DATA

ENGLISH = read_english(ASSETS / "words" / "en.toml")


@pytest.fixture(params=NATIVE_NAMES)
def words(request):
    return load_words(request.param, ENGLISH, (ASSETS / "words", DATA / "words"), shows_unapproved=True)


def texts_of(slip: Slip) -> list[str]:
    return [plain(line.text) for line in (*slip.lines, *slip.below)]


def slips(house, words, days=0) -> list[Slip]:
    today = today_by(house.today(house.when()).day + timedelta(days=days), date.min)
    services = house.library.services.values()
    each = [entry_slip(s, choice, words, today) for s in services for choice in choices_of(s)]
    return [*each, shared_slip([s for s in services if can_be_kept(s)][:8], words, today)]


def test_no_line_of_any_slip_tells_what_it_is_about(house, words):
    found = [text for slip in slips(house, words) for text in texts_of(slip) if telling_words(text)]
    assert found == []


def test_no_slip_names_an_entry_the_site_a_web_address_or_a_day(house, words):
    named = [s.name for s in house.library.services.values()] + [house.settings.name.english]
    named += [organization.name for organization in house.library.organizations.values()]
    for slip in slips(house, words):
        text = "\n".join(texts_of(slip))
        assert [name for name in named if re.search(rf"\b{re.escape(name)}\b", text)] == []
        assert not re.search(r"https?:|www\.|\.org|\.gov|202\d", text)


def test_every_number_of_an_entry_is_on_its_slip_and_the_code_is_the_chosen_one(house, words):
    for service in house.library.services.values():
        for choice in choices_of(service):
            slip = entry_slip(service, choice, words, house.today(house.when()))
            numbers = [plain(line.text) for line in slip.lines if line.style is Style.NUMBER]
            assert numbers == [phone.number for phone in service.phones]
            assert slip.payload == choice.payload
            for phone in service.phones:
                if phone.kind is PhoneKind.TEXT and phone.keyword:
                    assert phone.keyword in "\n".join(texts_of(slip))


def test_the_slip_of_my_numbers_holds_them_all_and_one_code(house, words):
    kept = [s for s in house.library.services.values() if can_be_kept(s)][:8]
    slip = shared_slip(kept, words, house.today(house.when()))
    assert [plain(line.text) for line in slip.lines if line.style is Style.NUMBER] == [
        phone.number for service in kept for phone in service.phones
    ]
    assert slip.payload == shared_contact(kept, "Info")


def test_a_slip_says_nothing_of_itself(house):
    words = load_words("en", ENGLISH, ())
    assert {repr(slip) for slip in slips(house, words)} == {"Slip(...)"}


def test_an_old_number_says_call_first_on_its_slip_too(house, words):
    wanted = plain(words("old.call_first"))
    assert not any(wanted in texts_of(slip) for slip in slips(house, words))
    later = slips(house, words, days=200)
    assert all(wanted in texts_of(slip) for slip in later if slip.payload[:4] != "http")
    assert [text for slip in later for text in texts_of(slip) if telling_words(text)] == []
