"""The staging file: a spreadsheet of what a feed holds, in which staff marks what to take and writes texts.

Written as UTF-8 with a mark, by which spreadsheet programs know it. No cell can begin a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from kiosk.exchange.feed.decoding import decoded
from kiosk.exchange.feed.limits import LARGEST_STAGING, MOST_STAGED, FeedRefusedError
from kiosk.exchange.feed.opening import members_of
from kiosk.exchange.feed.store import Store
from kiosk.exchange.feed.tables import values_of
from kiosk.exchange.feed.tally import Tally
from kiosk.exchange.judging import Judge
from kiosk.exchange.plain_text import one_line
from kiosk.exchange.taking import NO, YES, Marked

STAFF = ("take", "checked", "category", "save_as", "summary")
"""The columns that staff fills in; a take needs all of them."""

TAKEN = (
    *("organization", "alternate_name", "name", "programme", "kind", "number", "shown_as", "label"),
    *(
        "keyword",
        "open_24h",
        "hours",
        "website",
        "chat",
        "hint",
        "offers",
        "eligibility",
        "cost",
        "languages",
        "area",
    ),
    *("cautions", "confidential", "address"),
)
"""The columns that go into the files, too; filled in only where the feed leaves no doubt."""

SHOWN = (
    *("unsure", "found_number", "found_hours", "found_description", "found_eligibility", "found_cost"),
    *("found_languages", "found_area", "found_alert", "found_website", "entry", "source", "record"),
)
"""The columns that are only for staff to read; entry, source and record say where a row comes from."""

COLUMNS = (*STAFF, *TAKEN, *SHOWN)
MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def stage(feed: Path, out: IO[bytes], tally: Tally) -> None:
    """Read `feed` and write its staging file to `out`. Raises FeedRefusedError and OSError.

    Memory does not grow with the feed: its rows lie in an unnamed file of the system meanwhile.
    """
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    text.write(MARK)
    writer.writerow(COLUMNS)
    with Store(tally) as store:
        store.fill(feed)
        judge = Judge(tally, store.names_a_person, one_line(feed.name)[:80])
        for service in store.services():
            for row in judge.rows(service):
                writer.writerow([guarded(row.get(column, "")) for column in COLUMNS])
            if tally.staged_rows > MOST_STAGED:
                raise FeedRefusedError(
                    f"the feed gives more than {MOST_STAGED} rows to look at; ask for a smaller part of it"
                )
    text.detach()
    if not tally.staged_rows:
        raise FeedRefusedError("\n".join(("nothing in this feed can be staged", *summary_of(tally))))


def marked_rows(staging: Path) -> Iterator[Marked]:
    """Yield the rows whose `take` says yes; rows count as a spreadsheet does, the header is 1.

    Raises FeedRefusedError for what is no staging file, and OSError.
    """
    if staging.is_file() and staging.stat().st_size > LARGEST_STAGING:
        raise FeedRefusedError(f"{staging.name} is larger than {LARGEST_STAGING} bytes: no staging file is")
    with closing(members_of(staging, [])) as members:
        member = next(members)
        rows = values_of(decoded(member))
        header = [column.strip() for column in next(rows, [])]
        if lacking := [column for column in COLUMNS if header.count(column) != 1]:
            raise FeedRefusedError(
                f"{member.name} is no staging file: it has not one column {lacking[0]}; "
                "make it with import --out, keep its first line, and save it as CSV UTF-8"
            )
        for number, values in enumerate(rows, 2):
            cells = {column: unguarded(cell).strip() for column, cell in zip(header, values, strict=False)}
            if cells.get("take", "").lower() in YES:
                yield Marked(number, cells)
            elif cells.get("take", "").lower() not in NO:
                raise FeedRefusedError(f"{member.name}: row {number}: write x into take, or nothing")


def summary_of(tally: Tally) -> Iterator[str]:
    """Yield what was read and left out, a line each."""
    yield f"Read: {tally.rows} rows with {tally.services} services."
    yield f"Staged: {tally.staged_services} services in {tally.staged_rows} rows."
    for reason, count in tally.left_out.most_common():
        yield f"{count:>7}  left out: {reason}"
    yield from _always_left_out()
    if tally.files_left:
        few = ", ".join(one_line(name)[:60] for name in tally.files_left[:10])
        more = f" and {len(tally.files_left) - 10} more" if len(tally.files_left) > 10 else ""
        yield f"Not read: {few}{more}."


def _always_left_out() -> Iterable[str]:
    return (
        "Never taken over: contact persons, e-mail addresses, addresses, who changed what.",
        "Never concluded: that somebody answers day and night.",
    )


def guarded(value: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula."""
    return f"'{value}" if value.lstrip("'").startswith(_FORMULA) else value


def unguarded(cell: str) -> str:
    """Return what `guarded` was given."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell
