"""Marked rows become files: what is missing is asked for row by row, and the set stays right or unchanged."""

import errno
import os
from datetime import date

import pytest

from kiosk.agency import imports
from kiosk.agency.imports import take
from kiosk.content.faults import ContentError
from kiosk.content.library import load_library
from kiosk.content.model import How, PhoneKind
from kiosk.exchange.feed.limits import MOST_TAKEN, FeedRefusedError

from .feeds import a_service, page
from .staff import content_in, faults_in, filled, staged, table_of

TODAY = date(2026, 11, 20)


@pytest.fixture
def content(tmp_path):
    return content_in(tmp_path / "data")


@pytest.fixture
def row(tmp_path):
    return staged(page(tmp_path, a_service()))[0][0]


def taken(content, *rows, raw=None):
    table = content.parent / "staging.csv"
    table.write_bytes(table_of(rows) if raw is None else raw)
    return take(content, table, TODAY, lambda folder: faults_in(folder, TODAY))


def refused(content, *rows, raw=None):
    before = {path: path.read_bytes() for path in content.rglob("*.toml")}
    with pytest.raises((ContentError, FeedRefusedError)) as told:
        taken(content, *rows, raw=raw)
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before
    return str(told.value)


def test_a_row_becomes_an_entry_with_where_it_was_read(content, row):
    (name,), _ = taken(content, filled(row, checked="11/19/2026", hours="Mon-Fri 8:00-17:00; Sat 9:00-12:00"))
    assert name == "organizations/70-agency.toml"
    service = load_library(content, TODAY).services["help"]
    (phone,) = service.phones
    assert (phone.number, phone.kind, phone.how, phone.checked) == (
        *("314-555-0123", PhoneKind.VOICE, How.READ),
        date(2026, 11, 19),
    )
    assert phone.source == "feed.json, record s1"
    assert [each.byday for each in phone.schedules] == [(0, 1, 2, 3, 4), (5,)]
    assert (service.address, service.is_confidential, phone.open_24h) == (None, False, False)


def test_rows_of_one_entry_become_its_numbers(content, row):
    text = {"kind": "Text", "number": "88788", "keyword": "START", "checked": "2026-11-18"}
    taken(content, filled(row), {**row, "take": "x", **text})
    phones = load_library(content, TODAY).services["help"].phones
    assert [(each.kind, each.keyword, each.checked.day) for each in phones] == [
        ("voice", None, 20),
        ("text", "START", 18),
    ]
    assert "not the same as in row 2" in refused(content, filled(row), filled(row, name="Other"))


def test_one_message_for_each_row_says_what_to_write(content, row):
    told = refused(content, {**row, "take": "x"}, {**row, "take": "x", "open_24h": "perhaps"})
    lines = told.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["staging.csv:2", "staging.csv:3"]
    for wanted in ("summary (", "at most 160", "category (", "talk", "save_as (", "checked (", "2026-11-20"):
        assert wanted in lines[0]
    assert 'open_24h ("yes", or nothing)' in lines[1]
    assert "summary (" not in refused(content, filled(row, checked="2026-11-21"))
    assert "checked (" in refused(content, filled(row, checked="2026-02-30"))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"number": "555-0123"}, "is not a telephone number"),
        ({"summary": "x" * 161}, "shorten it to at most 160"),
        ({"summary": "<b>Help</b>"}, "looks like HTML"),
        ({"category": "talk; nothing"}, 'there is no category "nothing"'),
        ({"save_as": "Shelter"}, "tells what it is about"),
        ({"kind": "tyy"}, 'did you mean "tty"'),
        ({"hours": "9 to 5"}, "cannot be read"),
        ({"hours": "Mon-Sun 0:00-24:00"}, "fill the whole week"),
        ({"shown_as": "314-555-TABC"}, "stands for"),
        ({"summary": "Completely safe and secure."}, "is a promise"),
        ({"confidential": "yes", "offers": "Come to apartment 5."}, "may be an address"),
        ({"confidential": "yes", "address": "1 Oak Street"}, "keep it nowhere"),
        ({"offers": "Come to 55 Oak Street."}, "offers holds what may be an address"),
        ({"cost": "Ask a.b@example.org"}, "cost holds an e-mail"),
        ({"offers": "Ask for Maria Lopez."}, 'offers may name a person ("Maria Lopez")'),
        ({"label": "24-hour line"}, "label speaks of day and night"),
        ({"cautions": "Not day and night."}, "or write no there"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "-".join(value),
)
def test_what_check_or_the_rules_of_import_forbid_is_told_by_its_row(cells, message, content, row):
    other = {**row, "number": "314-555-0199"}
    told = refused(content, filled(row), filled({**other, "entry": "2", "organization": "B"}, **cells))
    assert message in told
    assert all(line.startswith("staging.csv:3: ") for line in told.splitlines())


