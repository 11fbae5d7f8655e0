"""How old a number is: past 180 days it says "call first", past 365 it leaves the screen.

The day comes from the site's clock, and a wrong clock must take nobody's help away:

- 911 and the lines that answer day and night never leave. 911 does not say "call first" either: nobody may
  call it to check it, and nobody in danger may be kept from it for a moment.
- A clock that stands before a day of the content itself is wrong. Then ages are counted from that day, and
  nothing leaves.
- A clock far ahead of the content cannot be told from a kiosk that nobody cares for. A number that may be a
  stranger's by now is the worse of the two mistakes, so the rule holds: what is old leaves.
- Where nothing at all would be left, nothing leaves.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from kiosk.content.model import Ages, Guide, Library, Organization, Phone, Service, ServiceId, Text
from kiosk.content.named import Spelled, spellings_of

CALL_FIRST_DAYS = 180
LEAVES_DAYS = 365
"""Days after the last check."""

MOST_TOLD = 20
"""Lines about old numbers in the log; a count stands for the rest."""


class Today(NamedTuple):
    """The day from which ages are counted; `clock` is what the site's clock says."""

    day: date
    clock: date
    newest: date

    @property
    def is_certain(self) -> bool:
        """False where the clock stands before a day that has been: nothing may leave by it."""
        return self.clock >= self.newest


def days_checked(library: Library) -> tuple[date, date]:
    """Return the first and the last day on which anything in the directory was checked."""
    ages = library.index.ages() if library.index else ages_of(library)
    return ages.oldest, ages.newest


def ages_of(library: Library) -> Ages:
    """Return when everything in the directory was checked; reads all of it."""
    days = [day for service in library.services.values() for day in _days(service)]
    leaving = [day for service in library.services.values() for day in _days_of_leaving(service)]
    return Ages(min(days, default=date.min), max(days, default=date.min), min(leaving, default=None))


def first_leaving(library: Library) -> date | None:
    """Return the day on which the first number leaves if nobody checks it before; None for never."""
    first = ages_of(library).first_to_leave
    return first and first + timedelta(days=LEAVES_DAYS + 1)


def today_by(clock: date, newest: date) -> Today:
    """Return the day that it is at least, by the clock and by the `newest` check of the content."""
    return Today(max(clock, newest), clock, newest)


def is_old(phone: Phone, today: Today) -> bool:
    """True for a number that says "call first"."""
    return not phone.is_emergency and (today.day - phone.checked).days > CALL_FIRST_DAYS


def is_old_entry(service: Service, today: Today) -> bool:
    """True for an entry of which a number is old, or that has none and was not looked at for so long."""
    if service.phones:
        return any(is_old(phone, today) for phone in service.phones)
    return (today.day - service.checked).days > CALL_FIRST_DAYS


def shown_on(today: Today, library: Library) -> Library:
    """Return the directory without what is too old; `library` itself where nothing leaves.

    No link or step leads to an entry that has left; no fact, caution or guide names a number that has left.
    """
    if not today.is_certain or not _anything_leaves(library, today):
        return library
    if library.index:
        return library.index.shown_on(today.day, library)
    services = {id_: left for id_, each in library.services.items() if (left := without_old(each, today.day))}
    if len(services) == len(library.services) and all(
        services[id_] is each for id_, each in library.services.items()
    ):
        return library
    live = _with_live_links(services)
    if not live:
        return library
    gone = Spelled(_numbers_of(library.services) - _numbers_of(live))
    guides = ((id_, each) for id_, each in library.guides.items() if not gone.is_named_by(each))
    return replace(
        library,
        services=MappingProxyType({id_: without_texts(each, gone) for id_, each in live.items()}),
        organizations=MappingProxyType(
            {id_: owner_with(each, live) for id_, each in library.organizations.items()}
        ),
        guides=MappingProxyType({id_: guide_with(each, live) for id_, each in guides}),
    )


def names_old_number(guide: Guide, library: Library, today: Today) -> bool:
    """True for a guide that names an old number of an entry to which one of its steps leads."""
    led_to = [library.services.get(step.service) for step in guide.steps if step.service]
    old = [phone for service in led_to if service for phone in service.phones if is_old(phone, today)]
    return Spelled(spellings_of(old)).is_named_by(guide)


