"""A whole checked set as one SQLite file, in which a kiosk looks things up instead of reading all of it.

Each part of the set is one row: its kind, its id, the value as JSON (`codec`), and a seal over all three. A
row that was damaged does not fit its seal, so that no number with a wrong digit can be shown. The rows of a
kind have numbers without gaps, and row 0 says where each kind begins. The same set gives the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from kiosk.content.age import ages_of
from kiosk.content.clips import Clips, Recording
from kiosk.content.codec import json_of
from kiosk.content.listing import MOST_LISTED, Rank, lasting_rank, list_id, members, open_spans
from kiosk.content.model import Guide, Library, Service
from kiosk.content.names import names_of

APPLICATION_ID: Final = 0x564B4448
"""What stands in the header of every built directory ("VKDH"), so that no other database is taken for one."""
FORM: Final = 2
"""The number of this form, in the header as SQLite's user_version. Another form has another number."""
PAGE_SIZE: Final = 4096
ABOUT: Final = "about"
SEALED: Final = 8
"""Bytes of a seal."""

_TABLES: Final = f"""
PRAGMA page_size = {PAGE_SIZE};
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FORM};
CREATE TABLE part (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, seal BLOB NOT NULL
);
CREATE UNIQUE INDEX part_id ON part (kind, id);
"""

