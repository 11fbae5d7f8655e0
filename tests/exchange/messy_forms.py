"""The messy feed (`messy`) in each form in which directories send theirs."""

from __future__ import annotations

import csv
import json
from itertools import cycle, islice

from .messy import NUMBERS, services


def _nested(each, version):
    opens, closes = each.times
    owner = f"Agency {each.id}"
    found = {
        "id": each.id,
        "name": each.name,
        "status": "active",
        "description": each.text,
        "url": each.url,
        "email": each.mail,
        "fees_description": f"Ask {each.person}",
        "organization": {"id": f"o{each.id}", "name": owner, "description": each.text, "email": each.mail},
        "phones": [{"id": f"p{each.id}", "number": each.planted.spelled, "type": "", "description": ""}],
        "contacts": [
            {
                "id": f"k{each.id}",
                "name": each.person,
                "email": each.mail,
                "phones": [{"id": f"q{each.id}", "number": "314-557-0100"}],
            }
        ],
        "schedules": [
            {
                "id": f"h{each.id}",
                "freq": "WEEKLY",
                "byday": "MO,TU,WE,TH,FR,SA,SU",
                "opens_at": opens,
                "closes_at": closes,
                "description": each.hours,
            },
            {"id": f"e{each.id}"},
        ],
        "service_at_locations": [
            {
                "id": f"t{each.id}",
                "location": {
                    "id": f"l{each.id}",
                    "name": each.street,
                    "location_type": "physical",
                    "addresses": [
                        {"id": f"a{each.id}", "address_1": each.street, "city": "St. Louis", "country": "US"}
                    ],
                },
            }
        ],
    }
    if version == "3.1":
        found["additional_urls"] = [{"id": f"u{each.id}", "label": each.person, "url": each.url}]
    return found


def as_json(folder, count, version="3.1", size=50):
    """Write pages of an HSDS 3 API, each in a file."""
    planted = services(count)
    made = [_nested(each, version) for each in planted]
    pages = [made[at : at + size] for at in range(0, count, size)]
    for number, contents in enumerate(pages, 1):
        page = {
            "total_items": count,
            "total_pages": len(pages),
            "page_number": number,
            "size": len(contents),
            "first_page": number == 1,
            "last_page": number == len(pages),
            "empty": False,
            "contents": contents,
        }
        (folder / f"services-{number}.json").write_text(json.dumps(page), encoding="utf-8")
    return planted


def as_json_30(folder, count):
    """Write the same of HSDS 3.0."""
    return as_json(folder, count, "3.0", 1000)


def as_tables(folder, count, *, names, encoding="utf-8", ids="service_id"):
    """Write the tables of HSDS 1 to 3 or of Ohana, with the names that each has for them."""
    planted = services(count)
    tables = {
        "organizations": [("id", "name", "description", "email")],
        "services": [("id", "organization_id", "name", "description", names["url"], "status", names["fees"])],
        "phones": [("id", ids, "contact_id", "number", names["type"], "description")],
        "contacts": [("id", ids, "name", "title", "email")],
        names["schedules"]: [("id", ids, names["days"], "opens_at", "closes_at", "description")],
        "locations": [("id", "organization_id", "name")],
        names["addresses"]: [("id", "location_id", "address_1", "city")],
        "metadata": [("id", "resource_id", "updated_by")],
    }
    for each in planted:
        owner = f"o{each.id}"
        tables["organizations"].append((owner, f"Agency {each.id}", each.text, each.mail))
        tables["services"].append(
            (each.id, owner, each.name, each.text, each.url, "active", f"Ask {each.person}")
        )
        tables["phones"].append((f"p{each.id}", each.id, "", each.planted.spelled, "", ""))
        tables["phones"].append((f"q{each.id}", "", f"k{each.id}", "314-557-0100", "", ""))
        tables["contacts"].append((f"k{each.id}", each.id, each.person, "Director", each.mail))
        days = "MO,TU,WE,TH,FR,SA,SU" if names["days"] == "byday" else "Monday"
        tables[names["schedules"]].append((f"h{each.id}", each.id, days, *each.times, each.hours))
        tables[names["schedules"]].append((f"e{each.id}", each.id, "", "", "", ""))
        tables["locations"].append((f"l{each.id}", owner, each.street))
        tables[names["addresses"]].append((f"a{each.id}", f"l{each.id}", each.street, "St. Louis"))
        tables["metadata"].append((f"m{each.id}", each.id, each.person))
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)
    return planted


HSDS_1 = {
    "url": "url",
    "fees": "fees",
    "type": "type",
    "schedules": "regular_schedule",
    "days": "weekday",
    "addresses": "physical_addresses",
}
HSDS_3 = {
    **HSDS_1,
    "fees": "fees_description",
    "schedules": "schedules",
    "days": "byday",
    "addresses": "addresses",
}
OHANA = {
    **HSDS_1,
    "url": "website",
    "type": "number_type",
    "schedules": "regular_schedules",
    "addresses": "addresses",
}


def as_hsds_1(folder, count):
    return as_tables(folder, count, names=HSDS_1)


def as_hsds_3(folder, count):
    return as_tables(folder, count, names=HSDS_3, encoding="utf-16")


def as_ohana(folder, count):
    return as_tables(folder, count, names=OHANA, encoding="utf-8-sig")


FORMS = {
    "json 3.1": as_json,
    "json 3.0": as_json_30,
    "csv 1": as_hsds_1,
    "csv 3": as_hsds_3,
    "ohana": as_ohana,
}


def of_many(folder, count):
    """Write fifty rows for each of many services, line by line: a service, its phone and hours, a contact
    with 46 phones.
    """
    tables = {
        "services": "id,organization_id,name,description",
        "phones": "id,service_id,number,contact_id",
        "regular_schedule": "id,service_id,weekday,opens_at,closes_at,description",
        "contacts": "id,service_id,name",
    }
    (folder / "organizations.csv").write_text("id,name\no1,Agency\n", encoding="utf-8")
    files = {name: (folder / f"{name}.csv").open("w", encoding="utf-8") for name in tables}
    for name, head in tables.items():
        files[name].write(f"{head}\n")
    for index, each in enumerate(islice(cycle(services(4 * len(NUMBERS))), count)):
        person = f"{each.person.split()[0]} Roe{index}"
        files["services"].write(f"s{index},o1,Help {index},Ask {person} for help\n")
        spelled = each.planted.spelled.replace('"', "'").replace("\x00", " ")
        files["phones"].write(f'p{index},s{index},"{spelled}",\n')
        files["phones"].writelines(f"q{index}-{n},,314-557-0100,k{index}\n" for n in range(46))
        files["regular_schedule"].write(f'h{index},s{index},Monday,8:00,17:00,"{each.hours}"\n')
        files["contacts"].write(f"k{index},s{index},{person}\n")
    for file in files.values():
        file.close()
