"""What was read and what was left out, each thing with its reason and counted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.exchange.feed.limits import MOST_ROWS, FeedRefusedError


def _nothing() -> None:
    pass


@dataclass(slots=True)
class Tally:
    """The counts of one import. `left_out` has the reasons, `files_left` the files that were not read.

    `on_row` is called for each row, so that somebody who waits sees it going on.
    """

    rows: int = 0
    services: int = 0
    staged_services: int = 0
    staged_rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    files_left: list[str] = field(default_factory=list)
    on_row: Callable[[], object] = _nothing

    def read_row(self) -> None:
        """Count a row. Raises FeedRefusedError when there are too many."""
        self.rows += 1
        self.on_row()
        if self.rows > MOST_ROWS:
            raise FeedRefusedError(f"the feed has more than {MOST_ROWS} rows; ask for a smaller part of it")
