"""How long a key in Find takes, for directories of 10 to 100,000 made-up services in built files.

Each of 55 keys is timed with an interpreter that is settled as a visit's is: looked up alone, and until the
list is built and painted on a portrait panel; then the latter with all that is found narrowed in each way at
once. Letters alone, words, insides of words, numbers, and what is nowhere. Prints medians and the worst in
ms, with the keys that were worst. `--files DIR` keeps the built files and takes them again: building the
largest takes minutes.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from statistics import median
from types import MappingProxyType
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QCoreApplication, QEvent

from kiosk.agency.build import find_index
from kiosk.content.model import CategoryId, Library, Organization, OrganizationId, Service, ServiceId, Text
from kiosk.content.store import Edition, built
from kiosk.find.index import Narrowing, Query
from kiosk.house import DEMO_SITE, House, house_in, icon_names, open_house
from kiosk.running import _settle_interpreter
from kiosk.ui.picture import built as page_of
from kiosk.ui.picture import picture
from kiosk.ui.run import make_application
from kiosk.ui.theme import Panel
from kiosk.visit.actions import Type
from kiosk.visit.places import FindPlace, HelpPlace, LobbyPlace, Narrowed
from kiosk.visit.step import step
from kiosk.visit.visit import Visit

DATA = Path(__file__).parents[2] / "data"
TYPED = ("e", "s", "legal", "coun", "women", "ounsel", "334", "3145550", "center 9", "family help", "zqxj")
AREAS = ("St. Louis County", "City of St. Louis", "St. Charles County", "Missouri", None)
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
        where = AREAS[index % 5]
        area = Text(f"made.{index}.area", where) if where else None
        services[id_] = replace(like, id=id_, name=name, organization=owner, summary=text, area=area)
        organizations[owner] = Organization(owner, name, None, (id_,))
    return replace(
        house.library,
        services=MappingProxyType(services),
        organizations=MappingProxyType(organizations),
        index=None,
    )


def on_a_friday(zone: ZoneInfo) -> datetime:
    """Return a moment at which offices are open."""
    return datetime(2026, 11, 20, 10, 0, tzinfo=zone)


def built_file(house: House, count: int, file: Path) -> float:
    """Write the file of a directory of that size unless it is there; return how long that took, in s."""
    began = time.perf_counter()
    if not file.exists():
        edition = Edition(larger(house, count), {})
        file.write_bytes(built({"": edition}, {DEMO_SITE: house.settings}, (find_index,)))
    return time.perf_counter() - began


def begun() -> list[str]:
    """Return what is typed after each key."""
    return [typed[:end] for typed in TYPED for end in range(1, len(typed) + 1)]


def searching(house: House, rounds: int) -> list[tuple[float, str]]:
    """Return the times to look up, each with what was typed."""
    finder, found = house.finder(house.today(house.when())), []
    for _ in range(rounds):
        for typed in begun():
            began = time.perf_counter()
            finder.search(Query(typed, "en"), Narrowing(), 5)
            found.append(((time.perf_counter() - began) * 1000, typed))
    return found


def typing(house: House, rounds: int, narrowed: Narrowed) -> list[tuple[float, str]]:
    """Return the times from a letter to the pixels of field and list, each with what was typed."""
    panel, found = Panel.measured(1080, 1920, 268.0), []
    for _ in range(rounds):
        for typed in TYPED:
            visit = Visit(trail=(LobbyPlace(), HelpPlace(), FindPlace("", narrowed)))
            page = page_of(house, visit, panel)
            picture(page)
            for letter in typed:
                visit = step(visit, Type(letter))
                began = time.perf_counter()
                page.live.show(visit)
                for each in page.live.changing_parts():
                    each.grab()
                found.append(((time.perf_counter() - began) * 1000, visit.place.typed))
            page.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            gc.collect()  # as the window does between two keys of somebody who stops for a moment
    return found


def told(times: list[tuple[float, str]]) -> str:
    """Return median, 99th percentile and worst, with the key of the worst."""
    ranked = sorted(times)
    worst, typed = ranked[-1]
    nearly = ranked[-1 - len(ranked) // 100][0]
    return f"{median(ms for ms, _ in times):>8.2f}{nearly:>8.2f}{worst:>8.2f} {typed!r:<14}"


def main() -> None:
    """Print one line for each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--services", default="10,1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--files", type=Path, help="a folder in which the built files stay")
    options = parser.parse_args()
    application = make_application()
    whole = open_house(DATA, DATA / "sites" / DEMO_SITE)
    need = CategoryId("talk")
    narrowed = Narrowed(need, "St. Louis County", "es", open_now=True, in_writing=True)
    kinds = "".join(f"{head:<39}" for head in ("looked up: median, 99 %, worst", "key to list", "narrowed"))
    print(f"{'services':>9}{'build s':>9}   {kinds}")
    with tempfile.TemporaryDirectory(prefix="find-") as passing:
        for count in map(int, options.services.split(",")):
            file = (options.files or Path(passing)) / f"{count}.kiosk"
            wrote = built_file(whole, count, file)
            _settle_interpreter()
            house = house_in(file, DATA / "sites" / DEMO_SITE, icon_names(), on_a_friday)
            times = (
                typing(house, options.rounds, Narrowed()),
                typing(house, options.rounds, narrowed),
            )
            shown = told(searching(house, options.rounds)), *map(told, times)
            print(f"{count:>9,}{wrote:>9.1f}{''.join(shown)}", flush=True)
            house.stored.close()
            gc.enable()
    del application


if __name__ == "__main__":
    main()
