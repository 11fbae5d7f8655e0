"""What staff does with a staging file: mark rows, write what is missing, save it again."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path

from kiosk.content.check import Check
from kiosk.content.cross import check_across
from kiosk.content.library import read_set
from kiosk.exchange.feed.tally import Tally
from kiosk.exchange.staging import COLUMNS, MARK, guarded, stage, unguarded

DAY = "2026-11-20"
CATEGORIES = Path(__file__).parents[2] / "data" / "categories.toml"
GUIDE = """schema = 1
[guide]
id = "none"
title = "None"
lead = "Nothing is said here."
icon = "info"
category = ["more"]
numbered = false
[[step]]
title = "One"
text = "Nothing."
"""
OTHER = """schema = 1
[organization]
id = "zz"
name = "Zz"
[[service]]
id = "zz"
name = "Zz"
category = ["more"]
summary = "Stands here so that the folder is not empty."
website = "https://example.org"
checked = 2026-11-20
"""


def staged(feed):
    """The rows of the staging file of a feed, and the tally."""
    file, tally = BytesIO(), Tally()
    stage(feed, file, tally)
    text = file.getvalue().decode()
    assert text.startswith(MARK)
    rows = list(csv.DictReader(StringIO(text.removeprefix(MARK), newline="")))
    return [{key: unguarded(cell) for key, cell in row.items()} for row in rows], tally


def table_of(rows):
    """A filled-in staging file as bytes, as a spreadsheet program saves it."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(row.get(column, "")) for column in COLUMNS] for row in rows)
    return (MARK + text.getvalue()).encode()


def filled(row, **cells):
    """A row that staff marked, with what every take needs."""
    needed = {"take": "x", "checked": DAY, "category": "more", "summary": "Helps.", "save_as": "Info X"}
    return {**row, **{key: row.get(key) or value for key, value in needed.items()}, **cells}


def content_in(folder):
    """A content set with the shipped needs and one entry of no importance."""
    for name in ("organizations", "guides"):
        (folder / name).mkdir(parents=True)
    (folder / "categories.toml").write_bytes(CATEGORIES.read_bytes())
    (folder / "staff_card.toml").write_bytes(CATEGORIES.with_name("staff_card.toml").read_bytes())
    (folder / "organizations" / "90-zz.toml").write_text(OTHER)
    (folder / "guides" / "none.toml").write_text(GUIDE)
    return folder


def faults_in(folder, today):
    check = Check(today, None)
    read_set(folder, check)
    check_across(check)
    return check.all_faults()
