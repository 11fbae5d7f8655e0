"""The directory as HSDS 3.1 JSON: https://docs.openreferral.org/en/v3.1.1/hsds/schema_reference.html

One page of services, each with everything nested in it, as an HSDS interface answers `/services?full=true`.
Only what visitors may see is written: no contacts, no paused entries, and nothing about where a confidential
place is. Nothing is guessed: what our files say in a sentence stays a sentence. `kiosk.exchange.losses`
tells what HSDS has no place for.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from uuid import UUID, uuid5

from kiosk.content.hours import MIDNIGHT
from kiosk.content.model import (
    Category,
    CategoryId,
    Library,
    Organization,
    Phone,
    PhoneKind,
    Schedule,
    Service,
    Text,
)

Record = dict[str, object]
"""One JSON object. Keys are those of HSDS."""

NAMESPACE = UUID("8d0d6a53-3d3c-5a5e-9f0c-6c1f3b1f6a31")
"""Every id is the uuid5 of this and of our own ids, so that two exports of one entry have the same."""

TYPES = {
    PhoneKind.VOICE: "voice",
    PhoneKind.TEXT: "text",
    PhoneKind.VIDEO: "video",
    PhoneKind.TTY: "textphone",
}
"""`phone.type`: the words of RFC 6350, which HSDS names."""

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TAXONOMY = "Needs on the Help page"
CHAT = "Chat"
KEYWORD = "To reach this line, text the word {word} to this number."
SPELLING = "With the letters of a keypad this number is {word}."
DAY_AND_NIGHT = "Answers day and night: {line}"
HOURS = "Hours of one line: {line}"
TO_MIDNIGHT = "Closes at midnight."
BETWEEN_PARTS = "\n\n"

_FULL_ADDRESS = re.compile(r"(.+), ([^,]+), ([A-Z]{2}) (\d{5}(?:-\d{4})?)", re.ASCII)


def json_of(library: Library) -> bytes:
    """Return the whole directory as UTF-8 JSON; the same bytes for the same content."""
    return (json.dumps(page_of(library), ensure_ascii=False, indent=2) + "\n").encode()


def page_of(library: Library) -> Record:
    """Return the page that holds every service, in the order of the files."""
    services = [_service(each, library) for each in library.services.values()]
    return {
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
    }


def id_of(*way: str) -> str:
    """Return the id of what our ids lead to, such as ("service", "alive")."""
    return str(uuid5(NAMESPACE, "/".join(way)))


def line_of(phone: Phone) -> str:
    """Return how a schedule names its line, since HSDS gives hours to services only: "211 (voice)"."""
    return f"{phone.number} ({TYPES[phone.kind]})"


def _service(service: Service, library: Library) -> Record:
    own = ("service", service.id)
    areas = [{"id": id_of(*own, "area"), "name": service.area.english}] if service.area else []
    chat = [{"id": id_of(*own, "chat"), "label": CHAT, "url": service.website}] if service.has_chat else []
    return _filled(
        id=id_of(*own),
        organization_id=id_of("organization", service.organization),
        program_id=id_of(*own, "program") if service.programme else None,
        name=service.name,
        description=_english(service.summary, service.offers),
        url=service.website,
        additional_urls=chat,
        status="active",
        interpretation_services=_english(service.languages),
        fees_description=_english(service.cost),
        eligibility_description=_english(service.eligibility),
        assured_date=service.checked.isoformat(),
        alert="\n".join(text.english for text in service.cautions),
        phones=[_phone(phone, *way) for way, phone in _lines(service)],
        schedules=list(_schedules(service)),
        service_areas=areas,
        service_at_locations=_places(service),
        organization=_organization(library.organizations[service.organization]),
        program=_program(service),
        attributes=[_attribute(service, library.categories[each]) for each in service.categories],
    )


def _organization(organization: Organization) -> Record:
    """HSDS demands a description; ours have none, so that the longer of the two names stands there."""
    return _filled(
        id=id_of("organization", organization.id),
        name=organization.name,
        alternate_name=organization.alternate_name,
        description=organization.alternate_name or organization.name,
    )


def _program(service: Service) -> Record | None:
    if not service.programme:
        return None
    return {
        "id": id_of("service", service.id, "program"),
        "organization_id": id_of("organization", service.organization),
        "name": service.programme,
        "description": service.programme,
    }


def _lines(service: Service) -> Iterator[tuple[tuple[str, ...], Phone]]:
    """Each line with the way to it, which stays the same when another line is put before it."""
    seen: Counter[str] = Counter()
    for phone in service.phones:
        line = f"{phone.kind}-{phone.digits}"
        seen[line] += 1
        again = (str(seen[line]),) if seen[line] > 1 else ()
        yield ("service", service.id, "phone", line, *again), phone


def _phone(phone: Phone, *way: str) -> Record:
    sentences = [
        phone.label.english if phone.label else "",
        KEYWORD.format(word=phone.keyword) if phone.keyword else "",
        SPELLING.format(word=phone.shown_as) if phone.shown_as else "",
    ]
    return _filled(
        id=id_of(*way),
        number=phone.number,
        type=TYPES[phone.kind],
        description="\n".join(filter(None, sentences)),
    )


def _schedules(service: Service) -> Iterator[Record]:
    """The hours of each line. 00:00 to 23:59 on all days is how HSDS hints at day and night."""
    for way, phone in _lines(service):
        if phone.open_24h:
            always = Schedule(tuple(range(7)), 0, MIDNIGHT)
            yield _schedule(always, DAY_AND_NIGHT.format(line=line_of(phone)), "", *way, "always")
        for place, schedule in enumerate(phone.schedules):
            note = TO_MIDNIGHT if schedule.closes_at == MIDNIGHT else ""
            yield _schedule(schedule, HOURS.format(line=line_of(phone)), note, *way, f"hours-{place}")


def _schedule(schedule: Schedule, description: str, note: str, *way: str) -> Record:
    """Wall time without an offset: HSDS names no time zone, and an offset is wrong half of the year."""
    return _filled(
        id=id_of(*way),
        freq="WEEKLY",
        byday=",".join(DAYS[day] for day in schedule.byday),
        opens_at=_clock(schedule.opens_at),
        closes_at=_clock(min(schedule.closes_at, MIDNIGHT - 1)),
        description=description,
        notes=note,
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _places(service: Service) -> list[Record]:
    """Where to go: only a public address. Its text stands whole; its parts only where none is guessed."""
    if service.address is None or service.is_confidential:
        return []
    own = ("service", service.id, "location")
    location = _filled(
        id=id_of(*own),
        location_type="physical",
        name=service.name,
        description=service.address.english,
        addresses=_addresses(service.address.english, *own, "address"),
    )
    return [{"id": id_of(*own, "service"), "service_id": id_of("service", service.id), "location": location}]


def has_parts(address: str) -> bool:
    """Whether an address says its street, city, state and ZIP code: "10 Oak St, St. Louis, MO 63101"."""
    return _FULL_ADDRESS.fullmatch(address) is not None


def _addresses(address: str, *way: str) -> list[Record]:
    if not (match := _FULL_ADDRESS.fullmatch(address)):
        return []
    parts = dict(zip(("address_1", "city", "state_province", "postal_code"), match.groups(), strict=True))
    return [{"id": id_of(*way), **parts, "country": "US", "address_type": "physical"}]


def _attribute(service: Service, category: Category) -> Record:
    return {
        "id": id_of("service", service.id, "category", category.id),
        "link_id": id_of("service", service.id),
        "link_type": "need",
        "link_entity": "service",
        "taxonomy_term": {
            "id": _term_id(category.id),
            "code": category.id,
            "name": category.title.english,
            "description": category.lead.english,
            "language": "en",
            "taxonomy_id": id_of("taxonomy"),
            "taxonomy_detail": {"id": id_of("taxonomy"), "name": TAXONOMY, "description": TAXONOMY},
        },
    }


def _term_id(category: CategoryId) -> str:
    return id_of("category", category)


def _english(*texts: Text | None) -> str:
    return BETWEEN_PARTS.join(text.english for text in texts if text)


def _filled(**values: object) -> Record:
    """Leave out what is not there: HSDS has no null."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}
