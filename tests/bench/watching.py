"""Look at a screen in memory as fast as possible, and tell when it changed.

How it works
    `Watch` compares the screen with its own copy, band by band, as fast as it can; a band that
    differs is copied at once and the time noted. Every pixel is compared in every poll: there
    are no rows between samples that a change could hide in.

Error of the method
    A press is timed right before the request is sent (`flush`). A change is timed after the band
    that shows it has been copied, so a reading is never early. It is late by no more than
    `Reading.error_ms`: the time since that same band was last seen unchanged, measured for each
    reading by itself. `calibrate.py` measures the lateness against changes made at a known time.
    A busy poll takes one processor; `pause_s` gives some of it back for a coarser reading.
"""

from __future__ import annotations

import ctypes
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Height x width x 4 bytes: blue, green, red and an unused byte."""

BANDS = 16
"""Bands a poll looks at one after the other."""

_libc = ctypes.CDLL(None)
_libc.memcmp.argtypes = _libc.memmove.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
_libc.memmove.restype = ctypes.c_void_p


@dataclass(frozen=True)
class Reading:
    """What one watch saw. Times in ms, counted from the act; None where nothing changed."""

    last_ms: float | None
    """The last changed pixel was seen; never early, late by at most `error_ms`."""
    error_ms: float
    """Time between the looks that the last change fell between."""
    poll_ms: float
    """Mean time of a look at the whole screen, from one to the next."""
    timed_out: bool
    """The screen had not become quiet (or had not changed) by the limit."""


class Watch:
    """A copy of the screen, and the loop that compares the screen with it."""

    def __init__(self, view: Pixels, pause_s: float = 0.0) -> None:
        """Copy `view`; `pause_s` is slept between polls, 0 keeps one processor busy."""
        self._pause_s = pause_s
        self._view = view
        self._copy = view.copy()
        now = time.perf_counter()
        edges = [view.nbytes * i // BANDS for i in range(BANDS + 1)]
        self._bands = [
            (view.ctypes.data + low, self._copy.ctypes.data + low, high - low)
            for low, high in pairwise(edges)
        ]
        self._looked = [now] * BANDS
        self._last = self._not_before = 0.0

    def _poll(self) -> None:
        """Look at every band once; note and copy the changed ones. Times in `perf_counter` s."""
        for i, (live, copy, size) in enumerate(self._bands):
            looked = time.perf_counter()
            if _libc.memcmp(live, copy, size):
                _libc.memmove(copy, live, size)
                self._last = time.perf_counter()
                self._not_before = max(self._not_before, self._looked[i])
            self._looked[i] = looked

    def run(self, since: float, quiet_s: float, limit_s: float, *, need_change: bool = True) -> Reading:
        """Poll until nothing has changed for `quiet_s`, at most until `limit_s` after `since`.

        `since` is the `perf_counter` time of the act, in s. Quiet counts from the first change
        on; without `need_change` it counts from now on even if nothing changes.
        """
        self._last = self._not_before = 0.0
        polls, begun = 0, time.perf_counter()
        while True:
            self._poll()
            polls += 1
            now = time.perf_counter()
            anchor = self._last or (math.inf if need_change else begun)
            if now - anchor >= quiet_s or now - since >= limit_s:
                break
            if self._pause_s:
                time.sleep(self._pause_s)
        return self._reading(since, (now - begun) / polls, timed_out=now - anchor < quiet_s)

    def _reading(self, since: float, poll_s: float, *, timed_out: bool) -> Reading:
        """Turn the noted times into ms since the act."""
        if not self._last:
            return Reading(None, 0.0, poll_s * 1e3, timed_out)
        error = (self._last - max(self._not_before, since)) * 1e3
        return Reading((self._last - since) * 1e3, error, poll_s * 1e3, timed_out)


def watch(
    view: Pixels, act: Callable[[], float], until_quiet_s: float, limit_s: float, pause_s: float = 0.0
) -> Reading:
    """Copy the screen, do `act` (it returns the time it was sent, in s) and time what changes."""
    eye = Watch(view, pause_s)
    return eye.run(act(), until_quiet_s, limit_s)


def settle(view: Pixels, quiet_s: float, limit_s: float) -> bool:
    """Wait, without haste, until nothing has changed for `quiet_s`; False if `limit_s` passed first."""
    eye = Watch(view, pause_s=0.005)
    return not eye.run(time.perf_counter(), quiet_s, limit_s, need_change=False).timed_out


def difference(one: Pixels, other: Pixels) -> str | None:
    """Return where two screens differ in colour, as "N px in X,Y WxH", or None if they are equal."""
    if np.array_equal(one, other):
        return None
    rows, columns = np.nonzero((one[..., :3] != other[..., :3]).any(axis=2))
    if not rows.size:
        return None
    left, top = columns.min(), rows.min()
    return f"{rows.size} px in {left},{top} {columns.max() - left + 1}x{rows.max() - top + 1}"