def test_staff_may_write_what_no_feed_says(content, row):
    cells = {"open_24h": "yes", "label": "24-hour line", "address": "10 Market Street, St. Louis"}
    taken(content, filled(row, **cells))
    service = load_library(content, TODAY).services["help"]
    assert service.is_open_24h
    assert service.address.english == "10 Market Street, St. Louis"
    secret = {"organization": "B", "number": "314-555-0124", "confidential": "x", "entry": "2"}
    taken(content, filled(row, **secret))
    assert load_library(content, TODAY).services["help-2"].is_confidential


def test_nothing_that_is_there_is_written_over(content, row):
    taken(content, filled(row))
    file = content / "organizations" / "70-agency.toml"
    file.write_text(file.read_text().replace("Helps.", "Helps many."))
    assert "70-agency.toml is already there" in refused(content, filled(row))
    assert '"zz" is already in organizations/90-zz.toml' in refused(content, filled(row, organization="Zz"))
    assert "is already the number of" in refused(content, filled(row, organization="Other name"))


def test_a_full_disk_or_a_file_that_comes_between_leaves_nothing(content, row, monkeypatch):
    rows = [
        filled({**row, "entry": str(n), "organization": f"A {n}"}, number=f"314-555-010{n}") for n in range(3)
    ]
    before = set(content.rglob("*"))
    links = []

    def full(old, new, link=os.link):
        if len(links) == 2:
            raise OSError(errno.ENOSPC, "No space left on device", str(new))
        links.append(new)
        link(old, new)

    monkeypatch.setattr(imports.os, "link", full)
    with pytest.raises(OSError, match="No space left"):
        taken(content, *rows)
    assert set(content.rglob("*")) == before


def test_the_table_may_come_from_any_spreadsheet_program(content, row):
    table = table_of([filled(row)]).decode("utf-8-sig")
    semicolons = "\r\n".join(";".join(f'"{cell}"' for cell in line.split(",")) for line in table.splitlines())
    assert ";" in semicolons
    for raw in (table.encode(), table.encode("utf-16"), table.replace("\r\n", "\n").encode("utf-8-sig")):
        written, there = taken(content, raw=raw)
        assert written + there == ("organizations/70-agency.toml",)
    with pytest.raises(FeedRefusedError, match="Windows-1252"):
        taken(content, raw=table.replace("Agency", "Caf\u00e9").encode("cp1252"))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "no staging file"),
        (b"take,checked\nx,y\n", "no staging file"),
        (b"\x00\x01\x02\x03" * 10, "no text"),
        (b"PK\x03\x04", "broken or cut off"),
    ],
)
def test_what_is_no_staging_file_is_refused(raw, message, content):
    assert message in refused(content, raw=raw)


def test_marks(content, row):
    assert "no row is marked" in refused(content, row)
    assert "row 2: write x into take" in refused(content, {**row, "take": "maybe"})
    assert f"at most {MOST_TAKEN}" in refused(content, *[filled(row)] * (MOST_TAKEN + 1))


def test_a_set_with_a_fault_is_mended_first(content, row):
    (content / "organizations" / "90-zz.toml").write_text("schema = 1\n")
    assert "90-zz.toml" in refused(content, filled(row))
