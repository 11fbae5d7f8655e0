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
from operator import and_, itemgetter

from kiosk.content.model import ServiceId
from kiosk.content.sets import packed, positions, set_of, unpacked
from kiosk.find.folded import asked_words, fold
from kiosk.find.tables import LEAST_INSIDE, SCHEMA, Tables
from kiosk.find.writing import Pages

ANY_LANGUAGE = ""
NUMBERS = "#"
FIRST_WORDS = "^"
ENOUGH = 20
"""Insides of words are looked up only where beginnings find fewer than this many rows."""

LONGEST_NAMES = 6
STEP = 8
"""Rows that are read or entered in one step of writing: some 2 ms."""


@dataclass(frozen=True, slots=True)
class FindRow:
    """One entry as it is looked for.

    `also` holds proper names that no language changes, `numbers` only digits, `texts` all else by language
    (BCP 47; English always). `open_hours` are minutes after Monday 0:00, opening and closing. `needs` are
    category ids, `areas` those choices that it serves, `own_area` what it says itself, `languages` codes.
    """

    service: str
    name: str
    also: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    own_area: str = ""
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


def write(connection: sqlite3.Connection, rows: Iterable[FindRow], edition: str = "") -> None:
    """Add the index of one edition; tables (their names begin with `find_`) are made where they are lacking.

    The same rows give the same tables. Raises sqlite3.Error, IntegrityError for an edition that is there.
    """
    for _ in writing(connection, rows, edition):
        pass


def writing(connection: sqlite3.Connection, rows: Iterable[FindRow], edition: str = "") -> Iterator[None]:
    """Do what `write` does in small steps: a visit that makes its own index goes on answering touches."""
    named = []
    for row in rows:
        named.append((_order(row), row))
        if len(named) % STEP == 0:
            yield
    named.sort(key=itemgetter(0))
    connection.executescript(SCHEMA)
    pages = Pages()
    for number, (_, row) in enumerate(named):
        _enter(pages, number, row)
        if number % STEP == 0:
            yield
    services = [row.service for _, row in named]
    names = sorted({row.name for _, row in named}, key=lambda name: (-len(name), name))[:LONGEST_NAMES]
    filled: dict[str, Iterable[tuple[object, ...]]] = {
        "find_row VALUES (?, ?, ?)": enumerate(services),
        "find_word VALUES (?, ?, ?, ?, ?)": pages.words(),
        "find_beginning VALUES (?, ?, ?, ?, ?)": pages.beginnings(),
        "find_vocabulary VALUES (?, ?, ?)": pages.vocabulary(),
        "find_kind VALUES (?, ?, ?, ?)": pages.kinds(),
        "find_hours VALUES (?, ?, ?, ?)": pages.hours(),
        "find_longest VALUES (?, ?)": ((name,) for name in names),
    }
    for table, found in filled.items():
        left = ((edition, *each) for each in found)
        while some := list(islice(left, 4 * STEP)):
            connection.executemany(f"INSERT INTO {table}", some)
            yield


def search(
    connection: sqlite3.Connection,
    query: Query,
    narrowing: Narrowing,
    limit: int,
    offset: int = 0,
    edition: str = "",
    without: int = 0,
) -> Found:
    """Return `limit` services from `offset` on: name first, beginnings of words before their insides.

    With nothing typed, everything that the narrowing leaves is found. `without` are rows (`rows_with`) that
    are not. Raises sqlite3.Error, and zlib.error or ValueError where the index is damaged.
    """
    tables = Tables(connection, edition)
    mask = _mask(tables, narrowing) & ~without
    asked = asked_words(query.typed)
    if not asked and fold(query.typed).strip():
        return Found((), 0)  # only signs that are in no word
    tiers = _tiers(tables, asked, query.language, mask) if asked else [mask]
    rows = list(islice(_in_order(tiers), offset, offset + limit))
    return Found(tuple(tables.services(rows)), tiers[-1].bit_count())


def values(connection: sqlite3.Connection, kind: str, edition: str = "") -> list[tuple[str, int]]:
    """Return each value of a kind ("need", "area", "language") with how many services have it."""
    found = connection.execute(
        "SELECT value, rows FROM find_kind WHERE edition = ? AND kind = ? ORDER BY value", (edition, kind)
    )
    return [(value, unpacked(rows).bit_count()) for value, rows in found]


