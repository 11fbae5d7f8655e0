"""One authored TOML file with the line of everything in it, or the faults that keep it from being read.

Any bytes at all may come in; what is wrong comes out as faults with a line, never as another exception.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path as FilePath
from typing import NamedTuple

from kiosk.content.faults import Fault
from kiosk.content.headers import Shape, mended
from kiosk.content.scan import Path, Positions, scan
from kiosk.content.wording import odd_character

LARGEST_FILE = 256 * 1024
"""Bytes. An authored file has a few thousand; a larger one is a mistake or an attack."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all of Unicode's category Cc but tab and line end
_MOST_LINES_NAMED = 20
# What only a fault needs is a plain text: Python compiles it when it is first used.
_TOML_PLACE = r" \(at (?:line (\d+), column \d+|end of document)\)$"


class Section(NamedTuple):
    """One table: its own values, and its tables by name in their order.

    `lines` holds the line of each key; `item_lines` that of each text of a list; `line` that of the header.
    `repeated` is True for a table written with double brackets.
    """

    file: str
    title: str
    line: int
    repeated: bool
    values: Mapping[str, object]
    lines: Mapping[str, int]
    item_lines: Mapping[str, tuple[int, ...]]
    tables: Mapping[str, tuple[Section, ...]]

    def line_of(self, key: str, item: int | None = None) -> int:
        """The line of a key or of one text of its list; the header's line when it is not there."""
        items = self.item_lines.get(key, ())
        if item is not None and item < len(items):
            return items[item]
        return self.lines.get(key, self.line)


class Source(NamedTuple):
    """One file as read. `root` is None when the faults leave nothing to look at."""

    file: str
    root: Section | None
    faults: tuple[Fault, ...]
    comments: tuple[tuple[int, str], ...]


