"""Makes the index of Find in moments between events, when the directory is a folder and has one.

A built file brings its index along; then this does nothing. It shows nothing and knows no visitor.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.house import House

BEGINS_MS: Final = 600  # after the lobby, and after the pages that are warmed up behind it
PAUSE_MS: Final = 2
AT_ONCE_S: Final = 0.004  # a quarter of a frame: a touch hardly waits for it


class Preparing(QObject):
    """Lives with its parent. `is_over` when everything is made."""

    def __init__(self, parent: QObject, house: House) -> None:
        super().__init__(parent)
        self._house = house
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self._timer.start(BEGINS_MS)
        self.is_over = False

    @Slot()
    def _on_time(self) -> None:
        if self._steps is None:
            self._steps = self._house.finder(self._house.today(self._house.when())).steps()
        until = time.perf_counter() + AT_ONCE_S
        while time.perf_counter() < until:
            if next(self._steps, self) is self:
                self.is_over = True
                return
        self._timer.start(PAUSE_MS)
