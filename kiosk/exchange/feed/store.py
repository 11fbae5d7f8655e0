"""The rows of a feed, put together: a database in an unnamed file of the system, gone with this process.

A feed may name a phone before its service, or in another file. Held on disk, a feed of a million rows
needs as little memory as one of a hundred.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import TracebackType

from kiosk.exchange.feed.decoding import decoded
from kiosk.exchange.feed.limits import FeedRefusedError
from kiosk.exchange.feed.opening import Member, members_of
from kiosk.exchange.feed.rows import Body, Row
from kiosk.exchange.feed.tables import rows_of_table
from kiosk.exchange.feed.tally import Tally

NO_IJSON = 'JSON is read with ijson, which is missing. Install it: pip install ".[import]"'
LONGEST_NAME = 4
"""Words of a person's name that are looked for in texts; two at least."""

MOST_RUNS = 100_000
"""Runs of words of one text that are looked up, far more than a text for staff can have."""

_TABLES = """
CREATE TABLE service (number INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT, private INTEGER, secret INTEGER);
CREATE TABLE organization (id TEXT PRIMARY KEY, body TEXT, private INTEGER, secret INTEGER) WITHOUT ROWID;
CREATE TABLE part (kind TEXT, owner TEXT, id TEXT, body TEXT, private INTEGER);
CREATE TABLE place (id TEXT, service TEXT, location TEXT);
CREATE TABLE location (id TEXT PRIMARY KEY, organization TEXT, secret INTEGER) WITHOUT ROWID;
CREATE TABLE contact (id TEXT, owner TEXT, named INTEGER);
CREATE TABLE person (name TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX parts ON part (owner, kind);
CREATE INDEX places ON place (service);
CREATE INDEX contacts ON contact (owner);
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One phone, schedule, area or the like, with the owner that it was found at, such as "location"."""

    id: str
    body: Body
    at: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """One service with its organization (None when the feed has none) and all its parts by kind."""

    id: str
    body: Body
    organization: Body | None
    parts: dict[str, tuple[Part, ...]]
    is_private: bool
    is_secret: bool


