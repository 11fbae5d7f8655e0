"""A warning inside another card: an icon, a word in strong letters and a sentence, on the warm ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from kiosk.ui.icons import draw_icon
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.brush import Column, body, draw_card, from_lead


class Inset:
    """Says `title` and then `text`, which may be empty, as near to what it is about as can be."""

    def __init__(self, theme: Theme, title: str, text: str, icon: str) -> None:
        self._theme = theme
        ink = theme.colours.on_warm
        self._texts = Column(
            [body(theme, title, ink, strong=True), *([body(theme, text, ink)] if text else [])], theme.mm(0.6)
        )
        self._icon = icon

    def height(self, width: float) -> int:
        """Return the height in px at `width` px, with the gap above it."""
        texts = self._texts.height(width - self._lead() - 2 * self._pad())
        return max(texts, self._theme.small_icon) + 2 * self._theme.mm(2) + self._gap()

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Paint ground, icon and texts below the gap at the top of `rect`."""
        theme = self._theme
        c = theme.colours
        face = rect.adjusted(0, self._gap(), 0, 0)
        edge = c.on_warm if c.warm == c.card else None
        draw_card(painter, face, c.warm, edge, max(1, theme.mm(0.4)), theme.mm(2.5))
        inner = face.adjusted(self._pad(), theme.mm(2), -self._pad(), -theme.mm(2))
        side = theme.small_icon
        box = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        draw_icon(painter, self._icon, from_lead(theme, inner, box), c.on_warm)
        texts = inner.adjusted(self._lead(), 0, 0, 0)
        height = self._texts.height(texts.width())
        texts.setTop(inner.center().y() - height / 2)
        self._texts.draw(painter, from_lead(theme, inner, texts))

    def _lead(self) -> int:
        return self._theme.small_icon + self._theme.mm(3.5)

    def _pad(self) -> int:
        return self._theme.mm(3.5)

    def _gap(self) -> int:
        return self._theme.mm(2)
