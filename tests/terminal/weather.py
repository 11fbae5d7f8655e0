"""How fast the machine is while something is timed: shared machines differ fourfold within a minute."""

from __future__ import annotations

import threading
import time
from statistics import fmean
from types import TracebackType
from typing import Self

from tests.bench.probe import pace_ms

QUIET_MS = 31.0
"""What `pace_ms` takes on the machine that the promised times were measured on, with nothing else at work."""
STALL_S = 0.1
"""A thread that sleeps so much longer than it asked for says that the machine stood still."""


class Weather:
    """Measures pace and oversleeping from enter to exit; takes an eighth of one processor."""

    def __init__(self) -> None:
        self._paces: list[float] = []
        self._overslept = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._paces.append(pace_ms())
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        self._paces.append(pace_ms())

    def _watch(self) -> None:
        pause = 0.02
        while not self._over.is_set():
            for _ in range(10):
                asked = time.monotonic()
                time.sleep(pause)
                self._overslept = max(self._overslept, time.monotonic() - asked - pause)
            self._paces.append(pace_ms())

    @property
    def pace(self) -> float:
        """The mean of the paces seen, in ms."""
        return fmean(self._paces)

    @property
    def stalled(self) -> bool:
        """Whether the machine stood still: what was timed meanwhile says nothing of the product."""
        return self._overslept > STALL_S

    def limit(self, promised: float) -> float:
        """Return a promised time, longer by as much as the machine is slower than when it was promised."""
        return promised * max(1.0, self.pace / QUIET_MS)
