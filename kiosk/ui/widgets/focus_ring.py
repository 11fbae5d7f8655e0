"""The ring around what a key would choose: outside the shape, never in the way of a finger."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.brush import painter_for

LEAST_RING_PX = 8
RING_MM = 2.0
LINE_PX = 2


class FocusRing(QWidget):
    """A band of at least 8 px between two lines of 2 px, so that it shows on any ground."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme: Theme | None = None
        self._band = LEAST_RING_PX
        self._radius = 0.0
        self.hide()

    def surround(self, widget: QWidget, shape: QRect, radius: float, theme: Theme, page: QWidget) -> None:
        """Stand around `shape` of a widget of a page; at the edge of the glass it stands inside."""
        self._theme = theme
        self._band = max(LEAST_RING_PX, theme.mm(RING_MM)) + 1  # where it is round, smoothing takes one
        wide = self._band + 2 * LINE_PX
        self._radius = radius + wide / 2
        around = shape.translated(widget.mapTo(page, QPoint(0, 0))).adjusted(-wide, -wide, wide, wide)
        self.setGeometry(around.intersected(page.rect()))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the ground of the ring, then the band in its middle."""
        if not self._theme:
            return
        painter = painter_for(self)
        c = self._theme.colours
        half = self._band / 2 + LINE_PX
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(c.focus_gap, 2 * half))
        painter.drawRoundedRect(rect, self._radius, self._radius)
        painter.setPen(QPen(c.focus, self._band))
        painter.drawRoundedRect(rect, self._radius, self._radius)
        painter.end()
