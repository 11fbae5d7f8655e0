"""One sentence to be read across a counter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from kiosk.ui.theme import HEADING_LINE, Theme
from kiosk.ui.widgets.cards import Card
from kiosk.ui.widgets.text import TextBlock


class Poster(Card):
    """The largest text that the title size allows, in the middle of its card."""

    def __init__(
        self, theme: Theme, text: str, largest: float = 1.0, direction: Qt.LayoutDirection | None = None
    ) -> None:
        super().__init__(theme, text, grows=1.0)
        self.tallest = theme.mm(150)
        self._says = text
        self._largest = largest
        self._direction = theme.direction if direction is None else direction
        self._block = self._sized(largest)

    def content_height(self, width: float) -> int:
        """Return the height in px of the sentence, in the largest size in which no word sticks out."""
        widest = self._sized(1.0).widest_word()
        shrink = min(self._largest, (width - 2) / widest)
        self._block = self._sized(shrink)
        while self._block.splits_words(width) and shrink > self.theme.poster_least:
            shrink = max(self.theme.poster_least, shrink * 0.9)
            self._block = self._sized(shrink)
        return self._block.height(width)

    def _sized(self, shrink: float) -> TextBlock:
        font = self.theme.poster(shrink)
        return TextBlock(self._says, font, HEADING_LINE, direction=self._direction, centred=True)

    def draw_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the sentence."""
        self._block.draw(painter, rect, self.ink())
