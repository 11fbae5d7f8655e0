"""Visits to one program on the virtual screen, the same for all programs: press, watch, compare.

Times, in ms, of the whole screen:
    hide     from the press on the strip until the screen equals the lobby, pixel by pixel, and stays so. For
             a page that leaves ("Exit this page") that is the lobby it goes to
    cleared  from the press until the whole screen was seen to equal a picture without anything of the page
             left: the white overlay, or the lobby. It is what matters to the visitor. For programs that cover
             in place it would be the same as hide, and is not kept
    page     from the release of a tap to the last changed pixel of its page
    start    from exec until the screen equals the lobby, and stays so
A page counts as ready after `quiet_s` without a change, or after a shorter time (Pace) where it then is what
it was after `quiet_s` before, by a sum over all its bytes. The lobby must stay until the next visit.
"""

from __future__ import annotations

import math
import os
import signal
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

import numpy as np
from arriving import Arrival
from latency import Walk
from probe import VirtualScreen
from resources import at_work, cpu_s, tree
from rivals import Rival
from shares import first_of_all
from watching import Pixels, Reading, Watch, difference, settle

HOLD_S = 0.06
BRIEF_S = 0.002
"""A tap so short that nothing can be made ready under the finger."""
LIMIT_S = 4.0
START_LIMIT_S = 40.0
START_PAUSE_S = 0.001
"""Between looks at a start, which takes hundreds of ms: looking all the time takes one of two processors."""
REST_S = 0.6
"""Between two visits at most, so that whatever a program does after one is not charged to the next."""
APART_S = 0.35
"""The kiosk ignores a second tap on a spot within 0.3 s; all programs are given this time."""
PANEL_MM = 268.0
"""The width of the panel of the site file."""
NEAR_MM = 10.0  # somewhat more than the 8 mm that count as the same spot


@dataclass(frozen=True)
class Pace:
    """How long it takes to believe that something is over; s."""

    page: float = 0.04
    """A page that is what it was before, for so long, is ready; what a program does after it may go on."""
    lobby: float = 0.04
    """Likewise the lobby; that it stays is seen to until the next visit."""
    at_rest: float = 0.07
    """A program that had no processor for so long, and did not wait for one, has done what it had to."""
    look: float = 0.02


CALM, BRISK = Pace(), Pace(0.035, 0.02, 0.02, 0.01)

Kept = dict[tuple[str, str], list[tuple[str, Reading]]]
"""Readings with their labels under (figure, program)."""


