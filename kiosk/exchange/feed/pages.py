"""HSDS as JSON: pages of an interface, lists, or single records; read piece by piece with ijson."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import ijson

from kiosk.exchange.feed.decoding import Decoded
from kiosk.exchange.feed.limits import DEEPEST, LARGEST_RECORD, LONGEST_FIELD, FeedRefusedError
from kiosk.exchange.feed.rows import Row, kind_of, row_of
from kiosk.exchange.feed.tally import Tally

Value = str | list["Value"] | dict[str, "Value"] | None
"""A JSON value; numbers, true and false are text here. ijson gives a piece of it at a time."""

Event = tuple[str, object]
_LINK_UP = {
    "service": "service_id",
    "organization": "organization_id",
    "location": "location_id",
    "program": "program_id",
}
_NO_OBJECT = "an entry of a page is no object"
_NO_KIND = "a record is neither a service nor an organization nor part of one"


def rows_of_pages(source: Decoded, tally: Tally) -> Iterator[Row]:
    """Yield the rows of one JSON file, its nested records taken apart. Raises FeedRefusedError."""
    for hint, record in _records(source):
        if not isinstance(record, dict):
            tally.left_out[_NO_OBJECT] += 1
            continue
        kind = kind_of(hint) if hint not in ("", "contents") else None
        kind = _kind_by_its_keys(record) if kind is None else kind
        if kind is None:
            tally.left_out[_NO_KIND] += 1
        elif kind:
            for row in _flat(kind, record, {}):
                tally.read_row()
                yield row


def _kind_by_its_keys(record: dict[str, Value]) -> str | None:
    keys = record.keys()
    if {"location", "location_id"} & keys and {"service", "service_id"} & keys:
        return "place"
    if "location_type" in keys:
        return "location"
    if {"taxonomy_detail", "term_uri", "openapi_url", "parent_id"} & keys:
        return ""
    if {"organization", "organization_id", "status", "service_at_locations", "assured_date"} & keys:
        return "service"
    if {"id", "name"} <= keys and {"description", "website", "services", "legal_status"} & keys:
        return "" if "version" in keys else "organization"
    return None


def _flat(kind: str, record: dict[str, Value], above: dict[str, str]) -> Iterator[Row]:
    """Yield a record and all records in it. `above` are its links to what it is nested in."""
    values = {key.lower(): value for key, value in record.items() if isinstance(value, str)} | above
    own = values.setdefault("id", "/".join([*above.values(), kind]))
    inner = list(_inner(record, own))
    for name, _, child in inner:
        if name in _LINK_UP and isinstance(record[name], dict):  # the one that this record points to
            values[_LINK_UP[name]] = str(child["id"])
    if kind == "phone":
        values["languages"] = ", ".join(str(each.get("name", "")) for n, _, each in inner if n == "languages")
    if kind == "need":
        values |= _need(record)
    yield row_of(kind, values)
    for name, child_kind, child in inner:
        up = {"place": "service_at_location"}.get(kind, kind)
        links = {} if name in _LINK_UP else {f"{up}_id": own}
        yield from _flat(child_kind, child, links)


def _inner(record: dict[str, Value], own: str) -> Iterator[tuple[str, str, dict[str, Value]]]:
    for name, value in record.items():
        kind = kind_of(name)
        if kind:
            children = value if isinstance(value, list) else [value]
            for number, child in enumerate(children):
                if isinstance(child, dict):
                    id_ = child.get("id") or f"{own}/{name}/{number}"
                    yield name, kind, {**child, "id": id_}


def _need(record: dict[str, Value]) -> dict[str, str]:
    term = record.get("taxonomy_term")
    if not isinstance(term, dict):
        return {}
    return {"code": str(term.get("code") or ""), "taxonomy": str(term.get("taxonomy_id") or "")}


def _records(source: Decoded) -> Iterator[tuple[str, Value]]:
    """Yield each record with the name of the list that it stands in; "" for a list without a name."""
    events = _Events(source)
    event = events.next()
    if event[0] == "start_array":
        yield from _items(events, "")
    elif event[0] == "start_map":
        yield from _of_object(events)
    else:
        raise FeedRefusedError(f"{source.name} is JSON without records; ask for a page of services")
    events.end()


def _of_object(events: _Events) -> Iterator[tuple[str, Value]]:
    """A page or a dump with lists of records, or else one record."""
    root: dict[str, Value] = {}
    count = 0
    while (event := events.next())[0] != "end_map":
        name = str(event[1])
        event = events.next()
        is_list = event[0] == "start_array" and (name == "contents" or kind_of(name) is not None)
        if is_list and (name == "contents" or "id" not in root):
            yield from _items(events, name)
        else:
            root[name], count = events.value(event, count)
    if "id" in root:
        yield "", root


def _items(events: _Events, name: str) -> Iterator[tuple[str, Value]]:
    while (event := events.next())[0] != "end_array":
        yield name, events.value(event, 0)[0]


class _EndedError(FeedRefusedError):
    """There is nothing more."""


@dataclass(slots=True, init=False)
class _Events:
    """The pieces of one JSON file, one after the other; its depth is watched."""

    name: str
    _pieces: Iterator[Event]
    _depth: int

    def __init__(self, source: Decoded) -> None:
        self.name = source.name
        self._pieces = iter(ijson.basic_parse(source, use_float=True))
        self._depth = 0

    def next(self) -> Event:
        """Return the next piece. Raises FeedRefusedError where the file is no JSON or nests too deep."""
        try:
            event = next(self._pieces)
        except StopIteration:
            raise _EndedError(f"{self.name} ends too early; fetch it again") from None
        except (ijson.JSONError, ValueError, OverflowError, RecursionError) as error:
            reason = (str(error).strip().splitlines() or ["it ends too early"])[0][:120]
            raise FeedRefusedError(f"{self.name} is no whole JSON ({reason}); fetch it again") from error
        if event[0].startswith("start"):
            self._depth += 1
            if self._depth > DEEPEST:
                raise FeedRefusedError(f"{self.name} nests deeper than {DEEPEST} levels; HSDS never does")
        elif event[0].startswith("end"):
            self._depth -= 1
        return event

    def end(self) -> None:
        """Read to the end. Raises FeedRefusedError where something follows, such as one more page."""
        with suppress(_EndedError):
            self.next()
            raise FeedRefusedError(f"{self.name} has more after its end; put each page into a file")

    def value(self, event: Event, count: int) -> tuple[Value, int]:
        """Build the value that begins with `event`; `count` values of its record were built before."""
        if (count := count + 1) > LARGEST_RECORD:
            raise FeedRefusedError(f"{self.name} has a record of more than {LARGEST_RECORD} values")
        what, scalar = event
        if what == "start_map":
            table: dict[str, Value] = {}
            while (event := self.next())[0] != "end_map":
                key = str(event[1])
                table[key], count = self.value(self.next(), count)
            return table, count
        if what == "start_array":
            items: list[Value] = []
            while (event := self.next())[0] != "end_array":
                item, count = self.value(event, count)
                items.append(item)
            return items, count
        return _scalar(scalar), count


def _scalar(value: object) -> Value:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return str(value)[:LONGEST_FIELD].encode("utf-8", "replace").decode()  # half a pair is no letter
    except ValueError:  # a number of more than 4,300 digits
        return None
