"""Feeds made for tests: one of the size and the manners of a 211, and what is broken or hostile."""

from __future__ import annotations

import csv
import json
import random
import zipfile

PERSONS = ("Maria Gonzalez", "Ann Persona", "Robert O'Hare", "Keisha Brown", "Jean-Luc Petit")
STREETS = ("1200 Market Street", "55 Oak Ave, Suite 4", "9 N Hidden Lane", "77 Elm St")
NUMBERS = (  # how a number is written, the staged number, its kind and its label; "" where it is left out
    ("(314) 555-{n} x123", "314-555-{n}", "voice", "Extension 123"),
    ("314-555-{n} ext. 12", "314-555-{n}", "voice", "Extension 12"),
    ("314.555.{n} Extension: 7", "314-555-{n}", "voice", "Extension 7"),
    ("314 555 {n} xOPT2", "314-555-{n}", "voice", "Then press 2"),
    ("314-555-{n}, option 3", "314-555-{n}", "voice", "Then press 3"),
    ("+1 314 555 {n}", "314-555-{n}", "voice", ""),
    ("1-800-555-{n}", "1-800-555-{n}", "voice", ""),
    ('"314-555-{n}"', "314-555-{n}", "voice", ""),
    ("TTY: 314-555-{n}", "314-555-{n}", "tty", ""),
    ("314-555-{n} (TDD)", "314-555-{n}", "tty", ""),
    ("314-555-{n} ask for Maria Gonzalez", "314-555-{n}", "voice", ""),
    ("314-555-{n} VP", "314-555-{n}", "video", ""),
    ("1-866-5-MOVANS", "1-866-566-8267", "voice", ""),
    ("1-800-799-SAFE (7233)", "1-800-799-7233", "voice", ""),
    ("211", "211", "voice", ""),
    ("Text 88788", "88788", "text", ""),
    ("Fax 314-555-{n}", "", "", ""),
    ("1-866-5-M0VANS", "", "", ""),
    ("000-000-0211", "", "", ""),
    ("555-{n}", "", "", ""),
    ("88788", "", "", ""),
    ("", "", "", ""),
)
HOURS = (
    "24/7",
    "Mon-Fri 8am-5pm; call Maria Gonzalez after hours",
    "24 hours a day, 7 days a week",
    "Around the clock except holidays",
    "By appointment at 1200 Market Street",
    "",
)
NAMES = (
    "FOOD PANTRY",
    "Counseling <b>Center</b>",
    "Women\u2019s Shelter",
    "24-Hour Crisis Line",
    "Legal \x00 Aid\x07",
)


def of_211(folder, services=4_000, seed=7):
    """Write a feed as a 211 exports it: HSDS 1.x tables with all their oddities; return what was planted."""
    chance = random.Random(seed)
    tables = {name: [] for name in _HEADERS}
    planted = []
    for number in range(services):
        id_, owner = f"s{number}", f"o{number // 4}"
        if number % 4 == 0:
            about = f"Run by {chance.choice(PERSONS)}."
            tables["organizations"].append(
                (owner, f"AGENCY {number} OF THE CITY", about, "http://example.org")
            )
        text = (
            f"We help people. Contact {chance.choice(PERSONS)} at {chance.choice(STREETS)}, MO 63101. "
            f"Open {chance.choice(HOURS)}. Write to help@example.org. <script>alert(1)</script>"
        )
        name = f"{chance.choice(NAMES)} {number}"
        tables["services"].append((id_, owner, name, text, "example.org/x", "active", chance.choice(HOURS)))
        spelled, *wanted = NUMBERS[number % len(NUMBERS)]
        four = f"{number % 10_000:04}"
        planted.append((id_, *(each.format(n=four) for each in wanted)))
        note = chance.choice(("", "Main line", f"Ask for {chance.choice(PERSONS)}", "open 24 hours"))
        tables["phones"].append((f"p{number}", id_, "", spelled.format(n=four), "", "", note))
        tables["phones"].append((f"c{number}", "", f"k{number}", f"314-556-{four}", "", "", "cell"))
        tables["contacts"].append((f"k{number}", id_, chance.choice(PERSONS), "Director", "m@example.org"))
        tables["regular_schedule"].append((f"h{number}", id_, "Monday", "8:00am", "5:00pm", ""))
        tables["regular_schedule"].append((f"i{number}", id_, "", "00:00", "23:59", chance.choice(HOURS)))
        tables["physical_addresses"].append((f"a{number}", f"l{number}", chance.choice(STREETS), "St. Louis"))
        tables["locations"].append((f"l{number}", owner, "Office"))
        tables["services_at_location"].append((f"t{number}", id_, f"l{number}"))
        tables["metadata"].append((f"m{number}", id_, "jane.roe", "update"))
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([_HEADERS[name], *rows])
    return planted


_HEADERS = {
    "organizations": ("id", "name", "description", "url"),
    "services": ("id", "organization_id", "name", "description", "url", "status", "fees"),
    "phones": ("id", "service_id", "contact_id", "number", "extension", "type", "description"),
    "contacts": ("id", "service_id", "name", "title", "email"),
    "regular_schedule": ("id", "service_id", "weekday", "opens_at", "closes_at", "description"),
    "physical_addresses": ("id", "location_id", "address_1", "city"),
    "locations": ("id", "organization_id", "name"),
    "services_at_location": ("id", "service_id", "location_id"),
    "metadata": ("id", "resource_id", "updated_by", "last_action_type"),
}


def a_service(**parts):
    """One service of HSDS 3.x with its organization, and one number."""
    return {
        "id": "s1",
        "name": "Help",
        "status": "active",
        "description": "We help.",
        "organization": {"id": "o1", "name": "Agency", "description": "x"},
        "phones": [{"id": "p1", "number": "314-555-0123", "type": "voice"}],
        **parts,
    }


def page(folder, *services, name="feed.json"):
    path = folder / name
    path.write_text(json.dumps({"total_items": len(services), "contents": services}), encoding="utf-8")
    return path


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
