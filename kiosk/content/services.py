"""One file of data/organizations: who they are, and what they offer."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from kiosk.content.check import Check
from kiosk.content.headers import Shape, Table
from kiosk.content.model import (
    CategoryId,
    Organization,
    OrganizationId,
    Phone,
    PhoneKind,
    Service,
    ServiceId,
    Text,
)
from kiosk.content.phone_lines import KEYS as PHONE_KEYS
from kiosk.content.phone_lines import read_phone
from kiosk.content.reader import Reader, read_root
from kiosk.content.source import Section
from kiosk.content.wording import TEXT_LIMITS
from kiosk.words.sensitive import telling_words

KEYS = (
    *("id", "name", "programme", "category", *TEXT_LIMITS, "website", "chat", "cautions", "instead"),
    *("save_as", "location", "status", "checked"),
)
ABOUT_KEYS = ("id", "name", "alternate_name")
SHAPE: Shape = (
    Table("", ("schema",)),
    Table("[organization]", ABOUT_KEYS),
    Table("[[service]]", KEYS),
    Table("[[service.phone]]", PHONE_KEYS),
)
LONGEST_SAVE_AS = 16
LARGEST_CONTACT = 106
"""Bytes of a contact with all numbers of an entry: more make a code too fine to scan from the screen."""

_SAVE_AS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .-]*", re.ASCII)
_WEBSITE = re.compile(r"https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:/[A-Za-z0-9._~/%#=?&+-]*)?", re.ASCII)
_SHORTENERS = {"bit.ly", "tinyurl.com", "goo.gl", "t.co", "ow.ly", "is.gd", "rebrand.ly"}


class OrganizationFile(NamedTuple):
    """What one file holds; `active` are the ids of the services to be shown."""

    organization: Organization
    services: tuple[Service, ...]
    active: frozenset[ServiceId]


def read_organization(root: Section, check: Check) -> OrganizationFile | None:
    """The organization of one file. None when its own table is missing; faults go to `check`."""
    reader = read_root(root, check, ("organization", "service"))
    table = reader.table("organization")
    sections = reader.tables("service", at_least=1)
    if table is None:
        return None
    about = Reader(table, check, ABOUT_KEYS)
    organization = about.id("organization")
    name = about.name("name", 80)
    alternate = about.name("alternate_name", 120, required=False)
    services = []
    active = set()
    for section in sections:
        service, is_active = _read_service(section, check, (organization, name))
        services.append(service)
        if is_active:
            active.add(service.id)
    if any(service.is_confidential for service in services):
        check.hide((name, alternate))
    ids = tuple(service.id for service in services if service.id in active)
    return OrganizationFile(
        Organization(OrganizationId(organization), name, alternate or None, ids),
        tuple(services),
        frozenset(active),
    )


def _read_service(section: Section, check: Check, owner: tuple[str, str]) -> tuple[Service, bool]:
    reader = Reader(section, check, KEYS, ("phone",), ("phone", PHONE_KEYS))
    id_ = reader.id("service")
    phones = tuple(
        read_phone(each, check, f"service.{id_}.phone.{number}", owner)
        for number, each in enumerate(reader.tables("phone"))
    )
    texts = {
        key: reader.maybe_text(key, f"service.{id_}.{key}", limit, required=key == "summary")
        for key, limit in TEXT_LIMITS.items()
    }
    service = Service(
        id=ServiceId(id_),
        organization=OrganizationId(owner[0]),
        name=reader.name("name", 80),
        programme=reader.name("programme", 80, required=False) or None,
        categories=tuple(map(CategoryId, reader.mentions("category", "category", required=True))),
        summary=texts.pop("summary") or Text(f"service.{id_}.summary", ""),
        checked=_checked(reader, phones),
        phones=phones,
        website=_website(reader),
        has_chat=_has_chat(reader),
        cautions=reader.texts("cautions", f"service.{id_}.cautions", 200),
        instead=_instead(reader, id_),
        save_as=_save_as(reader, phones),
        is_confidential=_is_confidential(reader, id_),
        **texts,
    )
    _has_a_way(reader, service)
    _fits_a_code(reader, service)
    return service, reader.choice("status", ("active", "paused", "closed"), "active") == "active"


def _checked(reader: Reader, phones: tuple[Phone, ...]) -> date:
    own = reader.day("checked", required=not phones and not reader.misspelled("phone"))
    return min((phone.checked for phone in phones), default=own or date.min)


def _website(reader: Reader) -> str | None:
    website = reader.word("website", required=False)
    if not website:
        return None
    if website.startswith("http://"):
        reader.fault("website", f'"{website}" must begin with https://; open that address and copy it')
    elif not _WEBSITE.fullmatch(website) or len(website) > 100:
        reader.fault("website", f'"{website}" is not a plain address; write it as "https://example.org/help"')
    elif (urlsplit(website).hostname or "") in _SHORTENERS or "utm_" in website:
        reader.fault("website", "a shortened or tracked address is not allowed; write the full plain one")
    return reader.remark("website", 200)


def _has_chat(reader: Reader) -> bool:
    has_chat = reader.flag("chat")
    if has_chat and not reader.has("website"):
        reader.fault("chat", 'the chat has no address; write website = "https://..." or delete chat')
    return has_chat


def _instead(reader: Reader, own: str) -> tuple[ServiceId, ...]:
    ids = reader.mentions("instead", "service", required=False)
    if own in ids:
        reader.fault("instead", f'"{own}" is this entry itself; name another one', ids.index(own))
    return tuple(ServiceId(id_) for id_ in ids)


def _save_as(reader: Reader, phones: tuple[Phone, ...]) -> str:
    save_as = reader.word("save_as", required=False)
    speaks = any(phone.kind is PhoneKind.VOICE and not phone.is_emergency for phone in phones)
    if speaks and not reader.has("save_as"):
        wanted = 'the name for a saved contact is missing; write a neutral one: save_as = "Info AL"'
        reader.check.fault(reader.here, wanted)
    if save_as and not _SAVE_AS.fullmatch(save_as):
        plain = "write plain letters without accents, digits, spaces, dots and hyphens only"
        reader.fault("save_as", f'"{save_as}" cannot be saved on every phone; {plain}')
    if len(save_as) > LONGEST_SAVE_AS:
        reader.fault("save_as", f'"{save_as}" is longer than {LONGEST_SAVE_AS} characters; shorten it')
    if words := telling_words(save_as):
        told = f'"{save_as}" tells what it is about ({", ".join(words)}); write a neutral name: "Info AL"'
        reader.fault("save_as", told)
    return save_as


def _fits_a_code(reader: Reader, service: Service) -> None:
    """A contact is 46 bytes, twice its name, and 8 and the dialled digits (+1 before ten) for each number."""
    lines = [p for p in service.phones if p.kind is not PhoneKind.TEXT and p.digits and not p.is_emergency]
    numbers = sum(len(p.digits) + (6 if p.is_short else 8) for p in lines)
    room = (LARGEST_CONTACT - 46 - numbers) // 2
    if lines and min(len(service.save_as), LONGEST_SAVE_AS) > room:
        second = "write a second entry for some of them"
        shorter = f"shorten save_as to {room} characters, or {second}" if room >= len("Info A") else second
        reader.check.fault(reader.here, f"these {len(lines)} numbers are too many for one code; {shorter}")


def _is_confidential(reader: Reader, id_: str) -> bool:
    location = reader.choice("location", ("none", "confidential", "public"), "none")
    if location == "confidential":
        reader.check.secret[reader.here.file] = id_
        reader.check.secret_ids.add(id_)
        reader.check.hide((reader.word("name", required=False), reader.word("programme", required=False)))
        if reader.has("address"):
            reader.fault("address", "the place is confidential; delete this address and keep it nowhere here")
    elif location == "none" and reader.has("address"):
        reader.fault("address", 'there is an address; write location = "public", or delete the address')
    elif location == "public" and not reader.has("address"):
        reader.fault("location", 'the address is missing; write address = "...", or delete location')
    return location == "confidential"


def _has_a_way(reader: Reader, service: Service) -> None:
    ways = service.phones or service.website or service.instead or service.address
    if not ways and not reader.misspelled("phone"):
        dead_end = 'nobody can be reached here; write a [[service.phone]], a website, or instead = ["..."]'
        reader.check.fault(reader.here, dead_end)
