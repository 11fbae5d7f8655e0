"""What HSDS 3.1 has no place for, counted, so that nobody takes an export for the whole directory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.content.model import Library, Phone, Service
from kiosk.content.texts import texts_of
from kiosk.exchange.hsds import has_parts


@dataclass(frozen=True, slots=True)
class Loss:
    """One field of ours, such as "service.hint", how often it is filled in, and what becomes of it."""

    field: str
    count: int
    fate: str

    def __str__(self) -> str:
        return f"{self.count:>6}  {self.field}: {self.fate}"


def losses_of(library: Library) -> tuple[Loss, ...]:
    """Return what an export of this directory loses, in the order of the files; () when it loses nothing."""
    services = tuple(library.services.values())
    phones = tuple((service, phone) for service in services for phone in service.phones)
    all_losses = (*_of_services(services), *_of_phones(phones), *_of_the_rest(library))
    return tuple(loss for loss in all_losses if loss.count)


def _of_services(services: Iterable[Service]) -> Iterable[Loss]:
    parts = [service for service in services if service.address and not has_parts(service.address.english)]
    yield Loss("service.hint", _number(s.hint for s in services), "left out; only the summary goes along")
    instead = sum(len(s.instead) for s in services)
    yield Loss("service.instead", instead, "left out: which entry to use instead")
    yield Loss("service.save_as", _number(s.save_as for s in services), "left out: neutral contact name")
    secret = _number(s.is_confidential for s in services)
    yield Loss("service.is_confidential", secret, "no such mark; no place is given for these entries")
    yield Loss(
        "service.languages",
        _number(s.languages for s in services),
        "kept as a sentence (interpretation_services); no language codes are guessed",
    )
    fate = "kept as one text (location.description); its state and ZIP code are not known"
    yield Loss("service.address", len(parts), fate)


def _of_phones(phones: Iterable[tuple[Service, Phone]]) -> Iterable[Loss]:
    lines = [phone for _, phone in phones]
    yield Loss("phone.source", len(lines), "left out: where the number was read")
    yield Loss("phone.how", len(lines), "left out: whether somebody called it")
    called_by = _number(phone.called_by for phone in lines)
    yield Loss("phone.called_by", called_by, "left out: the role of who called it")
    later = sum(phone.checked != service.checked for service, phone in phones)
    yield Loss("phone.checked", later, "left out; the oldest day of the entry goes along (assured_date)")
    keywords = _number(phone.keyword for phone in lines)
    yield Loss("phone.keyword", keywords, "no field of its own; kept as a sentence (phone.description)")
    spelled = _number(phone.shown_as for phone in lines)
    yield Loss("phone.shown_as", spelled, "no field of its own; kept as a sentence (phone.description)")
    always = _number(phone.open_24h for phone in lines)
    yield Loss("phone.open_24h", always, "no field of its own; kept as 00:00-23:59 with a sentence")
    fate = "kept with the entry; which line they belong to is a sentence, and the time zone is left out"
    yield Loss("phone.schedules", sum(len(phone.schedules) for phone in lines), fate)


def _of_the_rest(library: Library) -> Iterable[Loss]:
    categories = tuple(library.categories.values())
    empty = sum(not library.in_category(category.id) for category in categories)
    idle = sum(not organization.services for organization in library.organizations.values())
    yield Loss("organization", idle, "left out: no entry of theirs is shown")
    yield Loss("category", empty, "left out: no entry has this need")
    yield Loss("category.hint", len(categories) - empty, "left out")
    yield Loss("category.icon", len(categories) - empty, "left out")
    yield Loss("category.urgent", _number(each.urgent for each in categories), "left out: the warm colour")
    yield Loss("guide", len(library.guides), "left out, with their steps and cautions")
    yield Loss("staff_card", 1, "left out")
    yield Loss("text", len(texts_of(library)), "in English only; HSDS has no place for translations")


def _number(values: Iterable[object]) -> int:
    return sum(bool(value) for value in values)
