"""The rows of a built directory (`store`), read one by one, each held to its seal before anybody sees it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Generic, TypeVar

from kiosk.content.clips import Clip, Recording
from kiosk.content.codec import value_of
from kiosk.content.store import ABOUT, About, Extent, seal

Id = TypeVar("Id", bound=str)
Value = TypeVar("Value")
Row = tuple[int, str, str, str, bytes]
UNREADABLE: Final = (sqlite3.Error, UnicodeDecodeError)
"""What the module sqlite3 raises for a damaged file; its own messages may quote bytes that are no text."""


class DamagedError(Exception):
    """A row of the built directory does not fit its seal, or cannot be read."""


class Rows:
    """The rows of one opened file, each checked against its seal. Raises DamagedError."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.about = self.value(About, ABOUT, ABOUT)
        self._extents = {extent.kind: extent for extent in self.about.extents}

    def has(self, kind: str) -> bool:
        """Whether rows of this kind were built in, even none."""
        return kind in self._extents

    def extent(self, kind: str) -> Extent:
        """The numbers of the rows of one kind; none for a kind that is not there."""
        return self._extents.get(kind) or Extent(kind, 0, 0)

    def find(self, kind: str, id_: str) -> str | None:
        """The JSON of one row, or None."""
        rows = self._rows("kind = ? AND id = ?", kind, id_)
        return _body(rows[0]) if rows else None

    def holds(self, kind: str, id_: str) -> bool:
        """Whether there is such a row, without reading it."""
        query = "SELECT 1 FROM part WHERE kind = ? AND id = ?"
        try:
            return self._connection.execute(query, (kind, id_)).fetchone() is not None
        except UNREADABLE as error:
            raise DamagedError from error

    def id_at(self, kind: str, number: int) -> str:
        """The id of the row with this number, which must be there and of this kind."""
        rows = self._rows("number = ?", number)
        if not rows or rows[0][1] != kind:
            raise DamagedError
        _body(rows[0])
        return rows[0][2]

    def last(self, kind: str, low: str, high: str) -> str | None:
        """The JSON of the row with the last id from `low` to `high`, or None."""
        rows = self._rows("kind = ? AND id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1", kind, low, high)
        return _body(rows[0]) if rows else None

    def value(self, of: type[Value], kind: str, id_: str) -> Value:
        """The value of one row that must be there."""
        body = self.find(kind, id_)
        if body is None:
            raise DamagedError
        return decoded(of, body)

    def ids(self, kind: str) -> Iterator[str]:
        """The ids of one kind, in the order of the files."""
        extent = self.extent(kind)
        span = (extent.first, extent.first + extent.count - 1)
        query = "SELECT id FROM part WHERE number BETWEEN ? AND ? ORDER BY number"
        try:
            for (id_,) in self._connection.execute(query, span):
                yield str(id_)
        except UNREADABLE as error:
            raise DamagedError from error

    def all(self) -> Iterator[tuple[str, str, str, bytes]]:
        """Kind, id, JSON and seal of every row but row 0, in their order."""
        query = "SELECT number, kind, id, body, seal FROM part WHERE number > 0 ORDER BY number"
        try:
            for row in self._connection.execute(query):
                yield row[1], row[2], _body(row), row[4]
        except UNREADABLE as error:
            raise DamagedError from error

    def _rows(self, condition: str, *values: str | int) -> list[Row]:
        try:
            found: list[Row] = self._connection.execute(
                f"SELECT number, kind, id, body, seal FROM part WHERE {condition}",  # noqa: S608 - ours
                values,
            ).fetchall()
        except UNREADABLE as error:
            raise DamagedError from error
        return found


def _body(row: Row) -> str:
    _, kind, id_, body, sealed = row
    if not (isinstance(id_, str) and isinstance(body, str)) or seal(kind, id_, body) != sealed:
        raise DamagedError
    return body


def decoded(of: type[Value], body: str) -> Value:
    """The value in the JSON of a row. Raises DamagedError."""
    try:
        return value_of(of, body)
    except (ValueError, TypeError) as error:
        raise DamagedError from error


class Shelf(Mapping[Id, Value], Generic[Id, Value]):
    """All values of one kind, by their ids, in the order of the files; each is read when it is asked for."""

    def __init__(self, rows: Rows, kind: str, of: type[Value], as_id: Callable[[str], Id]) -> None:
        self._rows, self._kind, self._of, self._as_id = rows, kind, of, as_id

    def __getitem__(self, id_: Id) -> Value:
        body = self._rows.find(self._kind, id_)
        if body is None:
            raise KeyError(id_)
        return decoded(self._of, body)

    def __iter__(self) -> Iterator[Id]:
        return map(self._as_id, self._rows.ids(self._kind))

    def __len__(self) -> int:
        return self._rows.extent(self._kind).count


class Recordings(Mapping[str, Clip]):
    """The clips of one language, by what they say; each is read when it is to be heard.

    One that is damaged is as one that is not there: the voice says it.
    """

    def __init__(self, rows: Rows, kind: str) -> None:
        self._rows, self._kind = rows, kind

    def __getitem__(self, says: str) -> Clip:
        try:
            body = self._rows.find(self._kind, says)
            if body is not None:
                return decoded(Recording, body).clip()
        except (DamagedError, ValueError) as error:
            raise KeyError(says) from error
        raise KeyError(says)

    def __contains__(self, says: object) -> bool:
        try:
            return isinstance(says, str) and self._rows.holds(self._kind, says)
        except DamagedError:
            return False

    def __iter__(self) -> Iterator[str]:
        return self._rows.ids(self._kind)

    def __len__(self) -> int:
        return self._rows.extent(self._kind).count


class Catalog:
    """The translations of the content into one language, in gettext's words."""

    def __init__(self, rows: Rows, kind: str) -> None:
        self._rows, self._kind = rows, kind

    def pgettext(self, context: str, message: str) -> str:
        """The translation of a text by its id and its English; the English where there is none."""
        try:
            body = self._rows.find(self._kind, context)
        except DamagedError:  # rather the English than no page: the built-in page is translated here as well
            return message
        if body is None:
            return message
        found = json.loads(body).get(message, message)  # sealed: it is what was built
        return str(found)
