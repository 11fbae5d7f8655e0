"""A bar on standard error for work that takes longer than a second; for people only, never for a log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar

Step = TypeVar("Step")
DELAY_S: Final = 1.0
"""What is done sooner shows no bar."""


@contextmanager
def ticking(what: str) -> Iterator[Callable[[], object]]:
    """Yield what is called at each step of work whose end nobody knows; its count is shown as `bar` would."""
    if not sys.stderr.isatty():
        yield _nothing
        return
    try:
        from tqdm import tqdm  # noqa: PLC0415 - as below
    except ModuleNotFoundError:
        yield _nothing
        return
    with tqdm(desc=what, delay=DELAY_S, leave=False, file=sys.stderr, dynamic_ncols=True) as shown:
        yield shown.update


def _nothing() -> None:
    pass


def bar(steps: Sequence[Step], what: str) -> Iterable[Step]:
    """Give back the same steps, with a bar where a person looks and tqdm is installed."""
    if not sys.stderr.isatty():
        return steps
    try:
        from tqdm import tqdm  # noqa: PLC0415 - an extra that the kiosk itself never loads
    except ModuleNotFoundError:
        return steps
    shown: Iterable[Step] = tqdm(
        steps, desc=what, delay=DELAY_S, leave=False, file=sys.stderr, dynamic_ncols=True
    )
    return shown
