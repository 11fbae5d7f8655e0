"""What stands on a slip, line by line. Anyone may find it: it must never tell what it is about.

So an entry goes by the neutral name of its contact; a label that tells is left out; a web address stands in
the code only, and only if the visitor chose it. No name of the site, no day, no time, no logo.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.content.age import Today, is_old
from kiosk.content.model import Phone, PhoneKind, Service
from kiosk.takeaway.payload import Choice, shared_contact
from kiosk.words.catalog import Words
from kiosk.words.clock import opening
from kiosk.words.numbers import isolate
from kiosk.words.sensitive import telling_words


class Style(Enum):
    """How large a line is."""

    NAME = auto()
    NUMBER = auto()
    SMALL = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a slip; it may be broken, but for a number."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True, repr=False)
class Slip:
    """Lines above one code, and the lines below it."""

    lines: tuple[Line, ...]
    payload: str
    below: tuple[Line, ...]
    is_right_to_left: bool

    def __repr__(self) -> str:
        """Say nothing, as a visit does."""
        return "Slip(...)"


def entry_slip(service: Service, choice: Choice, words: Words, today: Today) -> Slip:
    """Return the slip of one entry with the code of the chosen way."""
    name = service.save_as or service.name
    named = _untelling(name, name, Style.NAME)
    numbers = [
        line for phone in service.phones for line in (*_number(phone, words, today), *_hours(phone, words))
    ]
    return _slip((*named, *numbers), choice.payload, words)


def shared_slip(services: Sequence[Service], words: Words, today: Today) -> Slip:
    """Return the slip of all kept entries with one code for all."""
    name = words.english["mine.contact_name"]  # a code holds A to Z only
    kept = [line for service in services for line in _kept(service, words, today)]
    return _slip((Line(name, Style.NAME), *kept), shared_contact(services, name), words)


def _slip(lines: tuple[Line, ...], payload: str, words: Words) -> Slip:
    below = (Line(words("slip.footer"), Style.SMALL),)
    return Slip(lines, payload, below, words.is_right_to_left)


def _kept(service: Service, words: Words, today: Today) -> Iterator[Line]:
    yield from _untelling(service.save_as, service.save_as, Style.SMALL)
    for phone in service.phones:
        yield from _number(phone, words, today)


def _number(phone: Phone, words: Words, today: Today) -> Iterator[Line]:
    if phone.label:
        yield from _untelling(phone.label.english, words.text(phone.label), Style.SMALL)
    if phone.kind is PhoneKind.TEXT:
        keyword = phone.keyword
        wanted = words("resource.text_to", keyword=keyword) if keyword else words("resource.text_any")
        yield Line(wanted, Style.SMALL)
    yield Line(isolate(phone.number), Style.NUMBER)
    if is_old(phone, today):
        yield Line(words("old.call_first"), Style.SMALL)


def _hours(phone: Phone, words: Words) -> Iterator[Line]:
    if phone.open_24h:
        yield Line(words("state.text_always"), Style.SMALL)
    for each in phone.schedules:
        yield Line(opening(words, each.byday, each.opens_at, each.closes_at), Style.SMALL)


def _untelling(english: str, shown: str, style: Style) -> Iterator[Line]:
    if shown and not telling_words(english) and not telling_words(shown):
        yield Line(shown, style)
