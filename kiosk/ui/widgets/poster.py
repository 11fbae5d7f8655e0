"""One sentence to be read across a counter."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from kiosk.ui.theme import HEADING_LINE, Theme
from kiosk.ui.widgets.cards import Card
from kiosk.ui.widgets.text import TextBlock


class Poster(Card):
    """The largest text that the title size allows, in the middle of its card."""

    def __init__(self, theme: Theme, text: str, largest: float = 1.0) -> None:
        super().__init__(theme, text, grows=1.0)
        self.tallest = theme.mm(150)
        self._says = text
        self._largest = largest
        self._block = self._sized(largest)

    def content_height(self, width: float) -> int:
        """Return the height in px of the sentence, in the largest size in which no word sticks out."""
        widest = self._sized(1.0).widest_word()
        self._block = self._sized(min(self._largest, (width - 2) / widest))
        return self._block.height(width)

    def _sized(self, shrink: float) -> TextBlock:
        font = self.theme.poster(shrink)
        return TextBlock(self._says, font, HEADING_LINE, direction=self.theme.direction, centred=True)

    def draw_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the sentence."""
        self._block.draw(painter, rect, self.ink())