Translations = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By language and id: {English text: translation}."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The numbers of the rows of one kind: `count` of them from `first` on."""

    kind: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class About:
    """What row 0 holds. `digest` is over the seals of all other rows, in their order, in hexadecimal."""

    extents: tuple[Extent, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What is known of one need, or of what answers there in writing: how many entries it has.

    `first` holds for each rank that does not depend on the time the ids of its first entries: twice as many
    as are ever listed, since at most that many can be open, and so stand elsewhere, at the same moment.
    """

    count: int
    first: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Ids:
    """Entries or guides of a need; as an opening, the first open ones from a minute on to the next row's."""

    ids: tuple[str, ...]


def seal(kind: str, id_: str, body: str) -> bytes:
    """The seal of a row."""
    return blake2b("\0".join((kind, id_, body)).encode(), digest_size=SEALED).digest()


def opening_id(category: str, in_writing: bool, minute: int) -> str:
    """The id of a row of `Ids`; ids stand in the order of the minutes of the week (0 is Monday 0:00)."""
    return f"{list_id(category, in_writing)}/{minute:05d}"


def clips_kind(language: str) -> str:
    """The kind of the rows that hold the recordings of a language; their ids are what they say."""
    return f"clip.{language}"


def words_kind(language: str) -> str:
    """The kind of the rows that hold the translations into a language."""
    return f"words.{language}"


@dataclass(frozen=True, slots=True)
class Edition:
    """The directory as it is shared, or as one site with an overlay shows it, with its translations."""

    library: Library
    words: Translations


Extra = Callable[[sqlite3.Connection, str, Edition], None]
"""Adds tables for one edition of the directory, given by its name ("" is the shared one)."""


def kind_in(edition: str, kind: str) -> str:
    """The kind of the rows of one edition; "" is the shared one."""
    return f"{edition}:{kind}" if edition else kind


def built(
    editions: Mapping[str, Edition],
    sites: Mapping[str, object],
    extras: Sequence[Extra] = (),
    clips: Clips | None = None,
) -> bytes:
    """The bytes of a built directory.

    `editions` go by the name of their site's file, "" is the shared one; `sites` are settings by the name of
    their file; each of `extras` may add tables of its own; `clips` are recordings. Raises TypeError for
    values that have no form, and sqlite3.Error.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        rows = _Rows(connection)
        rows.add("site", sites)
        for name, edition in editions.items():
            _add_edition(rows, name, edition)
        for language, recorded in sorted((clips or {}).items()):
            rows.add(clips_kind(language), {says: Recording.of(clip) for says, clip in recorded.items()})
        rows.end()
        connection.execute("COMMIT")
        for extra in extras:
            for name, edition in editions.items():
                extra(connection, name, edition)
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _add_edition(rows: _Rows, name: str, edition: Edition) -> None:
    from kiosk.content.by_day import rows_by_day  # noqa: PLC0415 - only who builds needs it, no visit

    library = edition.library
    parts: dict[str, Mapping[Any, object]] = {
        "organization": library.organizations,
        "service": library.services,
        "category": library.categories,
        "guide": library.guides,
        "card": {"staff": library.staff_card},
        "names": {"names": names_of(library)},
        "ages": {"ages": ages_of(library)},
        "list": dict(_lists(library)),
        "opening": dict(_openings(library)),
        "guides": {id_: _ids(library.guides_in(id_)) for id_ in library.categories},
        **rows_by_day(library),
    }
    for kind, values in parts.items():
        rows.add(kind_in(name, kind), values)
    for language in sorted(edition.words):
        rows.add_bodies(kind_in(name, words_kind(language)), _word_rows(edition.words[language]))


class _Rows:
    """Writes the rows, kind after kind."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._number = 0
        self._extents: list[Extent] = []
        self._digest = blake2b()

    def add(self, kind: str, values: Mapping[Any, object]) -> None:
        """Write all values of one kind, by their ids."""
        self.add_bodies(kind, ((str(id_), json_of(value)) for id_, value in values.items()))

    def add_bodies(self, kind: str, bodies: Iterable[tuple[str, str]]) -> None:
        """Write all rows of one kind, as ids and JSON."""
        first = self._number + 1
        for id_, body in bodies:
            self._number += 1
            self._digest.update(self._insert(self._number, kind, id_, body))
        self._extents.append(Extent(kind, first, self._number + 1 - first))

    def end(self) -> None:
        """Write row 0, which makes the rest findable."""
        about = About(tuple(self._extents), self._digest.hexdigest())
        self._insert(0, ABOUT, ABOUT, json_of(about))

    def _insert(self, number: int, kind: str, id_: str, body: str) -> bytes:
        sealed = seal(kind, id_, body)
        row = (number, kind, id_, body, sealed)
        self._connection.execute("INSERT INTO part VALUES (?, ?, ?, ?, ?)", row)
        return sealed


def _word_rows(words: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for id_ in sorted(words):
        yield id_, json.dumps(words[id_], ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _lists(library: Library) -> Iterator[tuple[str, Counts]]:
    for category in library.categories:
        for in_writing in (False, True):
            entries = tuple(members(library, category, in_writing=in_writing))
            yield list_id(category, in_writing), _counts(entries)


def _ids(guides: Sequence[Guide]) -> Ids:
    return Ids(tuple(guide.id for guide in guides))


def _counts(entries: Sequence[Service]) -> Counts:
    first: dict[int, list[str]] = {rank: [] for rank in Rank if rank is not Rank.OPEN}
    for service in entries:
        ids = first[lasting_rank(service)]
        if len(ids) < 2 * MOST_LISTED:
            ids.append(service.id)
    return Counts(len(entries), tuple((int(rank), tuple(ids)) for rank, ids in first.items()))


def _openings(library: Library) -> Iterator[tuple[str, Ids]]:
    for category in library.categories:
        for in_writing in (False, True):
            entries = tuple(members(library, category, in_writing=in_writing))
            for minute, first in _through_the_week(entries):
                yield opening_id(category, in_writing, minute), Ids(first)


def _through_the_week(entries: Sequence[Service]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each minute of the week at which other entries are the first open ones, with their ids."""
    changes: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for place, service in enumerate(entries):
        for opens_at, closes_at in open_spans(service):
            changes[opens_at].append((place, True))
            changes[closes_at].append((place, False))
    is_open: list[int] = []
    last: tuple[str, ...] = ()
    for minute in sorted(changes):
        for place, opens in changes[minute]:
            if opens:
                insort(is_open, place)
            else:
                del is_open[bisect_left(is_open, place)]
        first = tuple(entries[place].id for place in is_open[:MOST_LISTED])
        if first != last:
            yield minute, first
        last = first
