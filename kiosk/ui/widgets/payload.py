"""The exact payload printed under its code, in one size for everybody: it is there to be compared."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel

from kiosk.ui.arrange import ANY_HEIGHT, Piece
from kiosk.ui.theme import HEADING_LINE, Theme
from kiosk.ui.widgets.brush import painter_for
from kiosk.ui.widgets.text import TextBlock


class PayloadText(QLabel):
    """Plain characters, left to right in every language, broken anywhere."""

    def __init__(self, theme: Theme, payload: str) -> None:
        super().__init__()
        self.grows = 0.0
        self.tallest = ANY_HEIGHT
        self._ink = theme.colours.ink
        self._theme = theme
        self._font = theme.print
        self._block = TextBlock(payload, self._font, HEADING_LINE, centred=True, anywhere=True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(payload)

    def put(self, rect: QRect) -> None:
        """Take this place."""
        self.setGeometry(rect)

    def needed(self, width: int) -> int:
        """Return the least height in px. What is a little too wide for one line gets a little smaller."""
        natural = self._block.natural_width()
        if width < natural < width * 1.07:
            self._font.setPixelSize(int(self._font.pixelSize() * (width - 2) / natural))
            self._block = TextBlock(self._block.text, self._font, HEADING_LINE, centred=True, anywhere=True)
        return self._block.height(width)

    def split(self, width: int, height: int) -> list[Piece]:
        """Return the same characters in pieces, none left out."""
        first, rest = self._block.cut(width, height)
        pieces: list[Piece] = [PayloadText(self._theme, first)]
        if rest:
            pieces += PayloadText(self._theme, rest).split(width, height)
        return pieces

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the characters."""
        painter = painter_for(self)
        self._block.draw(painter, QRectF(self.rect()), self._ink)
        painter.end()