class Store:
    """Takes rows in any order and hands back whole services. Close it, or use it in a `with`."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32768;")
        self._base.executescript(_TABLES)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def fill(self, path: Path) -> None:
        """Read the whole feed at `path`. Raises FeedRefusedError and OSError."""
        read = False
        try:
            self._base.execute("BEGIN")
            with closing(members_of(path, self._tally.files_left)) as members:
                for member in members:
                    read = True
                    for row in self._rows(member):
                        self._add(row)
            self._base.execute("COMMIT")
            self._base.executescript(_INDEXES)
        except sqlite3.OperationalError as error:
            raise OSError(28, f"no room for the feed's rows ({error})", "the folder of TMPDIR") from error
        if not read:
            raise FeedRefusedError(f"{path} has no file that ends in .json or .csv; give the feed itself")

    def _rows(self, member: Member) -> Iterator[Row]:
        source = decoded(member)
        if member.name.lower().endswith(".csv"):
            return rows_of_table(source, self._tally)
        if not member.name.lower().endswith(".json"):
            raise FeedRefusedError(f"{member.name} must end in .json, .csv or .zip; name it after what it is")
        try:
            from kiosk.exchange.feed.pages import rows_of_pages  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise FeedRefusedError(NO_IJSON) from error
        return rows_of_pages(source, self._tally)

    def _add(self, row: Row) -> None:
        body = json.dumps(row.body)
        put = self._base.execute
        if row.kind == "service":
            self._add_service(row, body)
        elif row.kind == "organization" and row.id:
            values = (row.id, body, row.is_private, row.is_secret)
            put("INSERT OR IGNORE INTO organization VALUES (?,?,?,?)", values)
        elif row.kind == "place":
            links = (row.id, row.links.get("service", ""), row.links.get("location", ""))
            put("INSERT INTO place VALUES (?,?,?)", links)
        elif row.kind == "location":
            self._add_location(row.id, row.links.get("organization", ""), row.is_secret)
            if service := row.links.get("service"):
                put("INSERT INTO place VALUES (?,?,?)", ("", service, row.id))
        elif row.kind == "address":
            self._tally.left_out["an address"] += 1
            if row.is_secret:
                self._add_location(row.links.get("location", ""), "", is_secret=True)
        elif row.kind == "contact":
            self._add_contact(row)
        else:
            self._add_part(row, body)

    def _add_part(self, row: Row, body: str) -> None:
        owners = (f"program:{row.id}",) if row.kind == "program" else row.owners
        parts = [(row.kind, owner, row.id, body, row.is_private) for owner in owners]
        self._base.executemany("INSERT INTO part VALUES (?,?,?,?,?)", parts)
        if not parts and row.kind == "phone":
            self._tally.left_out["a number belongs to nothing"] += 1

    def _add_service(self, row: Row, body: str) -> None:
        self._tally.services += 1
        if not row.id:
            self._tally.left_out["a service has no id"] += 1
            return
        put = self._base.execute
        cursor = put(
            "INSERT OR IGNORE INTO service (id, body, private, secret) VALUES (?,?,?,?)",
            (row.id, body, row.is_private, row.is_secret),
        )
        if not cursor.rowcount:
            self._tally.left_out["a service with this id was read before"] += 1
        elif location := row.links.get("location"):
            put("INSERT INTO place VALUES (?,?,?)", ("", row.id, location))

    def _add_location(self, id_: str, organization: str, is_secret: bool) -> None:
        self._base.execute(
            "INSERT INTO location VALUES (?,?,?) ON CONFLICT (id) DO UPDATE SET secret = secret OR "
            "excluded.secret, organization = max(organization, excluded.organization)",
            (id_, organization, is_secret),
        )

    def _add_contact(self, row: Row) -> None:
        self._tally.left_out["a contact person"] += 1
        if row.person:
            words = re.findall(r"[^\W\d_]+", row.person.casefold())[:LONGEST_NAME]
            if len(words) > 1:
                self._base.execute("INSERT OR IGNORE INTO person VALUES (?)", (" ".join(words),))
        for owner in row.owners or ("",):
            named = bool(row.person)
            self._base.execute("INSERT INTO contact VALUES (?,?,?)", (row.id, owner, named))

    def names_a_person(self, text: str) -> bool:
        """Whether a text holds the name of one of the feed's contacts, of two words at least."""
        words = re.findall(r"[^\W\d_]+", text.casefold())
        runs = {
            " ".join(words[start : start + length])
            for length in range(2, LONGEST_NAME + 1)
            for start in range(len(words) - length + 1)
        }
        many = islice(runs, MOST_RUNS)
        question = "SELECT 1 FROM person WHERE name IN (SELECT value FROM json_each(?)) LIMIT 1"
        return self._one(question, json.dumps(list(many))) is not None

    def services(self) -> Iterator[Gathered]:
        """Yield each service of the feed with all that belongs to it, in the order of the feed."""
        question = "SELECT id, body, private, secret FROM service ORDER BY number"
        for id_, body, private, secret in self._base.execute(question):
            yield self._gathered(id_, json.loads(body), bool(private), bool(secret))

    def _gathered(self, id_: str, body: Body, is_private: bool, is_secret: bool) -> Gathered:
        places = self._base.execute("SELECT id, location FROM place WHERE service = ?", (id_,)).fetchall()
        locations = list(dict.fromkeys(location for _, location in places if location))
        owner = body.get("organization_id", "")
        for location in locations:
            if found := self._one("SELECT organization, secret FROM location WHERE id = ?", location):
                owner = owner or str(found[0])
                is_secret = is_secret or bool(found[1])
        ways = [("service", id_)]
        ways += [("service_at_location", place) for place, _ in places if place]
        ways += [("location", location) for location in locations]
        ways += self._contacts(ways)
        ways += [("organization", owner)] if owner else []
        ways += [("program", body["program_id"])] if "program_id" in body else []
        organization = self._one("SELECT body, private, secret FROM organization WHERE id = ?", owner)
        return Gathered(
            id_,
            body,
            json.loads(str(organization[0])) if organization else None,
            self._parts(ways),
            is_private or bool(organization and organization[1]),
            is_secret or bool(organization and organization[2]),
        )

    def _contacts(self, ways: list[tuple[str, str]]) -> list[tuple[str, str]]:
        found = []
        for kind, id_ in ways:
            rows = self._base.execute("SELECT id, named FROM contact WHERE owner = ?", (f"{kind}:{id_}",))
            found += [("person" if named else "contact", contact) for contact, named in rows]
        return found

    def _parts(self, ways: list[tuple[str, str]]) -> dict[str, tuple[Part, ...]]:
        parts: dict[str, list[Part]] = {}
        seen: set[tuple[str, str]] = set()
        for at, id_ in ways:
            owner = f"{'contact' if at == 'person' else at}:{id_}"
            rows = self._base.execute("SELECT kind, id, body, private FROM part WHERE owner = ?", (owner,))
            for kind, own, body, private in rows:
                part = Part(own, json.loads(body), at, bool(private))
                if at == "person" and (kind, own) in seen:  # it is somebody's, too
                    parts[kind] = [
                        replace(each, at="also a person") if each.id == own else each for each in parts[kind]
                    ]
                elif not own or (kind, own) not in seen:
                    parts.setdefault(kind, []).append(part)
                seen.add((kind, own))
        return {kind: tuple(found) for kind, found in parts.items()}

    def _one(self, question: str, value: str) -> tuple[object, ...] | None:
        row = self._base.execute(question, (value,)).fetchone()
        return tuple(row) if row else None
