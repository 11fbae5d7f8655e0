"""Tells when a window is really on the glass: exposed, painted, and taken by the display server."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QWindow

FRAMES: Final = 2  # the first comes with the painting; the next, under Wayland, when the server has shown it


class Presented(QObject):
    """Watch one window from the moment it is shown; `presented` is emitted once.

    A Wayland server maps a window some time after the program has painted it. If whatever lies below
    vanished before, the glass would be black for a moment.
    """

    presented = Signal()

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self._window = window
        self._left = FRAMES
        window.installEventFilter(self)
        window.requestUpdate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count frames while the window is exposed; never keep an event back."""
        if event.type() == QEvent.Type.UpdateRequest and self._window.isExposed():
            self._left -= 1
            if self._left > 0:
                self._window.requestUpdate()
            else:
                self._window.removeEventFilter(self)
                self.presented.emit()
        elif event.type() == QEvent.Type.Expose and self._window.isExposed():
            self._window.requestUpdate()
        return super().eventFilter(watched, event)
