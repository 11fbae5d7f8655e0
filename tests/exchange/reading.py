"""Reads an exported page back, by what HSDS says and by the sentences in it, not by our ids."""

from __future__ import annotations

import re
from collections import Counter

TYPES = {"voice": "voice", "text": "text", "video": "video", "textphone": "tty"}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KEYWORD = re.compile(r"To reach this line, text the word (\w+) to this number\.")
SPELLING = re.compile(r"With the letters of a keypad this number is ([\w-]+)\.")


def read(page):
    """Return plain values by the service's name and number in the page, as `said_by` gives them."""
    return [_service(each) for each in page["contents"]]


def _service(record):
    summary, _, offers = record["description"].partition("\n\n")
    places = [each["location"] for each in record.get("service_at_locations", ())]
    return {
        "name": record["name"],
        "programme": record.get("program", {}).get("name"),
        "summary": summary,
        "offers": offers or None,
        "website": record.get("url"),
        "chat": [each["url"] for each in record.get("additional_urls", ()) if each["label"] == "Chat"],
        "eligibility": record.get("eligibility_description"),
        "cost": record.get("fees_description"),
        "languages": record.get("interpretation_services"),
        "area": next((each["name"] for each in record.get("service_areas", ())), None),
        "address": next((each["description"] for each in places), None),
        "cautions": record["alert"].split("\n") if "alert" in record else [],
        "checked": record["assured_date"],
        "organization": (record["organization"]["name"], record["organization"].get("alternate_name")),
        "categories": [_term(each["taxonomy_term"]) for each in record.get("attributes", ())],
        "phones": [_phone(each) for each in record.get("phones", ())],
        "hours": Counter(_hours(each) for each in record.get("schedules", ())),
    }


def _term(term):
    return term["code"], term["name"], term["description"]


def _phone(record):
    said = {"label": None, "keyword": None, "shown_as": None}
    for line in record.get("description", "").split("\n") if "description" in record else ():
        if match := KEYWORD.fullmatch(line):
            said["keyword"] = match[1]
        elif match := SPELLING.fullmatch(line):
            said["shown_as"] = match[1]
        else:
            said["label"] = line
    return {"kind": TYPES[record["type"]], "number": record["number"], **said}


def _hours(record):
    what, _, line = record["description"].partition(": ")
    days = tuple(DAYS.index(day) for day in record["byday"].split(","))
    if what == "Answers day and night":
        assert (record["opens_at"], record["closes_at"], days) == ("00:00", "23:59", tuple(range(7)))
        return line, "always"
    closes = 1440 if record.get("notes") == "Closes at midnight." else _minutes(record["closes_at"])
    return line, days, _minutes(record["opens_at"]), closes


def _minutes(clock):
    return int(clock[:2]) * 60 + int(clock[3:])


def said_by(library):
    """Return the same values straight from the directory."""
    return [_said(service, library) for service in library.services.values()]


def _said(service, library):
    def english(text):
        return text.english if text else None

    organization = library.organizations[service.organization]
    terms = [library.categories[each] for each in service.categories]
    return {
        "name": service.name,
        "programme": service.programme,
        "summary": service.summary.english,
        "offers": english(service.offers),
        "website": service.website,
        "chat": [service.website] if service.has_chat else [],
        "eligibility": english(service.eligibility),
        "cost": english(service.cost),
        "languages": english(service.languages),
        "area": english(service.area),
        "address": english(service.address),
        "cautions": [text.english for text in service.cautions],
        "checked": service.checked.isoformat(),
        "organization": (organization.name, organization.alternate_name),
        "categories": [(each.id, each.title.english, each.lead.english) for each in terms],
        "phones": [
            {
                "kind": phone.kind.value,
                "number": phone.number,
                "label": english(phone.label),
                "keyword": phone.keyword,
                "shown_as": phone.shown_as,
            }
            for phone in service.phones
        ],
        "hours": Counter(hours for phone in service.phones for hours in _said_hours(phone)),
    }


def _said_hours(phone):
    kinds = {"tty": "textphone"}
    line = f"{phone.number} ({kinds.get(phone.kind.value, phone.kind.value)})"
    if phone.open_24h:
        yield line, "always"
    for each in phone.schedules:
        yield line, each.byday, each.opens_at, each.closes_at