def read_source(path: FilePath, name: str, shape: Shape = ()) -> Source:
    """Read `path`, called `name` in faults. A missing or unreadable file is a fault, not an exception.

    With a `shape`, a header that the file may not have is one fault, and read as the one that was meant.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return _refused(name, [(1, "this file is missing; put it back, or copy it from the last good set")])
    except (OSError, ValueError):
        return _refused(
            name, [(1, "this file cannot be opened; make it a plain file that everyone may read")]
        )
    return parse_source(raw, name, shape)


def parse_source(raw: bytes, name: str, shape: Shape = ()) -> Source:
    """Read the bytes of a file called `name`, held to its `shape` if one is given. Never raises."""
    if len(raw) > LARGEST_FILE:
        return _refused(name, [(1, f"this file is larger than {LARGEST_FILE} bytes; split or shorten it")])
    if problems := _no_text(raw) or _encoding_problems(raw):
        return _refused(name, problems)
    text = raw.decode("utf-8").replace("\r\n", "\n")
    problems = []
    if text.startswith("\ufeff"):
        problems.append((1, "the file begins with a byte order mark; save it as UTF-8 without BOM"))
        text = text[1:]
    for number, line in enumerate(text.split("\n"), 1):
        if problem := odd_character(line):
            problems.append((number, problem))
    text = _without_controls(text)  # tomllib would refuse the whole file for one of them
    positions = scan(text)
    comments = positions.comments
    if shape:
        headers = mended(positions.outline, shape)
        problems += headers.problems
        if headers.is_lost:
            return _refused(name, problems, comments)
        text, positions = _with_lines(text, positions, headers.headers)
    marked = {number for number, _ in problems}
    problems += [problem for problem in positions.problems if problem[0] not in marked]
    values, error = _parse(text)
    if error and not positions.problems and error[0] not in marked:
        problems.append(error)
    if error or positions.problems:
        return _refused(name, problems, comments)
    root = _Built(name, positions).section("", (), values, 1)
    return Source(name, root, _faults(name, problems), comments)


def _refused(
    name: str, problems: list[tuple[int, str]], comments: tuple[tuple[int, str], ...] = ()
) -> Source:
    return Source(name, None, _faults(name, problems), comments)


def _faults(name: str, problems: list[tuple[int, str]]) -> tuple[Fault, ...]:
    return tuple(Fault(name, line, message) for line, message in problems)


def _with_lines(text: str, positions: Positions, fresh: Mapping[int, str]) -> tuple[str, Positions]:
    if not fresh:
        return text, positions
    lines = text.split("\n")
    for number, line in fresh.items():
        lines[number - 1] = line
    text = "\n".join(lines)
    return text, scan(text)


def _without_controls(text: str) -> str:
    return _CONTROLS.sub(" ", text)


def _no_text(raw: bytes) -> list[tuple[int, str]]:
    if raw.startswith(_DOCUMENTS):
        return [(1, 'this is a document of another program; save it there as plain text, encoding "UTF-8"')]
    if not raw.removeprefix(b"\xef\xbb\xbf").strip():
        return [(1, "this file is empty; copy another file of this folder into it, or delete it")]
    return []


def _encoding_problems(raw: bytes) -> list[tuple[int, str]]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [(1, 'the file is saved as UTF-16; choose the encoding "UTF-8" when you save it')]
    with contextlib.suppress(UnicodeDecodeError):
        raw.decode("utf-8")
        return []
    problems = []
    for number, line in enumerate(raw.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            message = 'the file is not saved as UTF-8; choose the encoding "UTF-8" when you save it'
            problems.append((number, message))
    return problems[:_MOST_LINES_NAMED]


def _parse(text: str) -> tuple[dict[str, object], tuple[int, str] | None]:
    try:
        return tomllib.loads(text), None
    except (ValueError, RecursionError) as error:  # not only TOMLDecodeError: a number of 5,000 digits
        return {}, _plain_error(str(error), text.split("\n"))


def _plain_error(message: str, lines: Sequence[str]) -> tuple[int, str]:
    place = re.search(_TOML_PLACE, message)
    line = int(place[1]) if place and place[1] else len(lines)
    value = lines[line - 1].partition("=")[2].strip()
    if (header := lines[line - 1].strip()).startswith("[") and "twice" in _plain_words(message):
        double = f"[[{header.strip('[]')}]]"
        return line, f"{header} is here a second time; write {double} each time, with double brackets"
    if bare := next((words for form, words in _BARE_VALUES if re.fullmatch(form, value)), ""):
        return line, bare
    reason = re.sub(_TOML_PLACE, "", message)
    plain = _plain_words(message)
    return line, plain or f"this cannot be read ({reason}); write one key on each line: key = value"


def _plain_words(message: str) -> str:
    return next((words for start, words in _PLAIN_WORDS.items() if message.startswith(start)), "")


_DOCUMENTS = (b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"%PDF", b"<html", b"<!DOCTYPE", b"<!doctype")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_BARE_VALUES = (
    (r'"(?:[^"\\]|\\.)*"\s*[^\s,;#"].*"', 'a " stands inside the text; write \\" for it'),
    (
        rf"(?i)(?:\d{{1,2}}\.? )?{_MONTH}\.?,? \d.*|\d{{4}}-\d{{1,2}}(?:-\d)?",
        "this is no day; write year-month-day: 2026-11-20",
    ),
    (
        r"(?i)(?:yes|no|on|off|true|false)",
        "this is neither true nor false; write true or false, in small letters",
    ),
    (r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}", "this is no day; write year-month-day: 2026-11-20"),
    (
        r"(?!\d{4}-\d\d-\d\d)(?=.*[A-Za-z-])[^\"'\[{#].*",
        'the quotes are missing; write text between straight quotes: "text"',
    ),
)
"""What people write without quotes, and what to say of it; only where TOML cannot read the line."""

_PLAIN_WORDS = {
    "Invalid value": 'the value cannot be read; write text between straight quotes: key = "text"',
    "Invalid date": "there is no such day; write a date as year-month-day: 2026-11-20",
    "Expected newline": "something follows the value; write one key on each line, and every list in [ ]",
    "Unescaped '\\'": "a backslash \\ stands in the text; delete it, or write two of them",
    "Unclosed array": 'a comma or a closing ] is missing in this list; write ["one", "two"]',
    "Expected '='": "the sign = is missing; write key = value",
    "Cannot declare": "this header is already used in another way; use [name] once, or [[name]] every time",
    "Cannot overwrite": "this is written twice; delete one of the two",
    "Cannot mutate": "this header is already used in another way; use [name] once, or [[name]] every time",
}


class _Built(NamedTuple):
    """Puts lines and values together, table by table."""

    file: str
    positions: Positions

    def section(self, title: str, path: Path, table: Mapping[str, object], above: int) -> Section:
        """The table at `path`; `above` is the line to name when it has no header of its own."""
        line = self.positions.lines.get(path, above)
        values = {key: value for key, value in table.items() if not _is_table(value)}
        ways = {key: (*path, key) for key in table}
        return Section(
            self.file,
            title,
            line,
            title.startswith("[["),
            values,
            {key: self.positions.lines.get(ways[key], line) for key in values},
            {key: self._item_lines(ways[key], value) for key, value in values.items()},
            {key: self._tables(ways[key], table[key], line) for key in table if key not in values},
        )

    def _tables(self, way: Path, value: object, above: int) -> tuple[Section, ...]:
        name = ".".join(part for part in way if isinstance(part, str))
        if isinstance(value, dict):
            return (self.section(f"[{name}]", way, value, above),)
        tables = value if isinstance(value, list) else []
        return tuple(
            self.section(f"[[{name}]]", (*way, number), each, above) for number, each in enumerate(tables)
        )

    def _item_lines(self, way: Path, value: object) -> tuple[int, ...]:
        if not isinstance(value, list):
            return ()
        line = self.positions.lines.get(way, 1)
        return tuple(self.positions.lines.get((*way, number), line) for number in range(len(value)))


def _is_table(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, dict) for each in value)
    return isinstance(value, dict)
