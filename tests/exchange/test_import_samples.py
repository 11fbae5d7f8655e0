"""The published samples: what of them is staged, and that no person of them is."""

import csv
from pathlib import Path

import pytest

from kiosk.exchange.judging import CLOSED, OF_PERSON
from kiosk.exchange.phone_pieces import FAX
from kiosk.exchange.phone_text import NO_NUMBER

from .feeds import zipped
from .staff import staged, table_of

SAMPLES = Path(__file__).parent / "samples"


def test_ohana():
    rows, tally = staged(SAMPLES / "ohana")
    assert (tally.services, tally.staged_services, len(rows)) == (23, 21, 26)
    assert (tally.left_out[FAX], tally.left_out[OF_PERSON], tally.left_out[CLOSED]) == (22, 7, 2)
    lines = {(row["number"], row["kind"], row["label"]) for row in rows}
    assert {
        ("650-780-7525", "voice", ""),
        ("650-403-4300", "voice", "Extension 4385"),
        ("650-222-5555", "text", ""),
        ("650-372-6200", "tty", "Extension 202"),
    } <= lines
    (first, *_) = [row for row in rows if row["name"] == "Passport Photos"]
    assert first["found_hours"].startswith(
        "Mon 8:00-12:00; Mon 14:00-16:00; Wed 10:00-15:00; Mon-Fri 8:00-17:00"
    )
    everything = table_of(rows).decode()
    with (SAMPLES / "ohana" / "contacts.csv").open(encoding="utf-8", newline="") as file:
        persons = [row["name"] for row in csv.DictReader(file)]
    assert len(persons) > 10
    assert not [name for name in persons if name in everything]
    assert "Middlefield Road" not in everything


@pytest.mark.parametrize("folder", ["hsds-3.1-csv", "hsds-3.1-json", "mock-api"])
def test_the_examples_of_hsds(folder):
    rows, tally = staged(SAMPLES / folder)
    (row,) = rows
    assert (row["organization"], row["name"]) == ("Example Organization Inc.", "Community Counselling")
    assert row["found_eligibility"].startswith("This service is intended for all people aged 12 and over")
    assert "10 am to 6pm weekdays" in row["found_hours"]
    assert (row["number"], tally.left_out[NO_NUMBER]) == ("", 1)  # it is a British one
    assert "Ann Persona" not in table_of(rows).decode()


def test_a_zip_file_is_read_like_its_folder(tmp_path):
    folder = SAMPLES / "ohana"
    packed = zipped(
        tmp_path / "ohana.zip", {f"x/{path.name}": path.read_bytes() for path in folder.iterdir()}
    )
    (rows, tally), (same, counts) = staged(packed), staged(folder)
    assert [{**row, "source": ""} for row in rows] == [{**row, "source": ""} for row in same]
    assert tally.left_out == counts.left_out