def told_to_it(library: Library, left: Library, today: Today) -> Iterator[str]:
    """Say what is old on this day, one line each; `left` is what of the directory is still shown."""
    ahead = (today.clock - today.newest).days
    if ahead < -1:  # a day's difference is a time zone
        yield (
            f"the clock says {today.clock}, but the content was checked on {today.newest}: set the clock; "
            "until then nothing leaves the screen"
        )
    elif ahead > LEAVES_DAYS:
        yield f"nothing was checked for {ahead} days: if {today.clock} is not the day, set the clock"
    old = (line for service in library.services.values() for line in _told(service, left, today))
    yield from islice(old, MOST_TOLD)
    if more := sum(1 for _ in old):  # counted and not kept: they may be as many as the entries
        yield f"{more} more numbers are as old; check --release lists them"
    for guide in library.guides.values():
        if guide.id not in left.guides:
            yield f'the guide "{guide.id}" names such a number; it left the screen'


def _told(service: Service, left: Library, today: Today) -> Iterator[str]:
    kept = left.services.get(service.id)
    for phone in service.phones:
        if is_old(phone, today):
            yield _line(f"{phone.number} of", service, phone.checked, today, kept and phone in kept.phones)
    if not service.phones and (is_old_entry(service, today) or not kept):
        yield _line("", service, service.checked, today, kept)


def _line(number: str, service: Service, checked: date, today: Today, is_shown: object) -> str:
    does = 'says "call first"' if is_shown else "left the screen"
    age = (today.day - checked).days
    return f'{number} "{service.id}" was last checked on {checked}, {age} days ago; it {does}'.lstrip()


def _days(service: Service) -> tuple[date, ...]:
    return tuple(phone.checked for phone in service.phones) or (service.checked,)


def _days_of_leaving(service: Service) -> tuple[date, ...]:
    """Return the days of the last checks after which something of this entry leaves."""
    if not service.phones:
        return (service.checked,)
    return tuple(phone.checked for phone in service.phones if not lasts(phone))


def _anything_leaves(library: Library, today: Today) -> bool:
    """False where a built directory knows that nothing in it is too old, so that it need not be read."""
    first = library.index.ages().first_to_leave if library.index else date.min
    return first is not None and (today.day - first).days > LEAVES_DAYS


def lasts(phone: Phone) -> bool:
    """True for a number that never leaves."""
    return phone.open_24h or phone.is_emergency


def _stays(phone: Phone, day: date) -> bool:
    return lasts(phone) or (day - phone.checked).days <= LEAVES_DAYS


def without_old(service: Service, day: date) -> Service | None:
    """Return an entry with the numbers that it still has on a day; None where nothing is left of it."""
    if not service.phones:
        return service if (day - service.checked).days <= LEAVES_DAYS else None
    phones = tuple(phone for phone in service.phones if _stays(phone, day))
    if len(phones) == len(service.phones):
        return service
    return replace(service, phones=phones, checked=min(p.checked for p in phones)) if phones else None


def _with_live_links(services: Mapping[ServiceId, Service]) -> dict[ServiceId, Service]:
    """Return the entries that still lead somewhere, each offering only what is there in its place."""
    live = dict(services)
    while True:
        live = {id_: entry_with(each, live) for id_, each in live.items()}
        leading = {id_: each for id_, each in live.items() if leads_somewhere(each)}
        if len(leading) == len(live):
            return live
        live = leading


def leads_somewhere(service: Service) -> bool:
    """True for an entry that a visitor can do anything with."""
    return bool(service.phones or service.website or service.instead or service.address)


def entry_with(service: Service, live: Container[ServiceId]) -> Service:
    """Return an entry that offers only `live` ones in its place."""
    if all(other in live for other in service.instead):
        return service
    return replace(service, instead=tuple(other for other in service.instead if other in live))


def owner_with(owner: Organization, live: Container[ServiceId]) -> Organization:
    """Return an organization with its `live` entries."""
    return replace(owner, services=tuple(each for each in owner.services if each in live))


def guide_with(guide: Guide, live: Container[ServiceId]) -> Guide:
    """Return a guide whose steps lead to `live` entries only."""
    if all(step.service is None or step.service in live for step in guide.steps):
        return guide
    steps = tuple(step if step.service in live else replace(step, service=None) for step in guide.steps)
    return replace(guide, steps=steps)


def without_texts(service: Service, gone: Spelled) -> Service:
    """Return an entry without what it says of numbers that are `gone`."""
    if not gone.is_named_by(service):
        return service

    def kept(text: Text | None) -> Text | None:
        return None if text and gone.is_named_in(text) else text

    return replace(
        service,
        hint=kept(service.hint),
        offers=kept(service.offers),
        eligibility=kept(service.eligibility),
        cost=kept(service.cost),
        languages=kept(service.languages),
        area=kept(service.area),
        cautions=tuple(text for text in service.cautions if kept(text)),
    )


def _numbers_of(services: Mapping[ServiceId, Service]) -> frozenset[str]:
    return spellings_of(phone for service in services.values() for phone in service.phones)
