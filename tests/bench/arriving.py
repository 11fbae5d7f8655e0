"""Look at a screen in memory until it is a picture that is known before, and tell when it became that.

How it works
    `Arrival` compares the screen with the picture band by band, from the top, and stays at the first band
    that differs until it does not. So a look costs as much as one band, and what is watched has the memory
    and the processors to itself: comparing all of a screen of 33 MB at each look took 5 ms, by which a
    reading was late and the display server slower. Where the last band is passed, every pixel has been seen
    to be right; from then on the whole screen is compared, and a difference anywhere begins all anew.

Error of the method
    A reading is never early. It is late by no more than `Reading.error_ms`: the time since the screen was
    last seen to differ. `calibrate.py` measures it.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Sequence
from itertools import pairwise

from watching import Pixels, Reading

BANDS = 64

_libc = ctypes.CDLL(None)
_libc.memcmp.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)


class _Picture:
    """One picture that a screen may become."""

    def __init__(self, view: Pixels, picture: Pixels) -> None:
        self._kept = (view, picture)  # the bands are addresses
        edges = [view.nbytes * i // BANDS for i in range(BANDS + 1)]
        self._bands = [
            (view.ctypes.data + low, picture.ctypes.data + low, high - low) for low, high in pairwise(edges)
        ]
        self._at = 0
        self.reached = self.differed = 0.0

    def look(self) -> None:
        """Go on from the band that differed; note when the last is passed."""
        looked = time.perf_counter()
        while self._at < BANDS:
            if _libc.memcmp(*self._bands[self._at]):
                self.reached, self.differed = 0.0, looked
                return
            self._at += 1
        self.reached = self.reached or time.perf_counter()
        self._at = 0


class Arrival:
    """Waits for a picture on a screen, and for others that may come before it."""

    def __init__(
        self, view: Pixels, wanted: Pixels, pause_s: float = 0.0, covers: Sequence[Pixels] = ()
    ) -> None:
        """Look at `view` for a first time; `pause_s` is slept between looks, 0 keeps one processor busy."""
        self._pause_s = pause_s
        self._wanted = _Picture(view, wanted)
        self._wanted.look()  # it must have been seen to differ, and may be right before the next look
        self._covers = [_Picture(view, cover) for cover in covers]
        self.covered = 0.0
        """When the screen first was `wanted` or one of `covers`, in `perf_counter` s; 0 before."""

    def run(self, since: float, quiet_s: float, limit_s: float) -> Reading:
        """Look until the screen has been the picture for `quiet_s`, at most until `limit_s` after `since`.

        `since` is the `perf_counter` time of the act, in s. A screen that was the picture from the first look
        on is waited for until it is another, and then is the picture again.
        """
        looks, begun = 0, time.perf_counter()
        while True:
            self._look()
            looks += 1
            now, reached = time.perf_counter(), self._wanted.reached
            is_over = bool(reached and self._wanted.differed) and now - reached >= quiet_s
            if is_over or now - since >= limit_s:
                break
            if self._pause_s:
                time.sleep(self._pause_s)
        look_ms = (now - begun) / looks * 1e3
        if not reached or not self._wanted.differed:
            return Reading(None, 0.0, look_ms, not is_over)
        last_ms = (reached - since) * 1e3
        error_ms = (reached - max(self._wanted.differed, since)) * 1e3
        return Reading(last_ms, error_ms, look_ms, not is_over)

    def _look(self) -> None:
        self._wanted.look()
        if not self.covered and self._wanted.differed:
            for cover in self._covers:
                cover.look()
            self.covered = max(each.reached for each in (self._wanted, *self._covers))
