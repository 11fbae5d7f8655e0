"""The rows of a feed in one form, whatever it was: HSDS 1.x to 3.x, tabular or nested, or Ohana.

Here is decided what is never taken over: of contacts only whether they have a name, of addresses only
whether they say "confidential", and nothing of metadata, funding, taxonomies and the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Body = dict[str, str]

TABLES = {
    "organization": "organization",
    "service": "service",
    "phone": "phone",
    "schedule": "schedule",
    "regular_schedule": "schedule",
    "language": "language",
    "service_area": "area",
    "contact": "contact",
    "service_at_location": "place",
    "services_at_location": "place",
    "location": "location",
    "address": "address",
    "physical_address": "address",
    "program": "program",
    "attribute": "need",
    "additional_url": "url",
}
"""Each name of a table or of a nested list, in the singular, and our word for its rows."""

KNOWN_BUT_NOT_READ = frozenset(
    {
        *("metadata", "meta_table_description", "taxonomy", "taxonomy_term", "taxonomy_detail", "funding"),
        *("cost_option", "accessibility", "accessibility_for_disabilitie", "required_document", "unit"),
        *("organization_identifier", "holiday_schedule", "mail_address", "postal_address", "link_type"),
        *("service_taxonomy", "service_capacity", "payment_accepted", "eligibility", "url"),
        *("service_attribute", "other_attribute", "additional_website"),
    }
)

FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "organization": {"name": (), "alternate_name": ()},
    "service": {
        "organization_id": (),
        "program_id": (),
        "name": (),
        "description": ("short_desc",),
        "url": ("website",),
        "status": (),
        "interpretation_services": (),
        "fees_description": ("fees",),
        "eligibility_description": ("eligibility",),
        "application_process": (),
        "alert": (),
        "languages": (),
        "service_areas": (),
    },
    "phone": {
        "number": (),
        "extension": (),
        "type": ("number_type",),
        "description": (),
        "vanity": ("vanity_number",),
        "country_prefix": (),
        "languages": (),
        "owner": (),
    },
    "schedule": {
        "freq": (),
        "interval": (),
        "byday": ("weekday",),
        "opens_at": (),
        "closes_at": (),
        "description": (),
        "notes": (),
        "odd": ("byweekno", "bymonthday", "byyearday", "count"),
        "valid_to": ("until",),
    },
    "language": {"name": ("language", "code")},
    "area": {"name": ("service_area", "description")},
    "program": {"name": ()},
    "need": {"code": (), "taxonomy": ()},
    "url": {"label": (), "url": ()},
}
"""Each field that is read, with the names that older forms and Ohana have for it."""

OWNERS = ("service", "location", "organization", "contact", "service_at_location")
_PRIVATE = re.compile("private", re.IGNORECASE)
_PLACE = re.compile("address|location", re.IGNORECASE)
_PRIVATE_PLACE = re.compile("(?:address|location).*private|private.*(?:address|location)", re.IGNORECASE)
_SECRET = re.compile("confidential|undisclosed", re.IGNORECASE)
_YES = frozenset({"true", "t", "yes", "y", "1"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `owners` are what it hangs on, such as "service:12"; `links` its own ids of other rows.

    `is_private` is True where the feed marks it so, `is_secret` where it marks its place or address so, or
    where an address says that it is confidential. `person` is the name of a contact.
    """

    kind: str
    id: str
    owners: tuple[str, ...]
    body: Body
    links: Mapping[str, str]
    is_private: bool = False
    is_secret: bool = False
    person: str = ""


def kind_of(table: str) -> str | None:
    """Return our word for the rows of a table such as "services"; "" for known ones that are not read."""
    name = re.sub(r"[^a-z0-9]+", "_", table.lower()).strip("_")
    for form in (name, name.removesuffix("s"), name.removesuffix("es"), re.sub("ies$", "y", name)):
        if form in TABLES:
            return TABLES[form]
        if form in KNOWN_BUT_NOT_READ:
            return ""
    return None


def row_of(kind: str, values: Mapping[str, str]) -> Row:
    """Return what is taken over of one row; keys are those of the feed, in small letters."""
    links = {owner: found for owner in OWNERS if (found := values.get(f"{owner}_id", "").strip())}
    body = {field: _first(values, (field, *others)) for field, others in FIELDS.get(kind, {}).items()}
    return Row(
        kind,
        values.get("id", "").strip(),
        tuple(f"{owner}:{id_}" for owner, id_ in links.items()),
        {field: value for field, value in body.items() if value},
        links,
        _is_marked(values, _PRIVATE, _PLACE),
        _is_secret(kind, values),
        values.get("name", "").strip() if kind == "contact" else "",
    )


def _first(values: Mapping[str, str], names: Iterable[str]) -> str:
    return next((value for name in names if (value := values.get(name, "").strip())), "")


def _is_secret(kind: str, values: Mapping[str, str]) -> bool:
    if kind == "address" and any(_SECRET.search(value) for value in values.values()):
        return True
    return _is_marked(values, _SECRET, None) or _is_marked(values, _PRIVATE_PLACE, None)


def _is_marked(values: Mapping[str, str], mark: re.Pattern[str], unless: re.Pattern[str] | None) -> bool:
    return any(
        mark.search(key) and not (unless and unless.search(key)) and value.strip().lower() in _YES
        for key, value in values.items()
    )
