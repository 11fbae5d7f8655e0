"""The call sheet names every number once, never sends anybody to 911, and is written whole or not at all."""

import errno
import os
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.agency.calls import PAPERS, Row, rows_of, sheet_of
from kiosk.agency.whole_file import write_whole
from kiosk.cli import main
from kiosk.content.library import libraries_of, load_library

DATA = Path(__file__).parents[2] / "data"
GOOD = Path(__file__).parents[1] / "content" / "good"


@pytest.fixture(scope="module")
def rows():
    return rows_of(libraries_of(DATA, date.max), DATA)


def test_each_number_is_there_once_with_the_line_of_its_file(rows):
    library = load_library(DATA, date.max)
    phones = [phone for service in library.services.values() for phone in service.phones]
    assert len(rows) == len(phones)
    for row, phone in zip(rows, phones, strict=True):
        assert phone.number in row.number
        where = row.lines[0].split(". Last: ")[0].removeprefix("File: ")
        file, line = where.split(", line ")
        below = (DATA / file).read_text(encoding="utf-8").split("\n")[int(line) - 1 :]
        assert below[0] == "[[service.phone]]"
        assert f'number = "{phone.number}"' in below[1:4]


def test_what_to_ask_follows_the_line(rows):
    by_number = {row.number: " ".join(row.lines) for row in rows}
    assert "day and night" in by_number["Call 314-993-2777"]
    assert "Sat 9:00 to 12:00" in by_number["Call 314-615-4725"]
    assert 'Text the word "START"' in by_number["Text 88788"]
    assert "We have no hours" in by_number["Call 314-652-3623"]
    assert "Call 1-866-566-8267 (1-866-5-MOVANS)" in by_number
    assert "200 other languages" in by_number["Call 1-888-373-7888"]
    assert all("Last: read on 2026-" in words for words in by_number.values())


def test_nobody_is_sent_to_911(rows):
    (emergency,) = [row for row in rows if row.number == "911"]
    assert not emergency.may_be_called
    assert "Do not call." in " ".join(emergency.lines)
    assert all(row.may_be_called for row in rows if row is not emergency)


def test_entries_that_are_not_shown_are_not_called():
    assert [row.number for row in rows_of(libraries_of(GOOD, date.max), GOOD)] == [
        *("911", "Call 314-555-0110", "Text 88788"),
        "Call 1-866-555-6682 (1-866-555-MOVA)",
    ]


def test_no_address_is_on_the_sheet(rows):
    assert "Tucker" not in str(rows)


@pytest.mark.parametrize("paper", PAPERS)
def test_it_is_a_pdf_of_that_paper(rows, paper):
    pdf = sheet_of(rows[:6], paper, "2026-11-20")
    assert pdf.startswith(b"%PDF-1.4")
    assert pdf.endswith(b"%%EOF\n")
    assert pdf.count(b"/Type /Page ") == 2
    assert {"a4": b"595.20 841.92", "letter": b"612.00 792.00"}[paper] in pdf
    start = int(pdf.split(b"startxref\n")[1].split(b"\n")[0])
    assert pdf[start:].startswith(b"xref")
    assert all(0.005 < black < 0.2 for black in blackness(pdf))


def blackness(pdf):
    """Return the share of black of each picture in a sheet."""
    for part in pdf.split(b"/Subtype /Image")[1:]:
        dots = zlib.decompress(part.split(b"stream\n")[1].split(b"\nendstream")[0])
        yield 1 - int.from_bytes(dots).bit_count() / (8 * len(dots))


def test_long_and_odd_texts_stay_on_the_page():
    odd = Row('"W" ' * 30 + "W" * 400, "Call 314-993-2777", ("ö中é " * 60, "x" * 500), True)
    pdf = sheet_of((odd,), "a4", "2026-11-20")
    (_, picture) = pdf.split(b"/Subtype /Image")
    dots = zlib.decompress(picture.split(b"stream\n")[1].split(b"\nendstream")[0])
    width = (PAPERS["a4"][0] + 7) // 8
    right = [dots[start + width - 17 : start + width - 1] for start in range(0, len(dots), width)]
    assert all(row == b"\xff" * 16 for row in right)


def test_a_sheet_without_numbers_is_still_a_page():
    sheet = sheet_of((), "letter", "2026-11-20")
    assert sheet.count(b"/Type /Page ") == 1
    assert sheet == sheet_of((), "letter", "2026-11-20")


@pytest.mark.parametrize("command", ["export", "calls"])
@pytest.mark.parametrize("ruin", ["folder missing", "a folder", "under a file"])
def test_a_place_that_cannot_be_written_is_one_message(tmp_path, capsys, monkeypatch, command, ruin):
    monkeypatch.setattr("kiosk.agency.calls.sheet_of", lambda *_: b"%PDF")
    out = {"folder missing": "no/x", "a folder": "folder", "under a file": "file/x"}[ruin]
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("in the way")
    before = sorted(tmp_path.rglob("*"))
    assert main([command, "--out", str(tmp_path / out)]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert str(tmp_path / out) in said.err
    assert said.out == ""
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "out.json"
    path.write_text("before")

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(path, b"after")
    assert caught.value.filename == str(path)
    assert [each.name for each in tmp_path.iterdir()] == ["out.json"]
    assert path.read_text() == "before"
    monkeypatch.undo()
    write_whole(path, b"after")
    assert path.read_bytes() == b"after"


def test_a_link_leads_to_its_file_and_what_is_no_file_is_written_to(tmp_path):
    real, link, pipe = tmp_path / "real", tmp_path / "link", tmp_path / "pipe"
    real.write_text("before")
    real.chmod(0o640)
    link.symlink_to(real)
    write_whole(link, b"after")
    assert link.is_symlink()
    assert real.read_bytes() == b"after"
    assert real.stat().st_mode & 0o777 == 0o640
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, b"through")
        assert os.read(end, 100) == b"through"
    finally:
        os.close(end)
    assert pipe.is_fifo()


@pytest.mark.parametrize("command", ["export", "calls"])
def test_a_set_with_a_fault_is_not_handed_on(tmp_path, capsys, command):
    out = tmp_path / "out"
    assert main([command, "--out", str(out), "--content", str(tmp_path / "nothing")]) == 2
    assert "Mend the content first" in capsys.readouterr().err
    assert not out.exists()


def test_who_called_last_is_on_the_sheet(rows):
    library = load_library(GOOD, date.max)
    hill = library.services["hill"]
    phones = (replace(hill.phones[0], called_by="night advocate"), *hill.phones[1:])
    services = {**library.services, hill.id: replace(hill, phones=phones)}
    row = rows_of([replace(library, services=services)], GOOD)[1]
    assert "called on 2026-11-18 by night advocate" in row.lines[0]


def test_export_prints_what_is_lost(tmp_path, capsys):
    assert main(["export", "--out", str(tmp_path / "directory.json")]) == 0
    out = capsys.readouterr().out
    assert f"{len(load_library(DATA, date.max).services)} entries as HSDS 3.1" in out
    assert "phone.source" in out
    assert (tmp_path / "directory.json").stat().st_size > 10_000
