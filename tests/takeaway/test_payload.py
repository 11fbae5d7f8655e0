"""What a code holds, entry by entry, and what never becomes one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.content.model import (
    CategoryId,
    How,
    OrganizationId,
    Phone,
    PhoneKind,
    Service,
    ServiceId,
    Text,
)
from kiosk.takeaway.payload import Way, can_be_kept, choices_of, shared_contact

DAY = date(2026, 11, 20)


def phone(digits: str, kind: PhoneKind = PhoneKind.VOICE, keyword: str | None = None) -> Phone:
    return Phone(kind, digits, digits, "a test", DAY, How.READ, keyword=keyword)


def service(*phones: Phone, website: str | None = None, save_as: str = "Info AB") -> Service:
    return Service(
        ServiceId("s"),
        OrganizationId("o"),
        "A name",
        (CategoryId("talk"),),
        Text("service.s.summary", "A line."),
        DAY,
        phones=phones,
        website=website,
        save_as=save_as,
    )


def test_911_gets_no_code_whatever_else_its_entry_holds():
    emergency = service(phone("911"), phone("911", PhoneKind.TEXT), website="https://example.org")
    assert choices_of(emergency) == ()
    assert not can_be_kept(emergency)
    assert "911" not in shared_contact([emergency], "Info")


@pytest.mark.parametrize(
    ("one", "way", "payload"),
    [
        (phone("3149932777"), Way.CALL, "tel:+13149932777"),
        (phone("988"), Way.CALL, "tel:988"),
        (phone("88788", PhoneKind.TEXT, "START"), Way.TEXT, "SMSTO:88788:START"),
        (phone("8447628483", PhoneKind.TEXT), Way.TEXT, "SMSTO:+18447628483:"),
    ],
)
def test_each_number_has_its_exact_payload(one, way, payload):
    choice = choices_of(service(one))[0]
    assert (choice.way, choice.payload) == (way, payload)


def test_a_contact_has_one_neutral_name_and_every_number_that_is_dialled():
    both = service(phone("3145344200"), phone("8004440514"), phone("88788", PhoneKind.TEXT, "START"))
    contact = next(choice.payload for choice in choices_of(both) if choice.way is Way.CONTACT)
    assert contact == (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Info AB\r\nFN:Info AB\r\n"
        "TEL:+13145344200\r\nTEL:+18004440514\r\nEND:VCARD\r\n"
    )


def test_kept_numbers_share_one_contact_with_their_own_labels():
    first = service(phone("3149932777"), save_as="Info AL")
    second = replace(first, phones=(phone("988"),), save_as="Info NL")
    lines = shared_contact([first, second], "Info").split("\r\n")
    assert lines[2:6] == ["N:Info", "FN:Info", "TEL;TYPE=X-AL:+13149932777", "TEL;TYPE=X-NL:988"]


def test_an_entry_with_a_text_line_only_cannot_be_kept():
    assert not can_be_kept(service(phone("88788", PhoneKind.TEXT, "START")))
