"""Taps as quick as the screen answers them: no fixed waiting, and no second tap on a spot too soon."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tests.bench.watching import difference, settle

if TYPE_CHECKING:
    from tests.faults.running import RunningKiosk

APART_S = 0.35  # a second tap on the same spot is ignored for 300 ms, by design
NEAR_PX = 40.0  # somewhat more than the 8 mm that count as the same spot
HOLD_S = 0.04
ANSWER_S = 2.0
QUIET_S = 0.04
Spot = tuple[int, int]


class Fingers:
    """One hand on one kiosk. Positions are px."""

    def __init__(self, kiosk: RunningKiosk) -> None:
        self.kiosk = kiosk
        self._last: tuple[Spot, float] | None = None

    def tap(self, spot: Spot, hold_s: float = HOLD_S, answer_s: float = ANSWER_S) -> bool:
        """Tap and wait for what comes of it to be whole; False if nothing changed in `answer_s`."""
        screen = self.kiosk.screen
        self.keep_apart(spot)
        screen.press(*spot)
        time.sleep(hold_s)
        before = screen.pixels().copy()
        screen.release(*spot)
        self._last = (spot, time.perf_counter())
        until = time.perf_counter() + answer_s
        while difference(screen.pixels(), before) is None:
            if time.perf_counter() > until:
                return False
            time.sleep(0.002)
        settle(screen.pixels(), QUIET_S, ANSWER_S)
        return True

    def keep_apart(self, spot: Spot) -> None:
        """Wait until the kiosk takes a tap on this spot again."""
        if self._last and math.dist(spot, self._last[0]) < NEAR_PX:
            time.sleep(max(0.0, self._last[1] + APART_S - time.perf_counter()))

    def walk(self, spots: Iterable[Spot]) -> None:
        """Tap one spot after the other. A tap that came while the next visit took the screen is repeated."""
        for spot in spots:
            assert self.tap(spot) or self.tap(spot), f"nothing came of a tap at {spot}"

    def open(self, page: str) -> None:
        """Walk from the lobby to a page."""
        self.walk(self.kiosk.ways()[page])
