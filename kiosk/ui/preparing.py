"""Does in moments between events what no visitor should wait for, in steps that a touch hardly waits for.

The index of Find is made for a directory that is a folder; a built file brings its own along. It shows
nothing and knows no visitor.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.house import House

BEGINS_MS: Final = 400  # the lobby has been shown by then
PAUSE_MS: Final = 2
AT_ONCE_S: Final = 0.004  # a quarter of a frame: a touch hardly waits for it


class Preparing(QObject):
    """Lives with its parent; does the steps of `before` first. `is_over` when everything is made."""

    def __init__(self, parent: QObject, house: House, before: Iterable[None] = ()) -> None:
        super().__init__(parent)
        self._steps = chain(before, _index(house))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self._timer.start(BEGINS_MS)
        self.is_over = False

    @Slot()
    def _on_time(self) -> None:
        until = time.perf_counter() + AT_ONCE_S
        try:
            while not self.is_over and time.perf_counter() < until:
                self.is_over = next(self._steps, self) is self
        finally:  # a fault ends what it is in, and not what comes after
            if not self.is_over:
                self._timer.start(PAUSE_MS)


def _index(house: House) -> Iterator[None]:
    yield from house.finder(house.today(house.when())).steps()
