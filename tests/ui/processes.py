"""Waiting for what the programs of a visit do, and asking the kernel about them."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LIMIT_S = 5.0


def settled(done: Callable[[], bool], limit_s: float = LIMIT_S) -> float:
    """Let Qt and the kernel work until it is so; the seconds it took."""
    from PySide6.QtCore import QCoreApplication, QEvent

    began = time.perf_counter()
    while not done():
        assert time.perf_counter() - began < limit_s, "it did not happen in time"
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        time.sleep(0.001)
    return time.perf_counter() - began


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except (FileNotFoundError, ProcessLookupError):
        return False


def program(pid: int) -> str:
    """The name of a process as the kernel has it; "" when it is gone."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def opened(pid: int) -> set[str]:
    """What a process has open, but for its pipes; the libraries it is still loading come and go meanwhile."""
    found = set()
    with suppress(FileNotFoundError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(FileNotFoundError):
                found.add(str(link.readlink()))
    return {where for where in found if not where.startswith("pipe:")}
