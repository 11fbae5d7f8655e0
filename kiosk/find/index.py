"""An index of any size in tables of its own, written once and only read afterwards.

Each word holds the set of rows it stands in, as one long integer: bit n is row n. Sets are joined by `|`, `&`
and counted, so the total is always exact, and what was typed is only ever a bound value: no query language
sees it. Rows are numbered in the order in which equals are shown: 911, day-and-night lines, then by name.

Nothing is written while searching, and no temporary table is made.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from operator import and_, or_

from kiosk.find.folded import asked_words, fold
from kiosk.find.sets import positions, unpacked
from kiosk.find.writing import Pages, words_with

ANY_LANGUAGE = ""
NUMBERS = "#"
FIRST_WORDS = "^"
LEAST_INSIDE = 3
"""The fewest letters that are looked for inside words: fewer stand in almost every word."""
ENOUGH = 20
"""Insides of words are looked up only where beginnings find fewer than this many rows."""

_TABLES = """
CREATE TABLE find_row (row INTEGER PRIMARY KEY, service TEXT NOT NULL);
CREATE TABLE find_word (language TEXT, word TEXT, in_name BLOB NOT NULL, anywhere BLOB NOT NULL);
CREATE TABLE find_beginning (language TEXT, word TEXT, in_name BLOB NOT NULL, anywhere BLOB NOT NULL);
CREATE TABLE find_vocabulary (language TEXT PRIMARY KEY, words TEXT NOT NULL);
CREATE TABLE find_kind (kind TEXT, value TEXT, rows BLOB NOT NULL, PRIMARY KEY (kind, value));
CREATE TABLE find_hours (opens INTEGER, closes INTEGER, rows BLOB NOT NULL, PRIMARY KEY (opens, closes));
"""
_INDEXES = """
CREATE UNIQUE INDEX find_word_by_word ON find_word (language, word);
CREATE UNIQUE INDEX find_beginning_by_word ON find_beginning (language, word);
"""


@dataclass(frozen=True, slots=True)
class FindRow:
    """One entry as it is looked for.

    `also` holds proper names that no language changes, `numbers` only digits, `texts` all else by language
    (BCP 47; English always). `open_hours` are minutes after Monday 0:00, opening and closing. `needs` are
    category ids, `areas` what `areas_of` makes of its area, `languages` codes.
    """

    service: str
    name: str
    also: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    in_writing: bool = False
    day_and_night: bool = False
    emergency: bool = False
    open_hours: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the rows found must also be. `open_at` is a minute of the week (0 is Monday 0:00)."""

    need: str | None = None
    area: str | None = None
    language: str | None = None
    open_at: int | None = None
    in_writing: bool = False
    day_and_night: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Query:
    """What was typed, and the language whose words are searched beside English and names."""

    typed: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of services, best first, and how many there are in all."""

    services: tuple[str, ...]
    total: int


def write(connection: sqlite3.Connection, rows: Iterable[FindRow]) -> None:
    """Make the tables of the index (their names begin with `find_`) and fill them. Raises sqlite3.Error."""
    ordered = sorted(rows, key=_order)
    connection.executescript(_TABLES)
    connection.executemany("INSERT INTO find_row VALUES (?, ?)", enumerate(row.service for row in ordered))
    pages = Pages()
    for number, row in enumerate(ordered):
        _enter(pages, number, row)
    connection.executemany("INSERT INTO find_word VALUES (?, ?, ?, ?)", pages.words())
    connection.executemany("INSERT INTO find_beginning VALUES (?, ?, ?, ?)", pages.beginnings())
    connection.executemany("INSERT INTO find_vocabulary VALUES (?, ?)", pages.vocabulary())
    connection.executemany("INSERT INTO find_kind VALUES (?, ?, ?)", pages.kinds())
    connection.executemany("INSERT INTO find_hours VALUES (?, ?, ?)", pages.hours())
    connection.executescript(_INDEXES)


def search(
    connection: sqlite3.Connection, query: Query, narrowing: Narrowing, limit: int, offset: int = 0
) -> Found:
    """Return `limit` services from `offset` on: name first, beginnings of words before their insides.

    With nothing typed, everything that the narrowing leaves is found. Raises sqlite3.Error.
    """
    mask = _mask(connection, narrowing)
    asked = asked_words(query.typed)
    if not asked and fold(query.typed).strip():
        return Found((), 0)  # only signs that are in no word
    tiers = _tiers(connection, asked, query.language, mask) if asked else [mask]
    rows = list(islice(_in_order(tiers), offset, offset + limit))
    return Found(tuple(_services(connection, rows)), tiers[-1].bit_count())


def values(connection: sqlite3.Connection, kind: str) -> list[tuple[str, int]]:
    """Return each value of a kind ("need", "area", "language") with how many services have it."""
    found = connection.execute("SELECT value, rows FROM find_kind WHERE kind = ? ORDER BY value", (kind,))
    return [(value, unpacked(rows).bit_count()) for value, rows in found]


def _order(row: FindRow) -> tuple[bool, bool, str, str]:
    return not row.emergency, not row.day_and_night, fold(row.name), row.service


def _enter(pages: Pages, number: int, row: FindRow) -> None:
    pages.text(number, ANY_LANGUAGE, row.name, in_name=True)
    pages.first_word(number, FIRST_WORDS, row.name)
    for text in row.also:
        pages.text(number, ANY_LANGUAGE, text)
    for language, text in row.texts.items():
        pages.text(number, language, text)
    for digits in row.numbers:
        pages.number(number, NUMBERS, digits)
    kinds = {"need": row.needs, "area": row.areas, "language": row.languages}
    for kind, found in kinds.items():
        for value in found:
            pages.kind(number, kind, value)
    for name, is_so in (("all", True), ("writing", row.in_writing), ("always", row.day_and_night)):
        if is_so:
            pages.kind(number, name, "")
    for opens, closes in row.open_hours:
        pages.open_between(number, opens, closes)


def _mask(connection: sqlite3.Connection, narrowing: Narrowing) -> int:
    asked = [("all", "")]
    asked += [("need", narrowing.need)] if narrowing.need is not None else []
    asked += [("area", narrowing.area)] if narrowing.area is not None else []
    asked += [("language", narrowing.language)] if narrowing.language is not None else []
    asked += [("writing", "")] if narrowing.in_writing else []
    asked += [("always", "")] if narrowing.day_and_night else []
    sets = [_kind(connection, kind, value) for kind, value in asked]
    if narrowing.open_at is not None:
        sets.append(_kind(connection, "always", "") | _open_at(connection, narrowing.open_at))
    return reduce(and_, sets)


def _kind(connection: sqlite3.Connection, kind: str, value: str) -> int:
    found = connection.execute("SELECT rows FROM find_kind WHERE kind = ? AND value = ?", (kind, value))
    return reduce(or_, (unpacked(rows) for (rows,) in found), 0)


def _open_at(connection: sqlite3.Connection, minute: int) -> int:
    found = connection.execute(
        "SELECT rows FROM find_hours WHERE opens <= ? AND closes > ?", (minute, minute)
    )
    return reduce(or_, (unpacked(rows) for (rows,) in found), 0)


def _tiers(connection: sqlite3.Connection, asked: Sequence[str], language: str, mask: int) -> list[int]:
    """Return sets of rows, the best first; the last one holds every row that is found."""
    languages = dict.fromkeys((ANY_LANGUAGE, NUMBERS, "en", language))
    begun = [_joined(_begun(connection, languages, word)) for word in asked]
    in_name, anywhere = (reduce(and_, sets, mask) for sets in zip(*begun, strict=True))
    first, _ = _joined(_begun(connection, (FIRST_WORDS,), asked[0]))
    tiers = [in_name & first, in_name, anywhere]
    if anywhere.bit_count() >= ENOUGH or all(len(word) < LEAST_INSIDE for word in asked):
        return tiers
    texts = [name for name in languages if name != NUMBERS]
    inside = [_joined(_inside(connection, texts, word)) for word in asked]
    wider = [(a | c, b | d) for (a, b), (c, d) in zip(begun, inside, strict=True)]
    in_name, wide = (reduce(and_, sets, mask) for sets in zip(*wider, strict=True))
    return [*tiers[:2], in_name, anywhere, wide]


def _begun(
    connection: sqlite3.Connection, languages: Iterable[str], word: str
) -> Iterator[tuple[bytes, bytes]]:
    """Yield the sets of the words that begin with this one; of very many, those that are joined already."""
    for language in languages:
        joined = connection.execute(
            "SELECT in_name, anywhere FROM find_beginning WHERE language = ? AND word = ?", (language, word)
        ).fetchone()
        if joined:
            yield joined
        else:
            yield from connection.execute(
                "SELECT in_name, anywhere FROM find_word WHERE language = ? AND word >= ? AND word < ?",
                (language, word, word + chr(0x10FFFF)),
            )


def _inside(
    connection: sqlite3.Connection, languages: Iterable[str], word: str
) -> Iterator[tuple[bytes, bytes]]:
    """Yield the sets of the words that have this one inside."""
    if len(word) < LEAST_INSIDE:
        return
    for language in languages:
        found = connection.execute(
            "SELECT words FROM find_vocabulary WHERE language = ?", (language,)
        ).fetchone()
        for holder in words_with(word, found[0]) if found else ():
            yield from connection.execute(
                "SELECT in_name, anywhere FROM find_word WHERE language = ? AND word = ?", (language, holder)
            )


def _joined(sets: Iterable[tuple[bytes, bytes]]) -> tuple[int, int]:
    in_name = anywhere = 0
    for one, other in sets:
        in_name |= unpacked(one)
        anywhere |= unpacked(other)
    return in_name, anywhere


def _in_order(tiers: Sequence[int]) -> Iterator[int]:
    shown = 0
    for tier in tiers:
        yield from positions(tier & ~shown)
        shown |= tier


def _services(connection: sqlite3.Connection, rows: Sequence[int]) -> Iterator[str]:
    for row in rows:
        yield connection.execute("SELECT service FROM find_row WHERE row = ?", (row,)).fetchone()[0]
