"""A white card that holds other pieces, and what widgets there are in pieces."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.arrange import ANY_HEIGHT, Piece, Side, Stack
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.brush import draw_card, painter_for


class Surface(QWidget):
    """The face behind `inner`; what is inside lies on it, not in it, so that one page holds all widgets."""

    def __init__(self, theme: Theme, inner: Piece, *, pad: int | None = None, grows: float = 0.0) -> None:
        super().__init__()
        self.theme = theme
        self.inner = inner
        self.grows = grows
        self.tallest = ANY_HEIGHT
        self._pad = theme.padding * 4 // 5 if pad is None else pad

    def needed(self, width: int) -> int:
        """Return the least height in px."""
        return self.inner.needed(width - 2 * self._pad) + 2 * self._pad

    def put(self, rect: QRect) -> None:
        """Take this place and put what is inside into it."""
        self.setGeometry(rect)
        pad = self._pad
        self.inner.put(rect.adjusted(pad, pad, -pad, -pad))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the face."""
        painter = painter_for(self)
        c = self.theme.colours
        width = max(1.0, self.theme.mm(0.35))
        draw_card(painter, QRectF(self.rect()), c.card, c.line, width, self.theme.mm(4.5))
        painter.end()


def widgets_of(pieces: Sequence[Piece]) -> list[QWidget]:
    """Return the widgets inside pieces, in reading order."""
    found: list[QWidget] = []
    for piece in pieces:
        if isinstance(piece, QWidget):
            found.append(piece)
        if isinstance(piece, Surface):
            found.extend(widgets_of([piece.inner]))
        elif isinstance(piece, Stack | Side):
            found.extend(widgets_of(piece.pieces))
    return found
