"""Looks things up for the pages: in the index of a built directory, or in one made in memory.

It keeps nothing of what was asked.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, runtime_checkable

from kiosk.content.model import Library, ServiceId, Text
from kiosk.find.index import (
    Found,
    Narrowing,
    Query,
    first_with,
    is_in,
    longest,
    rows_with,
    search,
    values,
    write,
)
from kiosk.find.rows import areas_of, rows_of
from kiosk.words.catalog import Words

MORE_THAN = 40
"""Find is offered where a directory has more services than this: fewer are seen sooner than typed."""
UNREADABLE = (sqlite3.Error, zlib.error, ValueError)


class InMemory(sqlite3.Connection):
    """Lets go of its index with whoever looked things up in it; Python 3.13 warns where nobody does."""

    def __del__(self) -> None:
        self.close()


@runtime_checkable
class Built(Protocol):
    """The index of a built directory, with the tables that other packages keep in its file."""

    connection: sqlite3.Connection
    edition: str


@dataclass(frozen=True)
class Finder:
    """One directory as it is shown, in its languages; `whole` has what left by age as well."""

    library: Library
    words: Mapping[str, Words]
    whole: Library
    _made: dict[str, sqlite3.Connection] = field(default_factory=dict)

    @property
    def is_wanted(self) -> bool:
        """True where there is more to find than a few pages show."""
        return len(self.library.services) > MORE_THAN

    def search(self, query: Query, narrowing: Narrowing, limit: int, offset: int = 0) -> Found:
        """Return what is found, best first; an index that cannot be read finds nothing."""
        try:
            connection, edition = self._index(query.language)
            return search(connection, query, narrowing, limit, offset, edition, self._gone)
        except UNREADABLE:
            return Found((), 0)

    def choices(self, kind: str, language: str) -> list[str]:
        """Return the values of a kind: "need", "area" or "language"."""
        try:
            connection, edition = self._index(language)
            return [value for value, _ in values(connection, kind, edition)]
        except UNREADABLE:
            return []

    def area(self, english: str, language: str) -> Text | None:
        """Return an area as an entry of the directory has it, to be said in another language."""
        try:
            connection, edition = self._index(language)
            found = self.library.services.get(ServiceId(first_with(connection, "own area", english, edition)))
        except UNREADABLE:
            return None
        return found.area if found else None

    def longest_names(self, language: str) -> list[str]:
        """Return the longest names there are: rows are made as high as these need."""
        try:
            connection, edition = self._index(language)
            return longest(connection, edition)
        except UNREADABLE:
            return []

    def service_ids(self, found: Found) -> list[ServiceId]:
        """Return the ids that the directory still has."""
        return [id_ for id_ in map(ServiceId, found.services) if id_ in self.library.services]

    @cached_property
    def _gone(self) -> int:
        """The rows of a built index that are shown no more."""
        built = self._built
        if built is None or self.library is self.whole:
            return 0
        gone = [id_ for id_ in self.whole.services if id_ not in self.library.services]
        return rows_with(built.connection, gone, built.edition)

    @cached_property
    def _built(self) -> Built | None:
        built = self.whole.index
        return built if isinstance(built, Built) and is_in(built.connection, built.edition) else None

    def _index(self, language: str) -> tuple[sqlite3.Connection, str]:
        if self._built:
            return self._built.connection, self._built.edition
        if language not in self._made:
            made = sqlite3.connect(":memory:", factory=InMemory)
            write(made, rows_of(self.library, [language], self._translated, areas_of(self.library)))
            self._made[language] = made
        return self._made[language], ""

    def _translated(self, language: str, text: Text) -> str | None:
        words = self.words[language]
        return words.text(text) if words.has(text) else None
