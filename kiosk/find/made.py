"""The index of a directory that was not built into a file: in memory, for as long as one visit lives.

It is made in small steps while nobody waits, and what is left of them when somebody asks. A folder of many
entries would otherwise stop the visit that opens Find first for as long as making it takes, and a visit that
says nothing for half a second is taken for one that hangs. It keeps nothing of what was asked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from kiosk.content.model import Library, Text
from kiosk.find.index import writing
from kiosk.find.rows import areas_of, rows_of
from kiosk.words.catalog import Words


class InMemory(sqlite3.Connection):
    """Lets go of its index with whoever looked things up in it; Python 3.13 warns where nobody does."""

    def __del__(self) -> None:
        self.close()


class Made:
    """One index of a whole directory, in all of its languages. Each step takes a few ms at most."""

    def __init__(self, library: Library, words: Mapping[str, Words]) -> None:
        self._words = words
        # The collector may run in any thread: whichever it is may let go.
        self._connection = sqlite3.connect(":memory:", check_same_thread=False, factory=InMemory)
        self._steps = self._written(library)

    def steps(self) -> Iterator[None]:
        """Make what is left, a step at a time."""
        return self._steps

    def connection(self) -> sqlite3.Connection:
        """Return the index, after making what was left of it."""
        for _ in self._steps:
            pass
        return self._connection

    def _written(self, library: Library) -> Iterator[None]:
        yield from writing(
            self._connection, rows_of(library, list(self._words), self._translated, areas_of(library))
        )

    def _translated(self, language: str, text: Text) -> str | None:
        words = self._words[language]
        return words.text(text) if words.has(text) else None
