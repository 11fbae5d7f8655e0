"""Holds the one visit, replaces it by `step`, watches the time without a touch, tells nobody."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from kiosk.visit.actions import Action, UseKeys
from kiosk.visit.idle import IdleLimits, after_quiet, quiet_limit_s
from kiosk.visit.step import step
from kiosk.visit.visit import Visit

Clock = Callable[[], float]


def uptime() -> float:
    """Return seconds that only count up, through sleep as well, whatever the wall clock is set to."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Session(QObject):
    """One attribute for everything a visitor chose: `_visit`, frozen, replaced whole."""

    changed = Signal()

    def __init__(self, limits: IdleLimits, clock: Clock = uptime, beginning: Visit | None = None) -> None:
        super().__init__()
        self._limits = limits
        self._clock = clock
        self._visit = beginning or Visit(trail=limits.start)
        self._touched = clock()
        self._shows_code = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.check_idle)
        self._wait()

    @property
    def visit(self) -> Visit:
        """The visit as it is now."""
        return self._visit

    def dispatch(self, action: Action) -> None:
        """Replace the visit by what the action makes of it."""
        self._visit = step(self._visit, action)
        self.touch()
        self.changed.emit()

    def touch(self) -> None:
        """Start counting again: somebody touched the screen or a key."""
        self._touched = self._clock()
        self._wait()

    def use_keys(self) -> None:
        """Remember that this visitor uses keys, which gives more time; no page changes by it."""
        if not self._visit.by_keys and self._visit != Visit(trail=self._limits.start):
            self._visit = step(self._visit, UseKeys())

    def adjust(self, action: Action) -> None:
        """Replace the visit by an action that changes nothing on its page."""
        self._visit = step(self._visit, action)
        self.touch()

    def set_shows_code(self, shows_code: bool) -> None:
        """A code on screen shortens the time until Still here?"""
        self._shows_code = shows_code
        self._wait()

    @Slot()
    def check_idle(self) -> None:
        """Ask or end when the time is up. Nothing runs while the kiosk rests."""
        limit = quiet_limit_s(self._visit, self._shows_code, self._limits)
        if limit is None:
            return
        if self._clock() - self._touched >= limit:
            self.dispatch(after_quiet(self._visit, self._limits))
        else:
            self._wait()

    def _wait(self) -> None:
        limit = quiet_limit_s(self._visit, self._shows_code, self._limits)
        if limit is None:
            self._timer.stop()
            return
        left = limit - (self._clock() - self._touched)
        self._timer.start(max(0, round(left * 1000)))
