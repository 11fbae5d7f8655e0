"""The headers that a file may have, and what an author meant by one that it may not have.

A wrong header would be told again and again: as unknown, as missing, and by each key that it takes away. So
it is read as the one that was meant, by its name and by the keys below it, and told once. A set with a fault
is refused, so that no such guess ever reaches a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Outline = Sequence[tuple[int, str]]
"""Every header ("[[service]]") and key ("name") of a file with its line, in order."""

Problem = tuple[int, str]
"""A line, and "what is wrong; what to write instead"."""

_WRITTEN = re.compile(r"\[*\s*([^\[\]#]*?)\s*\]*\s*(?:#.*)?")
_HOURS = re.compile("hour|time|schedule", re.IGNORECASE)
_READABLE = re.compile(r"\[\[?[^\[\]\"']*\]\]?")
_LIKE = 0.6
_SURELY = 3
"""Keys of another table below a header of a right name: so many, and it is the name that is wrong."""


class Table(NamedTuple):
    """One header of a file as it is to be written, "" for the top of the file, and the keys below it."""

    header: str
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        """The header without brackets."""
        return self.header.strip("[]")

    @property
    def repeated(self) -> bool:
        """Whether a file may have several of it."""
        return self.header.startswith("[[")


Shape = tuple[Table, ...]
"""All headers of one kind of file; the top of the file comes first."""


class Mended(NamedTuple):
    """Headers to read in place of wrong ones, by line; what is wrong; whether reading on is in vain."""

    headers: dict[int, str]
    problems: tuple[Problem, ...]
    is_lost: bool


def mended(outline: Outline, shape: Shape) -> Mended:
    """Hold the headers of a file to its shape."""
    reading = _Reading(shape)
    sections = list(_sections(outline))
    for section, after in zip(sections, (*sections[1:], None), strict=True):
        reading.read(section, after)
    return Mended(reading.headers, tuple(reading.problems), reading.is_lost)


@dataclass(slots=True)
class _Section:
    line: int
    written: str
    keys: list[tuple[int, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        match = _WRITTEN.fullmatch(self.written)
        return ".".join(part.strip(" \t\"'") for part in match[1].split(".")) if match else ""

    @property
    def plain(self) -> str:
        """The header as it is written, without a note behind it."""
        return self.written.partition("#")[0].strip()

    def fit(self, table: Table, start: int = 0) -> int:
        return len({key for _, key in self.keys[start:]} & set(table.keys))


def _sections(outline: Outline) -> Iterator[_Section]:
    section = _Section(1, "")
    for line, word in outline:
        if word.startswith("["):
            yield section
            section = _Section(line, word)
        else:
            section.keys.append((line, word))
    yield section


@dataclass(slots=True)
class _Reading:
    shape: Shape
    headers: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    is_lost: bool = False
    seen: list[str] = field(default_factory=list)
    renamed: set[str] = field(default_factory=set)

    def read(self, section: _Section, after: _Section | None) -> None:
        table = self._meant(section) if section.written else self.shape[0]
        if table is None:
            self._lose(section.line, f"{section.plain} is not known here; {self._choice(section)}")
            return
        has_own = after is not None and after.name.startswith(f"{table.name}.")
        if table.repeated and not section.keys and not has_own:
            empty = f"nothing stands below {section.plain}; write its keys there, or delete this line"
            self.problems.append((section.line, empty))
            self.headers[section.line] = ""
            return
        self._header(section, table)
        self.seen.append(table.header)
        self._missing_header(section, table)

    def _header(self, section: _Section, table: Table) -> None:
        if re.sub(r"[ \t]", "", section.plain) != table.header:
            self.headers[section.line] = table.header
            if section.name.rpartition(".")[0] not in self.renamed:  # told at the table above it
                self.problems.append((section.line, self._wrong(section, table)))
            if section.name != table.name:
                self.renamed.add(section.name)
            self.is_lost |= "=" in section.plain  # a key on the line of its header
        elif table.header in self.seen and not table.repeated:
            alone = f"a file has one {table.header}; move this one, and all below it, into a file of its own"
            self._lose(section.line, alone)
        parent = table.name.rpartition(".")[0]
        if parent and f"[[{parent}]]" not in self.seen and not self.is_lost:
            self._lose(section.line, f"{table.header} stands above its [[{parent}]]; move it below")

    def _meant(self, section: _Section) -> Table | None:
        tables, name = self.shape[1:], section.name
        own = next((table for table in tables if table.name == name), None)
        if own and own.repeated == section.plain.startswith("[[") and section.fit(own) >= 2:
            return own  # nearly every header
        most = max((section.fit(table) for table in tables), default=0)
        if own:
            is_other = section.fit(own) < 2 and most >= _SURELY
            is_other |= section.fit(own) < most and own.repeated != section.plain.startswith("[[")
            if not is_other:
                return own
        scored = sorted(((self._score(section, table), n) for n, table in enumerate(tables)), reverse=True)
        if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
            return None
        (fit, like, _), place = scored[0]
        return tables[place] if like >= _LIKE or fit >= 2 else None

    def _score(self, section: _Section, table: Table) -> tuple[int, float, bool]:
        """How many keys fit, how much the name is like it, and whether the brackets are its own."""
        like = _likeness(section.name, table.name)
        same = section.plain.startswith("[[") == table.repeated
        return section.fit(table), like if like >= _LIKE else 0.0, same

    def _missing_header(self, section: _Section, table: Table) -> None:
        """Tell once, of keys that belong below another header, that it is missing above them."""
        if self.is_lost:
            return
        before: set[str] = set()
        odd = []
        for place, (_, key) in enumerate(section.keys):
            if key in before or key not in table.keys:
                odd.append(place)
            before.add(key)
        if len(odd) < 2:
            return
        others = [each for each in self.shape[1:] if not each.name.startswith(f"{table.name}.")]
        fits = [(sum(section.keys[place][1] in each.keys for place in odd), each) for each in others]
        most = max((fit for fit, _ in fits), default=0)
        wanted = [each for fit, each in fits if fit == most > 1]
        if wanted:
            line, key = section.keys[odd[0]]
            header = (table if table in wanted and table.repeated else self._next(wanted)).header
            where = f"below {table.header}" if table.header else "above every header"
            self._lose(line, f'"{key}" and more stand {where}; write {header} above this line')

    def _next(self, tables: Sequence[Table]) -> Table:
        return next((each for each in tables if each.header not in self.seen), tables[0])

    def _lose(self, line: int, message: str) -> None:
        self.problems.append((line, message))
        self.is_lost = True

    def _choice(self, section: _Section) -> str:
        """What to write in place of a header that is not meant for any table."""
        last = section.name.rpartition(".")[2]
        if not self.shape[1:]:
            return "delete it: this file has no headers"
        if _HOURS.search(section.name) and any("hours" in table.keys for table in self.shape):
            return 'write hours = ["Mon-Fri 8:30-16:00"] below [[service.phone]]'
        if table := next((each for each in self.shape if last in each.keys), None):
            return f"write {last} = ... {f'below {table.header}' if table.header else 'above every header'}"
        return f"write one of: {', '.join(table.header for table in self.shape[1:])}"

    def _wrong(self, section: _Section, table: Table) -> str:
        written = section.plain
        if written.count("[") != written.count("]") or not _READABLE.fullmatch(written):
            return f"this header cannot be read; write {table.header} alone on its line"
        if section.name == table.name and table.repeated:
            return f"{written} needs double brackets; write {table.header}"
        if section.name == table.name:
            return f"there is one {table.name} in a file; write {table.header} once, with single brackets"
        if any(section.name == known.name for known in self.shape):
            return f"the keys below {written} belong to another table; write {table.header}"
        return f"{written} is not known here; write {table.header}"


def _likeness(written: str, known: str) -> float:
    """How much a name is like a known one, 0 to 1: by its last word, or as a whole if it is one word."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only for what is wrong

    one, last, tail = written.casefold(), written.casefold().rpartition(".")[2], known.rpartition(".")[2]
    if len(last) > 2 and (tail.startswith(last) or last.startswith(tail)):
        return 1.0
    whole = re.sub(r"\W|_", "", one) if last == one else ""
    pairs = ((whole, known.replace(".", "")), (last, tail))
    return max(SequenceMatcher(None, this, that).ratio() for this, that in pairs)
