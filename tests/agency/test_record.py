"""The days of a filled-in table go into the files: just those lines, all of them or none."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest

from kiosk.agency import record as recording
from kiosk.agency.record import COLUMNS, record, table_of
from kiosk.checkup import check_folder
from kiosk.cli import main
from kiosk.content.faults import ContentError
from kiosk.content.library import load_library
from kiosk.content.model import How

GOOD = Path(__file__).parents[1] / "content" / "good"
TODAY = date(2026, 11, 20)


@pytest.fixture
def content(tmp_path):
    return Path(copytree(GOOD, tmp_path / "data"))


def check(folder):
    return check_folder(folder, TODAY)


def filled(content, day="2026-11-20", role="night advocate", numbers=None):
    rows = list(csv.reader(StringIO(table_of(content).decode())))
    text = StringIO()
    csv.writer(text).writerows(
        [rows[0], *((*row[:4], day, role) if not numbers or row[3] in numbers else row for row in rows[1:])]
    )
    return text.getvalue().encode()


def everything(content):
    return {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}


def test_the_table_has_a_row_for_each_number_that_may_be_called(content):
    rows = list(csv.reader(StringIO(table_of(content).decode())))
    assert rows[0] == list(COLUMNS)
    assert [row[2:] for row in rows[1:]] == [
        ["voice", "314-555-0110", "", ""],
        ["text", "88788", "", ""],
        ["voice", "1-866-555-6682", "", ""],
    ]


@pytest.mark.parametrize("day", ["2026-11-20", "11/20/2026"])
def test_the_days_are_written_and_nothing_else(content, day):
    before = everything(content)
    hill = content / "organizations" / "hill.toml"
    assert record(content, filled(content, day, numbers={"88788"}), TODAY, check) == 1
    after = everything(content)
    assert [path for path in after if after[path] != before.get(path)] == [hill]
    old, new = before[hill].decode().split("\n"), after[hill].decode().split("\n")
    assert [line for line in new if line not in old] == [
        "checked = 2026-11-20",
        'called_by = "night advocate"',
    ]
    assert len(new) == len(old) + 1
    phone = load_library(content, date.max).services["hill"].phones[1]
    assert (phone.checked, phone.how, phone.called_by) == (TODAY, How.CALLED, "night advocate")


def test_every_number_at_once_and_again(content):
    assert record(content, filled(content, "2026-11-19"), TODAY, check) == 3
    assert record(content, filled(content, role="clerk's desk"), TODAY, check) == 3
    services = load_library(content, date.max).services.values()
    phones = [phone for service in services for phone in service.phones if not phone.is_emergency]
    assert {(phone.checked, phone.how, phone.called_by) for phone in phones} == {
        (TODAY, How.CALLED, "clerk's desk")
    }


def test_notes_spaces_and_line_ends_stay(content):
    lake = content / "organizations" / "lake.toml"
    text = lake.read_bytes().replace(b"checked = 2026-11-19", b"\tchecked=2026-11-19   # asked # twice")
    text = text.replace(b'how = "read"', b"  how = 'read' # so far").replace(b"\n", b"\r\n")
    lake.write_bytes(text)
    record(content, filled(content), TODAY, check)
    after = lake.read_bytes()
    assert b"\tchecked=2026-11-20   # asked # twice\r\n" in after
    assert b'  how = "called" # so far\r\n  called_by = "night advocate"\r\n' in after
    assert after.count(b"\n") == after.count(b"\r\n") == text.count(b"\n") + 1


WRONG = {
    "no table": b"\xff\xfe\x00",
    "empty": b"",
    "other columns": b"a,b,c\n1,2,3\n",
    "semicolons": b";".join(column.encode() for column in COLUMNS),
    "open quote": b'file,service,kind,number,checked,called_by\n"a',
    "short row": b"file,service,kind,number,checked,called_by\nonly,three,values\n",
}


@pytest.mark.parametrize("raw", WRONG.values(), ids=WRONG)
def test_what_is_no_table_is_refused(content, raw):
    before = everything(content)
    with pytest.raises(ContentError, match=r"table:"):
        record(content, raw, TODAY, check)
    assert everything(content) == before


@pytest.mark.parametrize(
    ("day", "role"),
    [
        *(("2026-11-21", "x"), ("20.11.2026", "x"), ("2026-02-30", "x"), ("2026-11-20", ""), ("", "x")),
        *(("2026-11-20", 'the "desk"'), ("2026-11-20", "back\\slash"), ("2026-11-20", "r" * 41)),
        *(("2026-11-20", "<b>desk</b>"), ("2026-11-20", "12 Oak Street, 63101"), ("2026-11-20", "a\nb")),
    ],
)
def test_one_wrong_row_refuses_all(content, day, role):
    before = everything(content)
    row = StringIO()
    csv.writer(row).writerow(("organizations/hill.toml", "hill", "voice", "314-555-0110", day, role))
    empty = b"organizations/hill.toml,hill,voice,314-555-0110,,\r\n"
    raw = filled(content, numbers={"1-866-555-6682"})
    assert empty in raw
    with pytest.raises(ContentError):
        record(content, raw.replace(empty, row.getvalue().encode()), TODAY, check)
    assert everything(content) == before


def test_a_row_of_a_number_that_is_gone_or_there_twice_is_named(content):
    raw = filled(content)
    with pytest.raises(ContentError, match=r"table:5: .* twice"):
        record(content, raw + raw.split(b"\n")[1] + b"\n", TODAY, check)
    with pytest.raises(ContentError, match=r"table:2: 314-555-0119 .* is not in organizations/hill\.toml"):
        record(content, raw.replace(b"314-555-0110", b"314-555-0119"), TODAY, check)


def test_a_disk_that_fills_up_leaves_everything_as_it_was(content, monkeypatch):
    before = everything(content)
    real, written = recording.write_whole, []

    def full(path, data):
        written.append(path)
        if len(written) == 2:
            raise OSError(28, "No space left on device", str(path))
        real(path, data)

    monkeypatch.setattr(recording, "write_whole", full)
    with pytest.raises(OSError, match="No space left"):
        record(content, filled(content), TODAY, check)
    assert len(written) == 2
    assert everything(content) == before


def test_the_commands_go_round(content, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("kiosk.agency.commands._icons", lambda: None)
    monkeypatch.setattr("kiosk.agency.commands._today", lambda: TODAY)
    table = tmp_path / "calls.csv"
    assert main(["calls", "--out", str(table), "--content", str(content)]) == 0
    table.write_bytes(b"\xef\xbb\xbf" + filled(content))  # as spreadsheets save it
    assert main(["calls", "--record", str(table), "--content", str(content)]) == 0
    assert "the calls to 3 numbers are written" in capsys.readouterr().out
    table.write_text("nothing")
    assert main(["calls", "--record", str(table), "--content", str(content)]) == 1
    assert "Nothing is written." in capsys.readouterr().out
    assert main(["calls", "--record", str(tmp_path / "none.csv"), "--content", str(content)]) == 2
