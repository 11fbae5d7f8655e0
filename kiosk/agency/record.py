"""Takes over the days of calls: a table with one row for each number goes out, and comes back filled in.

Only the lines `checked`, `how` and `called_by` of the numbers that were called change. Everything else in the
files stays byte for byte. One row that cannot be right refuses the whole table.
"""

from __future__ import annotations

import csv
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from kiosk.agency.whole_file import write_whole
from kiosk.content.faults import ContentError, Fault
from kiosk.content.listed import Listed, listed_phones

COLUMNS = ("file", "service", "kind", "number", "checked", "called_by")
LARGEST_TABLE = 4 * 1024 * 1024
"""Bytes."""

_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)", re.ASCII)
_AMERICAN_DAY = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)
_VALUE = re.compile(rb"""([ \t]*\w+[ \t]*=[ \t]*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#]+)""")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One call that was made: on which day, and by which role."""

    checked: date
    called_by: str


def table_of(folder: Path) -> bytes:
    """Return the table as CSV, the last two columns empty. 911 is not in it: nobody calls it to check."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    keys = dict.fromkeys(_key(each) for each in listed_phones(folder) if each.number != "911")
    writer.writerows((*key, "", "") for key in keys)
    return text.getvalue().encode()


def record(folder: Path, raw: bytes, today: date, check: Callable[[Path], tuple[Fault, ...]]) -> int:
    """Write the calls of a filled-in table into the files of `folder`; return for how many numbers.

    `check` finds the faults of a folder, before and after. Raises ContentError, with nothing written, for
    a table or a set with a fault, and OSError.
    """
    if faults := check(folder):
        raise ContentError(faults)
    numbers: dict[Key, list[Listed]] = {}
    for each in listed_phones(folder):
        numbers.setdefault(_key(each), []).append(each)
    calls = _calls(raw, numbers, today)
    changed = _changed(folder, numbers, calls)
    with tempfile.TemporaryDirectory() as trial:
        copy = Path(shutil.copytree(folder, Path(trial) / "data"))
        for file, content in changed.items():
            (copy / file).write_bytes(content)
        if faults := check(copy):
            raise ContentError(faults)
    _write(folder, changed)
    return len(calls)


def _key(listed: Listed) -> Key:
    kind = str(listed.table.values.get("kind", "voice"))
    return listed.table.file, listed.service, kind, listed.number


def _calls(raw: bytes, numbers: Mapping[Key, object], today: date) -> dict[Key, Call]:
    calls: dict[Key, Call] = {}
    faults: list[Fault] = []
    for line, row in _rows(raw):
        key, (day, role) = tuple(row[:4]), row[4:]
        try:
            if not day and not role:
                continue
            _must_be_known(key, numbers, calls)
            calls[key] = _call(day, role, today)
        except ValueError as error:
            faults.append(Fault("table", line, str(error)))
    if faults:
        raise ContentError(tuple(faults))
    return calls


def _must_be_known(key: Key, numbers: Mapping[Key, object], calls: Mapping[Key, object]) -> None:
    file, service, _, number = key
    if key not in numbers:
        raise ValueError(f'{number} of "{service}" is not in {file} any more; make a new table')
    if key in calls:
        raise ValueError(f'{number} of "{service}" is in this table twice; delete one of the two rows')


def _rows(raw: bytes) -> Iterable[tuple[int, list[str]]]:
    """Every row below the header, with its line, each value without spaces around it."""
    try:
        reader = csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        rows = [(reader.line_num, [value.strip() for value in row]) for row in reader if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ContentError(
            (Fault("table", 1, f"this is no table ({error}); save it as CSV UTF-8"),)
        ) from error
    if not rows or tuple(rows[0][1]) != COLUMNS or len(raw) > LARGEST_TABLE:
        wanted = f"the first line must be {','.join(COLUMNS)}; make a new table and fill it in"
        raise ContentError((Fault("table", 1, wanted),))
    if short := [line for line, row in rows if len(row) != len(COLUMNS)]:
        raise ContentError((Fault("table", short[0], f"this row needs {len(COLUMNS)} values"),))
    return rows[1:]


def _call(day: str, role: str, today: date) -> Call:
    """Raises ValueError, in words for who filled the table in."""
    if match := _DAY.fullmatch(day):
        year, month, number = map(int, match.groups())
    elif match := _AMERICAN_DAY.fullmatch(day):
        month, number, year = map(int, match.groups())
    else:
        raise ValueError(f'"{day}" is no day; write it as {today}')
    checked = date(year, month, number)
    if checked > today:
        raise ValueError(f"{checked} is in the future (today is {today}); write the day of the call")
    if not role or '"' in role or "\\" in role:
        raise ValueError("write the role of who called in called_by, without quotes: night advocate")
    return Call(checked, role)


def _changed(
    folder: Path, numbers: Mapping[Key, list[Listed]], calls: Mapping[Key, Call]
) -> dict[str, bytes]:
    """Return the new bytes of each file that changes."""
    edits: dict[str, list[tuple[Listed, Call]]] = {}
    for key, call in calls.items():
        for listed in numbers[key]:
            edits.setdefault(listed.table.file, []).append((listed, call))
    changed = {}
    for file, of_file in edits.items():
        lines = (folder / file).read_bytes().split(b"\n")
        for listed, call in sorted(of_file, key=lambda edit: -edit[0].table.line):  # from the end: lines stay
            _edit(lines, listed, call)
        changed[file] = b"\n".join(lines)
    return changed


def _edit(lines: list[bytes], listed: Listed, call: Call) -> None:
    places = listed.table.lines
    _set(lines, places["checked"], call.checked.isoformat().encode())
    _set(lines, places["how"], b'"called"')
    role = f'"{call.called_by}"'.encode()
    if "called_by" in places:
        _set(lines, places["called_by"], role)
        return
    above = lines[places["how"] - 1]
    indent = above[: len(above) - len(above.lstrip(b" \t"))]
    lines.insert(places["how"], indent + b"called_by = " + role + (b"\r" if above.endswith(b"\r") else b""))


def _set(lines: list[bytes], line: int, value: bytes) -> None:
    """Put a value in the place of the one in a line; a note behind it stays."""
    lines[line - 1] = _VALUE.sub(lambda match: match[1] + value, lines[line - 1], count=1)


def _write(folder: Path, changed: Mapping[str, bytes]) -> None:
    """Write every new file beside its old one, then put them all in place, for which the disk has room."""
    paths = {(folder / file).resolve(): content for file, content in changed.items()}
    beside = {path: path.with_name(f".{path.name}.call") for path in paths}
    path = folder
    try:
        for path, content in paths.items():
            write_whole(beside[path], content)
            shutil.copymode(path, beside[path])
        for path, fresh in beside.items():
            fresh.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        for fresh in beside.values():
            fresh.unlink(missing_ok=True)
