"""Where everything stands in a TOML file: the line of every key, table header, list item and comment.

The standard library's TOML reader forgets lines. This scanner finds them, and refuses on the way the few
forms of TOML that authors do not need and that would hide a line: inline tables, multi-line strings, dotted
and quoted keys. It never decides what a value means; `kiosk.content.source` leaves that to `tomllib`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Path = tuple[str | int, ...]
"""The way to a value, such as ("service", 0, "phone", 1, "number") or ("service", 0, "cautions", 2)."""

_WORD = r"[A-Za-z0-9_-]+"
_KEY = re.compile(rf"^[ \t]*({_WORD})[ \t]*=[ \t]*(.*)$")
_HEADER = re.compile(rf"^(\[\[?)[ \t]*({_WORD}(?:[ \t]*\.[ \t]*{_WORD})*)[ \t]*(\]\]?)[ \t]*(?:#(.*))?$")
# These are for what is wrong, and compiled when something is.
_ODD_KEY = r"^[ \t]*[\"'A-Za-z0-9_-][^=]*[.\"'][^=]*="
_BARE_HEADER = rf"\W*{_WORD}(?:\.{_WORD})+\W*|\W+{_WORD}\W+"
_TWO_VERSIONS = r"<{7}|={7}|>{7}|\|{7}"
_PIECE = re.compile(r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|["\'\[\]{}#]|[^"\'\[\]{}#]+')


class Positions(NamedTuple):
    """What a scan found. Lines count from 1; `comments` and `problems` are pairs of line and words.

    `outline` has every header and key as it is written, in order.
    """

    lines: Mapping[Path, int]
    comments: tuple[tuple[int, str], ...]
    problems: tuple[tuple[int, str], ...]
    outline: tuple[tuple[int, str], ...] = ()


def scan(text: str) -> Positions:
    """The positions in a file's text, whose lines end with a line feed. Never raises."""
    state = _Scan()
    for number, line in enumerate(text.split("\n"), 1):
        state.read(number, line.rstrip(" \t\r"))
    state.end()
    return Positions(state.lines, tuple(state.comments), tuple(state.problems), tuple(state.outline))


@dataclass(slots=True)
class _Scan:
    lines: dict[Path, int] = field(default_factory=dict)
    comments: list[tuple[int, str]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    outline: list[tuple[int, str]] = field(default_factory=list)
    table: Path = ()
    counts: dict[Path, int] = field(default_factory=dict)
    key: Path = ()
    key_line: int = 0
    depth: int = 0
    items: int = 0
    long_quote: str = ""

    def read(self, number: int, line: str) -> None:
        if self.long_quote:
            if self.long_quote in line:
                self.long_quote = ""
            return
        if self.depth:
            if not _KEY.match(line):
                self._value(number, line)
                return
            self._unclosed_list()
        bare = line.lstrip(" \t")
        if not bare:
            return
        if bare.startswith("#"):
            self.comments.append((number, bare[1:]))
        elif bare.startswith("["):
            self.outline.append((number, bare))
            self._header(number, bare)
        elif match := _KEY.match(line):
            self.outline.append((number, match[1]))
            self._claim((*self.table, match[1]), number)
            self.key, self.key_line, self.items = (*self.table, match[1]), number, 0
            self._value(number, match[2])
        else:
            self._odd_line(number, line)

    def end(self) -> None:
        if self.depth:
            self._unclosed_list()

    def _unclosed_list(self) -> None:
        self.problems.append((self.key_line, "this list is not closed; write ] after its last text"))
        self.depth = 0

    def _odd_line(self, number: int, line: str) -> None:
        if re.match(_TWO_VERSIONS, line):
            message = "two versions of this file stand in one; keep one of them, and delete this line"
        elif re.match(_ODD_KEY, line):
            message = "a key is one plain word here; write it without dots and without quotes: key = value"
        elif re.fullmatch(_BARE_HEADER, line.strip()):
            message = "this line cannot be read; write [[name]] in double brackets if it is a header"
        else:
            message = 'this line cannot be read; write key = "text", or begin a note with #'
        self.problems.append((number, message))

    def _claim(self, path: Path, number: int) -> None:
        first = self.lines.setdefault(path, number)
        if first != number:
            self.problems.append(
                (number, f'"{path[-1]}" is written twice, first in line {first}; delete one of the two')
            )

    def _header(self, number: int, bare: str) -> None:
        match = _HEADER.match(bare)
        if not match or len(match[1]) != len(match[3]):
            self.problems.append((number, "this header cannot be read; write [name] or [[name]]"))
            return
        if match[4]:
            self.comments.append((number, match[4]))
        *parents, last = (part.strip(" \t") for part in match[2].split("."))
        path: Path = ()
        for parent in parents:
            path = (*path, parent)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        path = (*path, last)
        if match[1] == "[[":
            self.counts[path] = self.counts.get(path, 0) + 1
            path = (*path, self.counts[path] - 1)
        self._claim(path, number)
        self.table = path

    def _value(self, number: int, rest: str) -> None:
        for match in _PIECE.finditer(rest):
            piece = match[0]
            if piece == "#":
                self.comments.append((number, rest[match.end() :]))
                return
            if problem := _PIECE_PROBLEMS.get(piece):
                self.problems.append((number, problem))
                self.depth = 0
                if len(piece) == 3 and piece not in rest[match.end() :]:
                    self.long_quote = piece
                return
            if piece == "[":
                self.depth += 1
            elif piece == "]":
                self.depth = max(0, self.depth - 1)
            elif piece[0] in "\"'" and self.depth == 1:
                self.lines[(*self.key, self.items)] = number
                self.items += 1


_UNCLOSED = (
    'the closing quote is missing; end the text with " on the same line (and write \\" for a " inside)'
)
_LONG_STRING = 'a text over several lines (""") is not used here; write it on one line between two "'
_INLINE = "tables in braces { } are not used here; write one key on each line under a [header]"
_PIECE_PROBLEMS = {
    '"': _UNCLOSED,
    "'": _UNCLOSED,
    '"""': _LONG_STRING,
    "'''": _LONG_STRING,
    "{": _INLINE,
    "}": _INLINE,
}
