"""Looks things up for the pages: in the index of a built directory, or in one made in memory.

It keeps nothing of what was asked.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol, runtime_checkable

from kiosk.content.model import Library, Service, ServiceId, Text
from kiosk.find.index import (
    Found,
    Narrowing,
    Query,
    first_with,
    is_in,
    left_by,
    longest,
    rows_with,
    search,
    values,
)
from kiosk.find.made import Made

MORE_THAN = 40
"""Find is offered where a directory has more services than this: fewer are seen sooner than typed."""
UNREADABLE = (sqlite3.Error, zlib.error, ValueError)


@runtime_checkable
class Built(Protocol):
    """The index of a built directory, with the tables that other packages keep in its file."""

    connection: sqlite3.Connection
    edition: str


@runtime_checkable
class OnDay(Protocol):
    """The index of what a built directory shows on a day by which something has left."""

    day: date


@dataclass(frozen=True)
class Finder:
    """One directory as it is shown. `whole` and `made`, its own index, have what left by age as well."""

    library: Library
    whole: Library
    made: Made

    @property
    def is_wanted(self) -> bool:
        """True where there is more to find than a few pages show."""
        return len(self.library.services) > MORE_THAN

    def steps(self) -> Iterator[None]:
        """Make in small steps what the first key would wait for: nothing where it was built in."""
        return iter(()) if self._built or not self.is_wanted else self.made.steps()

    def search(self, query: Query, narrowing: Narrowing, limit: int, offset: int = 0) -> Found:
        """Return what is found, best first; an index that cannot be read finds nothing."""
        try:
            connection, edition = self._index()
            return search(connection, query, narrowing, limit, offset, edition, self._gone)
        except UNREADABLE:
            return Found((), 0)

    def choices(self, kind: str) -> list[str]:
        """Return the values of a kind: "need", "area" or "language"."""
        try:
            connection, edition = self._index()
            return [value for value, _ in values(connection, kind, edition)]
        except UNREADABLE:
            return []

    def area(self, english: str) -> Text | None:
        """Return an area as an entry of the directory has it, to be said in another language."""
        try:
            connection, edition = self._index()
            found = self.library.services.get(ServiceId(first_with(connection, "own area", english, edition)))
        except UNREADABLE:
            return None
        return found.area if found else None

    def longest_names(self) -> list[str]:
        """Return the longest names there are: rows are made as high as these need."""
        try:
            connection, edition = self._index()
            return longest(connection, edition)
        except UNREADABLE:
            return []

    def known(self, found: Found) -> list[Service]:
        """Return those that the directory still has; each is read once, since a key waits for it."""
        read = (self.library.services.get(ServiceId(id_)) for id_ in found.services)
        return [service for service in read if service]

    @cached_property
    def _gone(self) -> int:
        """The rows of the index that are shown no more."""
        if self.library is self.whole:
            return 0
        connection, edition = self._index()
        if self._built and isinstance(self.library.index, OnDay):
            return left_by(connection, self.library.index.day.toordinal(), edition)
        gone = [id_ for id_ in self.whole.services if id_ not in self.library.services]
        return rows_with(connection, gone, edition)

    @cached_property
    def _built(self) -> Built | None:
        built = self.whole.index
        return built if isinstance(built, Built) and is_in(built.connection, built.edition) else None

    def _index(self) -> tuple[sqlite3.Connection, str]:
        if self._built:
            return self._built.connection, self._built.edition
        return self.made.connection(), ""
