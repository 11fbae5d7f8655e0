"""What goes out as HSDS comes back by import and take: all that HSDS can express, and no more than that."""

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings

from kiosk.agency.imports import take
from kiosk.content.library import load_library
from kiosk.exchange.hsds import DAY_AND_NIGHT, json_of, line_of
from kiosk.exchange.losses import losses_of
from kiosk.exchange.plain_text import says_day_and_night

from .contents import STAFF_SAVE_AS, TODAY, is_withheld, services
from .reading import said_by
from .staff import content_in, faults_in, filled, staged, table_of
from .test_export import full_service, library_of

shipped = cache(lambda: load_library(DATA, date.max))
DATA = Path(__file__).parents[2] / "data"
BY_STAFF = {"checked", "address"}  # no feed says for us who looked when; no address is ever taken over


def brought_back(library, folder):
    """Export, stage, let staff confirm what only people may say, take; return the new library."""
    feed = folder / "feed.json"
    feed.write_bytes(json_of(library))
    rows, tally = staged(feed)
    assert tally.staged_services == len(library.services)
    filled_in = [as_staff_would(row, library) for row in rows]
    staging = folder / "staging.csv"
    staging.write_bytes(table_of(filled_in))
    content = content_in(folder / "data")
    take(content, staging, TODAY, lambda each: faults_in(each, TODAY))
    return load_library(content, TODAY)


def as_staff_would(row, library):
    """Write what is withheld, from the directory itself, as staff would from the page of the organization."""
    service = tuple(library.services.values())[int(row["entry"]) - 1]
    lines = [p for p in service.phones if p.number == row["number"] and p.kind == row["kind"]]
    cells = {"save_as": service.save_as or STAFF_SAVE_AS}
    if lines and row["found_hours"] == DAY_AND_NIGHT.format(line=line_of(lines[0])):
        cells["open_24h"] = "yes"
    elif any(says_day_and_night(text.english) for text in service.cautions):
        cells["open_24h"] = "no"
    for key in ("offers", "eligibility", "cost", "languages", "area"):
        if f"the {key} found holds" in row["unsure"]:
            cells[key] = getattr(service, key).english
    return filled(row, **cells)


def plain(said):
    """The same without what staff says anew; hours as days and minutes, however they are put together."""
    said = {key: value for key, value in said.items() if key not in BY_STAFF}
    hours = Counter()
    for line, what, *times in said["hours"]:
        days = ["always"] if what == "always" else what
        hours.update((line, day, *times) for day in days)
    return {**said, "hours": hours}


def differences(got, sent):
    return {key: (got[key], value) for key, value in sent.items() if got[key] != value}


def test_the_shipped_directory_comes_back(tmp_path):
    library = load_library(DATA, date.max)
    back = brought_back(library, tmp_path)
    sent = {each["name"]: plain(each) for each in said_by(library)}
    got = {each["name"]: plain(each) for each in said_by(back) if each["name"] != "Zz"}
    assert len(sent) == len(library.services)
    assert {name: differences(got[name], said) for name, said in sent.items()} == {name: {} for name in sent}


def test_nobody_answers_day_and_night_unless_staff_says_so(tmp_path):
    library = load_library(DATA, date.max)
    feed = tmp_path / "feed.json"
    feed.write_bytes(json_of(library))
    rows, _ = staged(feed)
    assert any(phone.open_24h for service in library.services.values() for phone in service.phones)
    assert {row["open_24h"] for row in rows} == {""}
    assert {row["address"] for row in rows} == {""}
    assert b"Market St" not in table_of(rows)


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(services(is_withheld))
def test_any_entry_that_check_lets_pass_comes_back(service):
    with TemporaryDirectory() as folder:
        library = replace(library_of(service), categories=shipped().categories)
        back = brought_back(library, Path(folder))
        (got,) = [plain(each) for each in said_by(back) if each["website"] != "https://example.org"]
        (sent,) = [plain(each) for each in said_by(library)]
        assert differences(got, sent) == {}


def test_the_rest_is_told_as_lost():
    """What staff had to write anew above is in the printed list of losses of the export."""
    lost = {loss.field for loss in losses_of(library_of(full_service()))}
    assert {"service.hint", "service.save_as", "phone.checked", "phone.open_24h", "service.address"} <= lost
