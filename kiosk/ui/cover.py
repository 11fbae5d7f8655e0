"""The lobby's picture, made before a visit needs it, so that Hide copies pixels and paints nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QObject, QRect, QTimer, Slot
from PySide6.QtWidgets import QWidget

from kiosk.ui.pictures import Picture, picture_for

AFTER_MS: Final = 5  # what the visitor chose is on the glass before
BAND_PX: Final = 2**19  # 4 bands at 1080x1920, 16 at 3840x2160


def bands(rect: QRect, pixels: int) -> Iterator[QRect]:
    """Give bands that make up `rect`, from the top, of some `pixels` each; all logical px.

    Their heights are fours, so that where the display scales by quarters no edge is within a pixel.
    """
    rows = max(4, pixels // rect.width() // 4 * 4)
    for top in range(rect.top(), rect.bottom() + 1, rows):
        yield QRect(rect.left(), top, rect.width(), min(rows, rect.bottom() + 1 - top))


class Cover(QObject):
    """Has the lobby ready to be shown above everything.

    It is made while the lobby rests on the glass, else when a visit has left it; never while a tile looks
    pressed. The visit that waits unseen has none: it takes 8 MB at 1080x1920. It is made in bands between
    events: at 3840x2160 a whole one would keep Hide waiting for a frame, on a slow machine for several.
    """

    def __init__(self, window: QWidget, lobby: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._lobby = lobby
        self._picture: Picture | None = None
        self._missing: deque[QRect] = deque()
        self._rests = self._is_touched = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    def begin(self) -> None:
        """Make the picture while the lobby is on the glass, unless somebody has touched it."""
        self._rests = not self._is_touched
        if self._rests:
            self._go_on()

    def touch(self) -> None:
        """Know that the lobby may look pressed from now on, or have a ring on it."""
        self._is_touched = True
        self._stop()

    def prepare(self, is_covered: bool) -> None:
        """Make what is missing of the picture in a moment, once a page covers the lobby."""
        self._stop()
        if is_covered:
            self._go_on()

    def drop(self) -> None:
        """Forget the picture: the lobby is another."""
        self._stop()
        self._picture = None
        self._missing.clear()

    def show(self) -> None:
        """Put the lobby on the glass, if its picture is begun; what is missing of it is painted first."""
        if self._picture:
            self._stop()
            while self._missing:
                self._paint_band(self._picture)
            self._picture.show()  # Qt paints the same after it

    def _go_on(self) -> None:
        if self._picture is None or self._missing:
            self._timer.start(AFTER_MS)

    def _stop(self) -> None:
        self._rests = False
        self._timer.stop()

    @Slot()
    def _on_time(self) -> None:
        if self._picture is None:
            self._picture = picture_for(self._window)
            self._missing.extend(bands(self._window.rect(), BAND_PX))
        self._paint_band(self._picture)
        if self._missing:
            self._timer.start(0)

    def _paint_band(self, picture: Picture) -> None:
        band = self._missing.popleft()
        picture.paint(self._lobby(), band)
        if self._rests:
            picture.make_known(band)
