"""The tables of the index, and how they are read. What was typed is only ever a bound value."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from kiosk.content.sets import unpacked
from kiosk.find.writing import words_with

LEAST_INSIDE: Final = 3
"""The fewest letters that are looked for inside words: fewer stand in almost every word."""

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS find_row (edition TEXT, row INTEGER, service TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS find_word (
    edition TEXT, language TEXT, word TEXT, in_name BLOB NOT NULL, anywhere BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS find_beginning (
    edition TEXT, language TEXT, word TEXT, in_name BLOB NOT NULL, anywhere BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS find_vocabulary (edition TEXT, language TEXT, words TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS find_kind (edition TEXT, kind TEXT, value TEXT, rows BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS find_hours (edition TEXT, opens INTEGER, closes INTEGER, rows BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS find_longest (edition TEXT, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS find_left (edition TEXT, day INTEGER, rows BLOB NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS find_row_by_row ON find_row (edition, row);
CREATE UNIQUE INDEX IF NOT EXISTS find_row_by_service ON find_row (edition, service);
CREATE UNIQUE INDEX IF NOT EXISTS find_word_by_word ON find_word (edition, language, word);
CREATE UNIQUE INDEX IF NOT EXISTS find_beginning_by_word ON find_beginning (edition, language, word);
CREATE UNIQUE INDEX IF NOT EXISTS find_vocabulary_by_language ON find_vocabulary (edition, language);
CREATE UNIQUE INDEX IF NOT EXISTS find_kind_by_value ON find_kind (edition, kind, value);
CREATE UNIQUE INDEX IF NOT EXISTS find_left_by_day ON find_left (edition, day);
CREATE INDEX IF NOT EXISTS find_hours_by_opening ON find_hours (edition, opens);
"""


@dataclass(frozen=True, slots=True)
class Tables:
    """Reads the tables of one edition."""

    connection: sqlite3.Connection
    edition: str

    def kind(self, kind: str, value: str) -> int:
        """Return the rows with this value."""
        found = self.connection.execute(
            "SELECT rows FROM find_kind WHERE edition = ? AND kind = ? AND value = ?",
            (self.edition, kind, value),
        )
        return reduce(or_, (unpacked(rows) for (rows,) in found), 0)

    def open_at(self, minute: int) -> int:
        """Return the rows that are open at this minute of the week."""
        found = self.connection.execute(
            "SELECT rows FROM find_hours WHERE edition = ? AND opens <= ? AND closes > ?",
            (self.edition, minute, minute),
        )
        return reduce(or_, (unpacked(rows) for (rows,) in found), 0)

    def begun(self, languages: Iterable[str], word: str) -> Iterator[tuple[bytes, bytes]]:
        """Yield the sets of the words that begin so; of very many, those that are joined already."""
        for language in languages:
            joined = self.connection.execute(
                "SELECT in_name, anywhere FROM find_beginning"
                " WHERE edition = ? AND language = ? AND word = ?",
                (self.edition, language, word),
            ).fetchone()
            if joined:
                yield joined
            else:
                yield from self.connection.execute(
                    "SELECT in_name, anywhere FROM find_word"
                    " WHERE edition = ? AND language = ? AND word >= ? AND word < ?",
                    (self.edition, language, word, word + chr(0x10FFFF)),
                )

    def inside(self, languages: Iterable[str], word: str) -> Iterator[tuple[bytes, bytes]]:
        """Yield the sets of the words that have this one inside."""
        if len(word) < LEAST_INSIDE:
            return
        for language in languages:
            found = self.connection.execute(
                "SELECT words FROM find_vocabulary WHERE edition = ? AND language = ?",
                (self.edition, language),
            ).fetchone()
            for holder in words_with(word, found[0]) if found else ():
                yield from self.connection.execute(
                    "SELECT in_name, anywhere FROM find_word WHERE edition = ? AND language = ? AND word = ?",
                    (self.edition, language, holder),
                )

    def services(self, rows: Iterable[int]) -> Iterator[str]:
        """Yield the services of these rows."""
        for row in rows:
            yield from (
                service
                for (service,) in self.connection.execute(
                    "SELECT service FROM find_row WHERE edition = ? AND row = ?", (self.edition, row)
                )
            )
