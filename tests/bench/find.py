"""How long a key in Find takes, for directories of 10 to 100,000 made-up services.

Search alone, and search with the list built and painted on a portrait panel, for one to four letters, words
that stand inside others, numbers, and nothing that is found. Prints medians and the worst, in ms.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from types import MappingProxyType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from kiosk.content.model import Library, Organization, OrganizationId, Service, ServiceId, Text
from kiosk.find.index import Narrowing, Query, search, write
from kiosk.find.rows import areas_of, rows_of
from kiosk.house import DEMO_SITE, House, open_house
from kiosk.ui.picture import built, picture
from kiosk.ui.run import make_application
from kiosk.ui.theme import Panel
from kiosk.visit.actions import Type
from kiosk.visit.places import FindPlace, HelpPlace, LobbyPlace
from kiosk.visit.step import step
from kiosk.visit.visit import Visit

DATA = Path(__file__).parents[2] / "data"
TYPED = ("e", "s", "legal", "coun", "women", "ounsel", "334", "3145550", "center 9", "family help", "zqxj")
PLACES = ("Elm", "River", "North", "Gate", "Prairie", "Lake", "Maple", "Harbor", "Oak", "Hill", "Spring")
KINDS = ("Family Center", "Legal Aid", "Counseling Group", "Women's Network", "Senior Services", "Help Desk")


def larger(house: House, count: int) -> Library:
    """Return the library of a house with made-up services up to `count`, as wordy as the real ones."""
    real = list(house.library.services.values())
    services: dict[ServiceId, Service] = {}
    organizations = dict(house.library.organizations)
    for index in range(count):
        like = real[index % len(real)]
        id_ = ServiceId(f"made-{index}")
        name = f"{PLACES[index % 11]}{index % 997} {KINDS[index % 6]} {index}"
        owner = OrganizationId(f"made-{index}")
        text = Text(
            f"made.{index}", f"{like.summary.english} Number {index} of {PLACES[index % 11]}{index % 499}."
        )
        services[id_] = replace(like, id=id_, name=name, organization=owner, summary=text)
        organizations[owner] = Organization(owner, name, None, (id_,))
    return replace(
        house.library,
        services=MappingProxyType(services),
        organizations=MappingProxyType(organizations),
        index=None,
    )


def times_of(act, rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    return found


def searching(connection: sqlite3.Connection, rounds: int) -> list[float]:
    found = []
    for typed in TYPED:
        for end in range(1, len(typed) + 1):
            query = Query(typed[:end], "en")
            found += times_of(lambda query=query: search(connection, query, Narrowing(), 5), rounds)
    return found


def typing(house: House, rounds: int) -> list[float]:
    """Return the times from a letter to the pixels of field and list."""
    panel, found = Panel.measured(1080, 1920, 268.0), []
    for _ in range(rounds):
        for typed in TYPED:
            visit = Visit(trail=(LobbyPlace(), HelpPlace(), FindPlace()))
            page = built(house, visit, panel)
            picture(page)
            for letter in typed:
                visit = step(visit, Type(letter))
                began = time.perf_counter()
                page.live.show(visit)
                for each in page.live.changing_parts():
                    each.grab()
                found.append((time.perf_counter() - began) * 1000)
            page.deleteLater()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", default="10,1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    application = make_application()
    house = open_house(DATA, DATA / "sites" / DEMO_SITE)
    first: float | None = None
    heads = (("services", 9), ("write s", 9), ("search ms", 11), ("worst", 8), ("key to list ms", 16))
    print("".join(f"{head:>{wide}}" for head, wide in (*heads, ("worst", 8), ("ratio", 7))))
    for count in map(int, options.services.split(",")):
        library = larger(house, count)
        connection = sqlite3.connect(":memory:")
        began = time.perf_counter()
        write(connection, rows_of(library, ["en"], lambda _, text: text.english, areas_of(library)))
        wrote = time.perf_counter() - began
        grown = replace(house, library=library)
        finder = grown.finder(grown.today(grown.when()))
        finder._made["en"] = connection
        alone, keyed = searching(connection, options.rounds), typing(grown, options.rounds)
        first = first or median(keyed)
        print(
            f"{count:>9,}{wrote:>9.1f}{median(alone):>11.2f}{max(alone):>8.2f}"
            f"{median(keyed):>16.2f}{max(keyed):>8.2f}{median(keyed) / first:>7.2f}"
        )
    del application


if __name__ == "__main__":
    main()
