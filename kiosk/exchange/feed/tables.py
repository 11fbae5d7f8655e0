"""The tables of tabular HSDS 1.x to 3.x and of Ohana: one CSV file each, named after what is in it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath

from kiosk.exchange.feed.decoding import Decoded
from kiosk.exchange.feed.limits import LONGEST_FIELD, FeedRefusedError
from kiosk.exchange.feed.rows import Row, kind_of, row_of
from kiosk.exchange.feed.tally import Tally
from kiosk.exchange.plain_text import one_line

DELIMITERS = ",;\t"


def values_of(source: Decoded) -> Iterator[list[str]]:
    """Yield the rows of a table, the header first. Raises FeedRefusedError for what is no table."""
    csv.field_size_limit(LONGEST_FIELD)
    lines = source.lines()
    first = next(lines, "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        reader = csv.reader(_again(first, lines), delimiter=delimiter, strict=True)
        yield from reader
    except csv.Error as error:
        raise FeedRefusedError(
            f"{source.name}: line {reader.line_num} cannot be read ({error}); look for a lone quote there"
        ) from error


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def rows_of_table(source: Decoded, tally: Tally) -> Iterator[Row]:
    """Yield the rows of one table as far as they are taken over; the rest is counted in `tally`."""
    name = PurePosixPath(source.name).stem
    kind = kind_of(name)
    rows = values_of(source)
    if not kind:
        tally.files_left.append(source.name)
        for values in islice(rows, 1, None):
            tally.read_row()
            tally.left_out[f"a row of {one_line(name)[:60]}, which is not read"] += any(values)
        return
    header = [key.strip().lower() for key in next(rows, [])]
    if "id" not in header and not any(key.endswith("_id") for key in header):
        raise FeedRefusedError(f'{source.name} has no column "id"; its first line must name the columns')
    for values in rows:
        if not any(values):
            continue
        tally.read_row()
        if len(values) != len(header):
            tally.left_out[f"a row of {one_line(name)[:60]} with too many or too few values"] += 1
            continue
        yield row_of(kind, dict(zip(header, values, strict=True)))
