"""The exact text inside each code. ASCII only; never shortened, tracked or tagged; none for 911.

Forms and why: `tel:` with the international number (RFC 3966), or the bare short code, which phones dial;
`SMSTO:number:word`, filled in by both large phone systems; vCard 3.0 with CRLF, read by every contact app.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.content.model import Phone, PhoneKind, Service

LARGEST_SHARED = 666
"""Bytes that a code of version 20 holds at error correction M (ISO/IEC 18004, table 7)."""


class Way(StrEnum):
    """How a number or address leaves with the visitor."""

    CALL = "call"
    TEXT = "text"
    CONTACT = "contact"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to take an entry along: the way, the payload, and the number it is about, if any."""

    way: Way
    payload: str
    phone: Phone | None = None


def choices_of(service: Service) -> tuple[Choice, ...]:
    """Return the ways of an entry in the order they are offered; empty for 911 and for none."""
    if service.is_emergency:
        return ()
    calls = [Choice(Way.CALL, tel(phone), phone) for phone in _callable(service)]
    texts = [
        Choice(Way.TEXT, text_message(phone), phone)
        for phone in service.phones
        if phone.kind is PhoneKind.TEXT
    ]
    contact = [Choice(Way.CONTACT, contact_of(service))] if calls else []
    web = [Choice(Way.WEB, service.website)] if service.website else []
    return (*calls, *texts, *contact, *web)


def can_be_kept(service: Service) -> bool:
    """Return True for an entry with a number that a contact can hold."""
    return not service.is_emergency and bool(_callable(service))


def tel(phone: Phone) -> str:
    """Return the dialling link of a number; short codes stay short (988 is nobody's +1988)."""
    return f"tel:{_dialled(phone)}"


def text_message(phone: Phone) -> str:
    """Return a message with its recipient and its word filled in."""
    return f"SMSTO:{_dialled(phone)}:{phone.keyword or ''}"


def contact_of(service: Service) -> str:
    """Return one contact under the entry's neutral name. One vCard only: phones merge several."""
    numbers = [f"TEL:{_dialled(phone)}" for phone in _callable(service)]
    return _vcard(service.save_as, numbers)


def shared_contact(services: Sequence[Service], name: str) -> str:
    """Return one contact `name` with every number of the kept entries, each with its own neutral label.

    The label is the entry's `save_as` without the word it shares with all others: an extended TYPE
    (RFC 2426, 3.3.1), shown as it is or without its "X-" by contact apps. Where so many numbers are kept
    that the labels would not fit the code, they go without labels, and none is left out.
    """
    labelled = [
        f"TEL;TYPE=X-{service.save_as.split()[-1].upper()}:{_dialled(phone)}"
        for service in services
        for phone in _callable(service)
    ]
    whole = _vcard(name, labelled)
    if len(whole) <= LARGEST_SHARED:
        return whole
    return _vcard(name, [f"TEL:{_dialled(phone)}" for service in services for phone in _callable(service)])


def printed(payload: str) -> str:
    """Return the payload as it is printed under its code: line ends shown as spaces, nothing left out."""
    return payload.replace("\r\n", " ").strip()


def _callable(service: Service) -> tuple[Phone, ...]:
    """Voice, TTY and video lines are dialled alike; text lines are not."""
    return tuple(p for p in service.phones if p.kind is not PhoneKind.TEXT and not p.is_emergency)


def _dialled(phone: Phone) -> str:
    return phone.digits if phone.is_short else f"+1{phone.digits}"


def _vcard(name: str, numbers: Sequence[str]) -> str:
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{name}", f"FN:{name}", *numbers, "END:VCARD"]
    return "\r\n".join(lines) + "\r\n"