class Stage:
    """One program at a time on one screen. Readings are kept under (figure, program)."""

    def __init__(self, screen: VirtualScreen, readings: Kept | None = None, where: str = "") -> None:
        """Watch `screen`; `where` is added to each figure's name, and `readings` may be shared by stages."""
        self.screen = screen
        self.readings: Kept = defaultdict(list) if readings is None else readings
        self.where = where
        self.faults: list[str] = []
        self.pause_s = 0.0
        self.quiet_s = 0.15
        self.pace = CALM
        self.aim_s = 0.0
        """How long before Hide the pointer is on the strip; more than 0 where moving it costs a frame."""
        self.program = 0
        self._seen: dict[str, set[int]] = defaultdict(set)
        self._released: tuple[tuple[int, int], float] | None = None

    def strain(self, strained: bool) -> None:
        """Look less often and wait longer while the processors are kept busy."""
        self.pause_s, self.quiet_s = (0.0003, 0.3) if strained else (0.0, 0.15)

    def keep(self, figure: str, rival: Rival, label: str, reading: Reading) -> None:
        """Keep a reading; note a fault if nothing changed or the screen never became quiet."""
        self.kept(figure, rival).append((label, reading))
        if reading.last_ms is None or reading.timed_out:
            self.faults.append(f"{rival.name}, {figure}, {label}: nothing changed, or no end to it")

    def kept(self, figure: str, rival: Rival) -> list[tuple[str, Reading]]:
        """Return what has been kept of one figure of a program."""
        return self.readings[figure + self.where, rival.name]

    @contextmanager
    def running(self, rival: Rival, figure: str = "start") -> Iterator[int]:
        """Start a program, keep the time of its start, give its process id; end all of it."""
        with rival.started_with() as command:
            begun = time.perf_counter()
            child = self.screen.spawn(command, rival.environment)
            self.program = child.pid
            try:
                if rival.first is None:
                    self._learn(rival)
                else:
                    eye = Arrival(self.screen.pixels(), rival.first, START_PAUSE_S)
                    self.keep(figure, rival, "start", eye.run(begun, 0.3, START_LIMIT_S))
                yield child.pid
            finally:
                left = tree(child.pid)
                self.screen.stop(child)
                _end(left)
        settle(self.screen.pixels(), 0.2, LIMIT_S)

    def _learn(self, rival: Rival) -> None:
        """Learn the lobby as it is first shown and as it is after Hide: a shade of a letter may differ."""
        eye = Watch(self.screen.pixels(), START_PAUSE_S)
        if eye.run(time.perf_counter(), 2.0, START_LIMIT_S).last_ms is None:
            raise RuntimeError(f"{rival.name} shows nothing:\n{self.screen.log()[-2000:]}")
        rival.first = self.screen.pixels().copy()
        for at in rival.walks[0].taps:
            self._tap(at)
            settle(self.screen.pixels(), 0.5, LIMIT_S)
        self._tap(self.strip)
        settle(self.screen.pixels(), 1.0, LIMIT_S)
        rival.lobby = self.screen.pixels().copy()

    @property
    def strip(self) -> tuple[int, int]:
        """Where to press to hide, px: the middle of 20 mm."""
        return self.screen.width // 2, round(self.screen.height - 10.0 * self.screen.width / PANEL_MM)

    @property
    def near_px(self) -> float:
        """How near two taps are the same spot."""
        return NEAR_MM * self.screen.width / PANEL_MM

    def _tap(self, at: tuple[int, int], hold_s: float = HOLD_S) -> float:
        """Tap when the spot takes a tap again; return when it was let go."""
        self._press(at, hold_s)
        return self._release(at)

    def _press(self, at: tuple[int, int], hold_s: float) -> None:
        if self._released and math.dist(at, self._released[0]) < self.near_px:
            time.sleep(max(0.0, self._released[1] + APART_S - time.perf_counter()))
        self.screen.press(*at)
        time.sleep(hold_s)

    def _release(self, at: tuple[int, int]) -> float:
        released = self.screen.release(*at)
        self._released = (at, released)
        return released

    def page(self, rival: Rival, label: str, at: tuple[int, int], figure: str | None) -> None:
        """Tap, watch the page come, and keep its time under `figure` if one is given."""
        self._press(at, HOLD_S)
        eye = Watch(self.screen.pixels(), self.pause_s)
        released = self._release(at)
        reading = self._settled(eye, released, f"{rival.name} {label}")
        if figure:
            self.keep(figure, rival, label, reading)

    def _settled(self, eye: Watch, since: float, page: str) -> Reading:
        """Watch until the screen has been quiet, briefly where it then is what this page was before."""
        briefly = min(self.pace.page, self.quiet_s)
        reading = eye.run(since, briefly, LIMIT_S)
        while not reading.timed_out:
            seen = zlib.adler32(self.screen.pixels())
            if seen in self._seen[page]:
                break
            later = eye.run(since, self.quiet_s - briefly, LIMIT_S, need_change=False)
            if later.last_ms is None:
                self._seen[page].add(seen)
                break
            reading = later
        return reading

    def visit(self, rival: Rival, walk: Walk, load: str) -> None:
        """Walk to a page and hide there."""
        for i, at in enumerate(walk.taps):
            # Where Hide leaves the page, its first tap goes to another page again: not the same thing.
            figure = f"page, {load}" if i or not rival.leaves else f"arriving, {load}"
            self.page(rival, f"{walk.page} tap {i + 1}", at, figure)
        self._hide(rival, walk.page, f"hide, {load}")

    def visit_at_work(self, rival: Rival, walk: Walk, work: str) -> None:
        """Walk to the page before, tap briefly, and press Hide 1 ms after letting go: it is still at work."""
        for i, at in enumerate(walk.taps[:-1]):
            self.page(rival, f"{walk.page} tap {i + 1}", at, None)
        self._tap(walk.taps[-1], BRIEF_S)
        time.sleep(0.001)
        self._hide(rival, walk.page, f"hide, {work}")

    def _hide(self, rival: Rival, label: str, figure: str) -> None:
        view, wanted = self.screen.pixels(), rival.lobby
        assert wanted is not None
        if self.aim_s:
            self.screen.move(*self.strip)
            time.sleep(self.aim_s)
        eye = Arrival(view, wanted, self.pause_s, [] if rival.overlay is None else [rival.overlay])
        with first_of_all(self.pause_s > 0):
            begun = self.screen.press(*self.strip)
            reading = eye.run(begun, min(self.pace.lobby, self.quiet_s), LIMIT_S)
        self.keep(figure, rival, label, reading)
        if eye.covered and rival.overlay is not None:
            shown = replace(reading, last_ms=(eye.covered - begun) * 1e3, timed_out=False)
            self.keep(f"cleared{figure.removeprefix('hide')}", rival, label, shown)
        if wrong := difference(view, wanted):
            self.faults.append(f"{rival.name}, {figure}, {label}: not the lobby, {wrong}")
        self.screen.release(*self.strip)
        if not self._rest(wanted):
            self.faults.append(f"{rival.name}, {figure}, {label}: not the lobby after letting go")
            self._tap(self.strip)
            settle(view, 0.5, LIMIT_S)

    def _rest(self, wanted: Pixels) -> bool:
        """Wait until the program has done what follows a visit; False if the lobby did not stay meanwhile."""
        begun = worked = time.perf_counter()
        spent, stayed = cpu_s(tree(self.program)), True
        rested = self.pace.at_rest
        while (now := time.perf_counter()) - begun < REST_S and (self.pause_s or now - worked < rested):
            time.sleep(self.pace.look)
            stayed = stayed and not difference(self.screen.pixels(), wanted)
            pids = tree(self.program)
            if (now_spent := cpu_s(pids)) != spent or at_work(pids):
                spent, worked = now_spent, time.perf_counter()
        return stayed and not difference(self.screen.pixels(), wanted)

    def learn_overlay(self, rival: Rival) -> None:
        """Show the white page of "Exit this page" by itself and keep its picture."""
        assert rival.overlay_page is not None
        page = rival.overlay_page.resolve().as_uri()  # a page is the last word of the command
        shown = replace(rival, command=(*rival.command[:-1], page), profiles=[])
        with shown.started_with() as line:
            child = self.screen.spawn(line, rival.environment)
            settle(self.screen.pixels(), 3.0, START_LIMIT_S)
            rival.overlay = np.ascontiguousarray(self.screen.pixels().copy())
            left = tree(child.pid)
            self.screen.stop(child)
            _end(left)
        settle(self.screen.pixels(), 0.2, LIMIT_S)


def walk_without_watching(stage: Stage, walk: Walk, pause_s: float, after: Callable[[], None]) -> None:
    """Take a walk and hide at a fixed pace, for what is counted and not timed."""
    for at in walk.taps:
        stage.screen.tap(*at, HOLD_S)
        time.sleep(pause_s)
    after()
    stage.screen.tap(*stage.strip, HOLD_S)
    time.sleep(2 * pause_s + REST_S)


def _end(left: set[int]) -> None:
    """Kill what a program left running outside its process group."""

    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
