"""What hides: a press on the strip, Escape, the site's key, a palm, a mash; seen before any widget.

Also here, because it is about the same raw input: a second tap on the same spot at once, the same key again
at once where the site wants that, and repeated keys are swallowed.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QEventPoint, QKeyEvent, QMouseEvent, QTouchEvent

from kiosk.fittings import USUAL_STRIKE, DoubleStrike
from kiosk.keypad import Key

PALM_TOUCHES: Final = 4
MASH_KEYS: Final = 5
MASH_MS: Final = 300
SAME_SPOT_MM: Final = 8.0
BACKSPACE: Final = "\b"

Meaning = Callable[[QKeyEvent], Key | None]


def milliseconds() -> float:
    """Return a count of milliseconds that never goes back."""
    return time.monotonic() * 1000


class Triggers(QObject):
    """An event filter for the kiosk's window. Times are ms of `clock`, positions logical px.

    `touched` tells whether it was a key; `key_chosen` carries what it means, a Key; `typed` the sign of any
    other key, a backspace included.
    """

    hidden = Signal()
    touched = Signal(bool)
    key_chosen = Signal(object)
    typed = Signal(str)

    def __init__(
        self,
        px_per_mm: float,
        meaning: Meaning,
        clock: Callable[[], float] = milliseconds,
        strike: DoubleStrike = USUAL_STRIKE,
    ) -> None:
        super().__init__()
        self.strip = QRect()
        self.swallow_presses = False
        self.only_hides = False
        self._clock = clock
        self._near = SAME_SPOT_MM * px_per_mm
        self._meaning = meaning
        self._strike = strike
        self._keys: deque[float] = deque(maxlen=MASH_KEYS)
        self._last_at = -1e9
        self._last_spot = QPointF()
        self._last_key = (-1e9, 0, 0)
        self._ignoring = False
        self._fingers: set[int] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Return True for input that goes no further."""
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QTouchEvent):
            return self._touch(event)
        if isinstance(event, QKeyEvent):
            return self._key(event)
        return event.type() in {QEvent.Type.ContextMenu, QEvent.Type.Wheel, QEvent.Type.TabletPress}

    def look_for_hide(self) -> None:
        """Let what hides act, if it has come; drop every other press, which was meant for what is gone."""
        self.only_hides = True
        try:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeSocketNotifiers)
        finally:
            self.only_hides = False

    def _mouse(self, event: QMouseEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonDblClick:
            return self._ignoring  # Qt sends it after its press, and widgets get it in place of that one
        if kind == QEvent.Type.MouseButtonPress:
            return self._pressed(event.position())
        if kind == QEvent.Type.MouseButtonRelease:
            ignoring, self._ignoring = self._ignoring, False
            return ignoring
        return self._ignoring

    def _touch(self, event: QTouchEvent) -> bool:
        """Hide for a palm. A single finger goes on as a mouse, which Qt makes of it."""
        if event.type() == QEvent.Type.TouchCancel:
            self._fingers.clear()
            return False
        for point in event.points():
            if point.state() == QEventPoint.State.Released:
                self._fingers.discard(point.id())
            else:
                self._fingers.add(point.id())
            if point.state() == QEventPoint.State.Pressed and self._on_strip(point.position()):
                self._hide()
                return True
        if len(self._fingers) >= PALM_TOUCHES:
            self._hide()
            return True
        return False

    def _pressed(self, spot: QPointF) -> bool:
        if self._on_strip(spot):
            self._hide()
            self._ignoring = True
            return True
        if self.only_hides:
            self._ignoring = True
            return True
        swallowed = self.swallow_presses  # read first: the touch that answers Still here? changes it
        self.touched.emit(False)
        now = self._clock()
        again = now - self._last_at < self._strike.touch_ms and self._is_near(spot)
        self._last_at, self._last_spot = now, spot
        if again or swallowed:
            self._ignoring = True
            return True
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.isAutoRepeat():
            return True
        key = self._meaning(event)
        self._keys.append(self._clock())
        mashed = len(self._keys) == MASH_KEYS and self._keys[-1] - self._keys[0] <= MASH_MS
        if mashed or key is Key.HIDE:
            self._hide()
            return True
        if self.only_hides or self._is_same_key(event):
            return True
        swallowed = self.swallow_presses
        self.touched.emit(True)
        if key and not swallowed:
            self.key_chosen.emit(key)
        elif not swallowed and (sign := BACKSPACE if event.key() == Qt.Key.Key_Backspace else event.text()):
            self.typed.emit(sign)
        return True  # keys do only what the window makes of them: no shortcut of Qt or of a widget

    def _is_same_key(self, event: QKeyEvent) -> bool:
        """Return True for the key that was pressed just before (EN 301 549, 5.8)."""
        at, *before = self._last_key
        now, *this = self._last_key = (self._clock(), event.key(), event.nativeScanCode())
        return this == before and now - at < self._strike.key_ms

    def _hide(self) -> None:
        self._keys.clear()
        self._fingers.clear()
        self.hidden.emit()

    def _on_strip(self, spot: QPointF) -> bool:
        return self.strip.contains(spot.toPoint())

    def _is_near(self, spot: QPointF) -> bool:
        apart = spot - self._last_spot
        return abs(apart.x()) <= self._near and abs(apart.y()) <= self._near