def first_with(connection: sqlite3.Connection, kind: str, value: str, edition: str = "") -> str:
    """Return the first service with this value, "" for none."""
    tables = Tables(connection, edition)
    return next(tables.services(list(islice(positions(tables.kind(kind, value)), 1))), "")


def rows_with(connection: sqlite3.Connection, services: Iterable[str], edition: str = "") -> int:
    """Return the set of the rows of these services."""
    found = 0
    for service in services:
        rows = connection.execute(
            "SELECT row FROM find_row WHERE edition = ? AND service = ?", (edition, service)
        )
        found |= set_of(row for (row,) in rows)
    return found


def write_left(connection: sqlite3.Connection, days: Mapping[ServiceId, int], edition: str = "") -> None:
    """Add to an index on which day (`date.toordinal`) each service leaves that leaves at all."""
    leaving: dict[int, list[str]] = {}
    for service, day in days.items():
        leaving.setdefault(day, []).append(service)
    found = 0
    for day in sorted(leaving):
        found |= rows_with(connection, leaving[day], edition)
        connection.execute("INSERT INTO find_left VALUES (?, ?, ?)", (edition, day, packed(found)))


def left_by(connection: sqlite3.Connection, day: int, edition: str = "") -> int:
    """Return the set of the rows of what has left by a day."""
    last = connection.execute(
        "SELECT rows FROM find_left WHERE edition = ? AND day <= ? ORDER BY day DESC LIMIT 1", (edition, day)
    ).fetchone()
    return unpacked(last[0]) if last else 0


def longest(connection: sqlite3.Connection, edition: str = "") -> list[str]:
    """Return the names with the most letters."""
    return [
        name for (name,) in connection.execute("SELECT name FROM find_longest WHERE edition = ?", (edition,))
    ]


def is_in(connection: sqlite3.Connection, edition: str = "") -> bool:
    """Return True where the index of this edition has been written."""
    try:
        return (
            connection.execute("SELECT 1 FROM find_row WHERE edition = ?", (edition,)).fetchone() is not None
        )
    except sqlite3.Error:
        return False


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
    if row.own_area:
        pages.kind(number, "own area", row.own_area)
    for name, is_so in (("all", True), ("writing", row.in_writing), ("always", row.day_and_night)):
        if is_so:
            pages.kind(number, name, "")
    for opens, closes in row.open_hours:
        pages.open_between(number, opens, closes)


def _mask(tables: Tables, narrowing: Narrowing) -> int:
    asked = {"need": narrowing.need, "area": narrowing.area, "language": narrowing.language}
    sets = [tables.kind(kind, value) for kind, value in asked.items() if value is not None]
    sets += [tables.kind("writing", "")] if narrowing.in_writing else []
    sets += [tables.kind("always", "")] if narrowing.day_and_night else []
    if narrowing.open_at is not None:
        sets.append(tables.kind("always", "") | tables.open_at(narrowing.open_at))
    return reduce(and_, sets, tables.kind("all", ""))


def _tiers(tables: Tables, asked: Sequence[str], language: str, mask: int) -> list[int]:
    """Return sets of rows, the best first; the last one holds every row that is found."""
    languages = dict.fromkeys((ANY_LANGUAGE, NUMBERS, "en", language))
    begun = [_joined(tables.begun(languages, word)) for word in asked]
    in_name, anywhere = (reduce(and_, sets, mask) for sets in zip(*begun, strict=True))
    first, _ = _joined(tables.begun((FIRST_WORDS,), asked[0]))
    tiers = [in_name & first, in_name, anywhere]
    if anywhere.bit_count() >= ENOUGH or all(len(word) < LEAST_INSIDE for word in asked):
        return tiers
    texts = [name for name in languages if name != NUMBERS]
    inside = [_joined(tables.inside(texts, word)) for word in asked]
    wider = [(a | c, b | d) for (a, b), (c, d) in zip(begun, inside, strict=True)]
    in_name, wide = (reduce(and_, sets, mask) for sets in zip(*wider, strict=True))
    return [*tiers[:2], in_name, anywhere, wide]


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
