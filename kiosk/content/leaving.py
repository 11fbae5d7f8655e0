"""On which day what leaves the screen, if nobody checks it before: worked out once, by `build`.

`age.shown_on` says what is shown on one day. Whatever has left by a day is gone on every later one as well:
each number, entry and guide has one day of leaving. Days are counted as `date.toordinal` counts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.content.age import LEAVES_DAYS, entry_with, lasts, leads_somewhere, without_old, without_texts
from kiosk.content.model import Guide, Library, Phone, Service, ServiceId
from kiosk.content.named import Spelled, spellings_of
from kiosk.content.texts import texts_of

NEVER: Final = date.max.toordinal() + 1
AT_ONCE: Final = 0
"""When something leaves that never leads anywhere: as soon as anything leaves."""


@dataclass(frozen=True, slots=True)
class Face:
    """An entry as it is shown from one day on, until another."""

    service: Service
    since: int
    until: int


class Leaving:
    """The days of leaving of one directory. `first` is the earliest day on which anything may leave.

    Before the newest check nothing leaves, whatever the clock says (`age.Today`).
    """

    def __init__(self, library: Library, newest: date) -> None:
        self.first = newest.toordinal()
        self.entries = _entries(library)
        self._library = library
        self._numbers = _numbers(library)
        self._spelled = Spelled(frozenset(self._numbers))

    def guide(self, guide: Guide) -> int:
        """Return the day on which a guide names a number that has left."""
        named = (self._numbers[each] for text in texts_of(guide) for each in self._spelled.named_in(text))
        return min(named, default=NEVER)

    def faces(self) -> Iterator[Face]:
        """Yield how each entry is shown from the first day on, in the order of files, then of days."""
        for service in self._library.services.values():
            yield from self._faces_of(service)

    def _faces_of(self, service: Service) -> Iterator[Face]:
        until = self.entries[service.id]
        if until <= self.first:
            return
        named = {each for text in texts_of(service) for each in self._spelled.named_in(text)}
        days = {_leaves(phone) for phone in service.phones}
        days |= {self.entries.get(other, AT_ONCE) for other in service.instead}
        days |= {self._numbers[each] for each in named}
        since = self.first
        shown = self._shown(service, named, since)
        for day in sorted(day for day in days if self.first < day < until):
            if (then := self._shown(service, named, day)) != shown:
                yield Face(shown, since, day)
                shown, since = then, day
        yield Face(shown, since, until)

    def _shown(self, service: Service, named: set[str], day: int) -> Service:
        """Return the entry as `age.shown_on` shows it on a day on which it has not left."""
        left = without_old(service, date.fromordinal(day))
        live = {other for other in service.instead if self.entries.get(other, AT_ONCE) > day}
        gone = frozenset(each for each in named if self._numbers[each] <= day)
        return without_texts(entry_with(left or service, live), Spelled(gone))


def days_of(library: Library, newest: date) -> dict[ServiceId, int]:
    """Return the day on which each entry leaves that leaves at all; none comes before the first possible."""
    first = newest.toordinal()
    return {id_: max(day, first) for id_, day in _entries(library).items() if day < NEVER}


def _entries(library: Library) -> dict[ServiceId, int]:
    """Return on which day each entry leaves: with its numbers, and with all that it leads to."""
    found = {id_: _by_itself(each) for id_, each in library.services.items()}
    leaning = [each for each in library.services.values() if not leads_somewhere(_alone(each))]
    changed = True
    while changed:
        changed = False
        for service in leaning:
            last = max((found.get(other, AT_ONCE) for other in service.instead), default=AT_ONCE)
            if last < found[service.id]:
                found[service.id], changed = last, True
    return found


def _by_itself(service: Service) -> int:
    if service.phones:
        return max(map(_leaves, service.phones))
    return _day_after(service.checked)


def _alone(service: Service) -> Service:
    return entry_with(service, ())


def _leaves(phone: Phone) -> int:
    return NEVER if lasts(phone) else _day_after(phone.checked)


def _day_after(checked: date) -> int:
    return min(checked.toordinal() + LEAVES_DAYS + 1, NEVER)


def _numbers(library: Library) -> dict[str, int]:
    """Return for each spelling of a number the day from which no entry shows it."""
    found: dict[str, int] = {}
    for service in library.services.values():
        for phone in service.phones:  # while one of them is left, so is the entry
            for spelling in spellings_of([phone]):
                found[spelling] = max(found.get(spelling, AT_ONCE), _leaves(phone))
    return found
