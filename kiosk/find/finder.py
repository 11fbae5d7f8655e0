"""Looks things up for the pages: in an index made in memory, one for each language when it is first needed.

It keeps nothing of what was asked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.content.model import Library, ServiceId
from kiosk.find.index import Found, Narrowing, Query, search, values, write
from kiosk.find.rows import rows_of
from kiosk.words.catalog import Words

MORE_THAN = 40
"""Find is offered where a directory has more services than this: fewer are seen sooner than typed."""


@dataclass(frozen=True)
class Finder:
    """One directory in its languages. `connection` has an index of all of them, if there is such a file."""

    library: Library
    words: Mapping[str, Words]
    connection: sqlite3.Connection | None = None
    _made: dict[str, sqlite3.Connection] = field(default_factory=dict)

    @property
    def is_wanted(self) -> bool:
        """True where there is more to find than a few pages show."""
        return len(self.library.services) > MORE_THAN

    def search(self, query: Query, narrowing: Narrowing, limit: int, offset: int = 0) -> Found:
        """Return what is found, best first; an index that cannot be read finds nothing."""
        try:
            return search(self._index(query.language), query, narrowing, limit, offset)
        except sqlite3.Error:
            return Found((), 0)

    def choices(self, kind: str, language: str) -> list[tuple[str, int]]:
        """Return each value of a kind ("need", "area", "language") with how many services have it."""
        try:
            return values(self._index(language), kind)
        except sqlite3.Error:
            return []

    def longest_names(self, count: int) -> list[str]:
        """Return the longest names there are: rows are made as high as these need."""
        names = (service.name for service in self.library.services.values())
        return sorted(names, key=len, reverse=True)[:count]

    def service_ids(self, found: Found) -> list[ServiceId]:
        """Return the ids that the directory still has."""
        return [id_ for id_ in map(ServiceId, found.services) if id_ in self.library.services]

    def _index(self, language: str) -> sqlite3.Connection:
        if self.connection:
            return self.connection
        if language not in self._made:
            made = sqlite3.connect(":memory:")
            write(made, rows_of(self.library, {language: self.words[language]}))
            self._made[language] = made
        return self._made[language]
