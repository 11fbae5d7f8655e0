"""Whatever mess a feed is in, nothing of it that could hurt somebody is put forward for a screen."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from kiosk.exchange.phone_pieces import COSTS, FAX, GONE, PRIVATE
from kiosk.exchange.phone_text import EMPTY, NO_NUMBER, NOT_TEXT
from kiosk.exchange.plain_text import for_staff, says_day_and_night
from kiosk.exchange.staging import STAFF, TAKEN

from .messy import (
    HARMLESS,
    HOURS_OF_ANY_SPELLING,
    LETTERS,
    MAIL,
    NAMING,
    NUMBERS,
    PERSONS,
    PLACES,
    STREETS,
)
from .messy_forms import FORMS, of_many
from .staff import staged, table_of

REASONS = (EMPTY, FAX, GONE, PRIVATE, COSTS, NO_NUMBER, NOT_TEXT)
PUT_FORWARD = (*STAFF, *TAKEN)


@pytest.fixture(scope="module", params=FORMS)
def feed(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("messy")
    planted = FORMS[request.param](folder, 4 * len(NUMBERS))
    return planted, *staged(folder)


def forward(rows):
    return [(key, row[key]) for row in rows for key in PUT_FORWARD if row[key]]


def test_each_number_is_staged_as_it_is_dialled_or_counted_with_its_reason(feed):
    planted, rows, tally = feed
    lines: dict[str, list] = {}
    for row in rows:
        if row["number"]:
            line = (row["number"], row["kind"], row["label"], row["keyword"])
            lines.setdefault(row["record"], []).append(line)
    wrong = [
        (each.planted.spelled, lines.get(each.id))
        for each in planted
        if lines.get(each.id, []) != list(each.planted.staged)
    ]
    assert wrong == []
    wanted = Counter(reason for each in planted for reason in each.planted.reasons)
    assert {reason: tally.left_out[reason] for reason in REASONS} == {r: wanted[r] for r in REASONS}


def test_nothing_put_forward_names_a_person_a_street_or_their_mail(feed):
    _, rows, _ = feed
    said = forward(rows)
    for planted in (*PERSONS, *MAIL, *STREETS, "@", "%40", "Market", "63101"):
        assert [each for each in said if planted.lower() in each[1].lower()] == []


def test_no_person_and_no_address_for_mail_is_anywhere_in_the_table(feed):
    _, rows, _ = feed
    everything = table_of(rows).decode().lower()
    for planted in (*PERSONS, *MAIL, *STREETS):
        assert planted.lower() not in everything


@pytest.mark.parametrize("text", [*NAMING, *PLACES, *LETTERS])
def test_a_sentence_with_a_person_a_place_or_their_mail_is_left_out_whole(text):
    shown = for_staff(text, lambda _: False)
    assert shown in ("[a name left out]", "[address left out]", "[e-mail left out]")


@pytest.mark.parametrize("text", HARMLESS)
def test_other_sentences_stay(text):
    assert for_staff(text, lambda _: False) == text


@pytest.mark.parametrize("text", HOURS_OF_ANY_SPELLING)
def test_every_spelling_of_day_and_night_is_asked_about(text):
    assert says_day_and_night(text)


def test_nobody_is_said_to_answer_day_and_night(feed):
    _, rows, _ = feed
    assert {row["open_24h"] for row in rows} == {""}
    assert {row["hours"] for row in rows} == {""}
    speaking = [
        row
        for row in rows
        if any(sign in row["name"] + row["found_hours"] for sign in ("24", "0:00-23:59", "always", "clock"))
    ]
    assert len(speaking) > len(rows) // 3
    assert [row["unsure"] for row in speaking if "open_24h" not in row["unsure"]] == []


def test_whatever_is_put_forward_is_plain_text(feed):
    _, rows, _ = feed
    for _, value in forward(rows):
        assert not [sign for sign in value if unicodedata.category(sign)[0] == "C"]
        assert "<" not in value
        assert "script" not in value
    assert {row["website"] for row in rows} <= {"", "https://example.org/a"}
    assert max(len(value) for _, value in forward(rows)) <= 300


@pytest.mark.slow
def test_ten_times_the_rows_need_no_more_memory(tmp_path):
    peaks = []
    for count in (2_000, 20_000):  # services: with fifty rows of each, 10^5 and 10^6
        folder = tmp_path / str(count)
        folder.mkdir()
        of_many(folder, count)
        code = (
            "import resource, sys\n"
            "from kiosk.cli import main\n"
            "assert main(['import', sys.argv[1], '--out', sys.argv[2]]) == 0\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(folder), str(tmp_path / f"{count}.csv")],
            cwd=Path(__file__).parents[2],
            check=True,
            capture_output=True,
            text=True,
        )
        assert f"Read: {50 * count + 1} rows with {count} services." in done.stdout
        peaks.append(int(done.stdout.split()[-1]))
    assert peaks[1] < 1.5 * peaks[0], peaks


def test_every_service_is_staged_or_counted(feed):
    planted, rows, tally = feed
    assert tally.services == len(planted) == tally.staged_services
    assert {row["record"] for row in rows} == {each.id for each in planted}
