"""All memory of an emulated machine, and how often something stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.terminal.machine import Machine

PART = 2**24


@contextmanager
def taken(machine: Machine) -> Iterator[Path]:
    """Write all memory of one moment to a file, which goes at the end; the machine stands still meanwhile."""
    machine.qmp("stop")
    try:
        path = machine.memory()
    finally:
        machine.qmp("cont")
    try:
        yield path
    finally:
        path.unlink()


def copies(memory: Path, wanted: Iterable[bytes]) -> dict[bytes, int]:
    """Return how often each of these stands there."""
    found = dict.fromkeys(wanted, 0)
    longest = max(map(len, found))
    before = b""
    with memory.open("rb") as file:
        while part := file.read(PART):
            for each in found:
                rest = before[len(before) - len(each) + 1 :] if len(each) > 1 else b""
                found[each] += (rest + part).count(each)
            before = part[-longest:]
    return found


def both(text: str) -> tuple[bytes, bytes]:
    """Return a text as Python and as Qt hold it: one byte a letter, and UTF-16."""
    return text.encode("latin-1"), text.encode("utf-16-le")
