"""A feed as a 211 sends it: thousands of services with odd numbers, hours in prose, persons and addresses."""

import csv
from collections import Counter
from datetime import date
from io import StringIO

import pytest

from kiosk.agency.imports import take
from kiosk.content.library import load_library
from kiosk.content.texts import texts_of
from kiosk.exchange.judging import OF_PERSON
from kiosk.exchange.phone_pieces import FAX
from kiosk.exchange.phone_text import EMPTY, NO_NUMBER, NOT_TEXT
from kiosk.exchange.staging import COLUMNS

from .feeds import PERSONS, STREETS, of_211
from .staff import content_in, faults_in, filled, staged, table_of

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module", params=[220, pytest.param(4_000, marks=pytest.mark.slow)])
def feed(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("211")
    planted = of_211(folder, request.param)
    rows, tally = staged(folder)
    return planted, rows, tally


def test_each_number_is_staged_as_it_is_dialled_or_left_out_with_its_reason(feed):
    planted, rows, tally = feed
    staged_as = {row["record"]: (row["number"], row["kind"], row["label"]) for row in rows}
    assert len(staged_as) == len(rows) == tally.staged_services == len(planted)
    assert [(id_, *staged_as[id_]) for id_, *_ in planted] == [tuple(each) for each in planted]
    left = sum(not number for _, number, *_ in planted)
    assert sum(tally.left_out[reason] for reason in (EMPTY, FAX, NO_NUMBER, NOT_TEXT)) == left
    assert tally.left_out[OF_PERSON] == len(planted)
    assert tally.left_out["a contact person"] == tally.left_out["an address"] == len(planted)


def test_every_row_of_the_feed_is_counted(feed):
    planted, _, tally = feed
    assert tally.rows == len(planted) // 4 + len(planted) * 10
    assert tally.left_out["a row of metadata, which is not read"] == len(planted)


def test_no_person_no_address_no_e_mail_and_no_markup_is_in_the_staging_file(feed):
    _, rows, _ = feed
    everything = table_of(rows).decode()
    for planted in (*PERSONS, *STREETS, "@example.org", "jane.roe", "<", "\x00", "\x07", "63101"):
        assert planted not in everything
    cells = [cell for row in csv.reader(StringIO(everything)) for cell in row]
    assert len(cells) == (len(rows) + 1) * len(COLUMNS)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_nothing_says_that_somebody_answers_day_and_night(feed):
    _, rows, _ = feed
    assert {row["open_24h"] for row in rows} == {""}
    assert {row["hours"] for row in rows} == {""}
    prose = [row for row in rows if "24" in row["found_hours"] + row["name"]]
    assert prose
    assert all("open_24h" in row["unsure"] for row in prose if "24/7" in row["found_hours"])


def test_nothing_of_its_sentences_is_put_forward(feed):
    _, rows, _ = feed
    for column in ("summary", "offers", "eligibility", "cost", "hint", "area", "cautions", "address"):
        assert {row[column] for row in rows} == {""}


def test_what_staff_takes_is_on_the_screen_without_any_of_it(feed, tmp_path):
    _, rows, _ = feed
    content = content_in(tmp_path / "data")
    some = [filled(row) for row in rows if row["number"].startswith("314") and "24" not in row["name"]][:40]
    table = tmp_path / "staging.csv"
    table.write_bytes(table_of([*some, *rows[:5]]))
    written, there = take(content, table, TODAY, lambda folder: faults_in(folder, TODAY))
    assert there == ()
    library = load_library(content, TODAY)
    taken = [service for service in library.services.values() if service.name != "Zz"]
    assert len(taken) == len(some)
    assert len(written) == len({row["organization"] for row in some})
    assert not any(service.address or service.is_open_24h for service in taken)
    words = " ".join([*(text.english for text in texts_of(library)), *(each.name for each in taken)])
    assert not [each for each in (*PERSONS, *STREETS, "@") if each in words]
    assert {phone.how for service in taken for phone in service.phones} == {"read"}
    assert Counter(len(service.phones) for service in taken) == {1: len(some)}


def test_a_name_that_speaks_of_day_and_night_needs_a_yes(feed, tmp_path):
    _, rows, _ = feed
    content = content_in(tmp_path / "data")
    row = filled(next(row for row in rows if row["name"].startswith("24-Hour") and row["number"]))
    table = tmp_path / "staging.csv"
    table.write_bytes(table_of([row]))
    with pytest.raises(Exception, match="name speaks of day and night; write yes in open_24h"):
        take(content, table, TODAY, lambda folder: faults_in(folder, TODAY))
    table.write_bytes(table_of([{**row, "open_24h": "yes"}]))
    assert take(content, table, TODAY, lambda folder: faults_in(folder, TODAY))[0]
