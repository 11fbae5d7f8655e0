"""How whoever waits may see a long work go on: the work hands its steps through an `Along`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Step = TypeVar("Step")


class Along(Protocol):
    """Gives back the same steps, and may show how many of them are done; `what` names them."""

    def __call__(self, steps: Sequence[Step], what: str) -> Iterable[Step]: ...  # noqa: D102 - said above


def silently(steps: Sequence[Step], what: str) -> Iterable[Step]:  # noqa: ARG001 - nobody looks
    """Show nothing."""
    return steps
