"""The ring around what a key would choose: outside the shape, never in the way of a finger."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.brush import painter_for
from kiosk.ui.widgets.tap import Tap

RING_PX = 8


class FocusRing(QWidget):
    """A ring of 8 px and a gap of 2 px; it is hidden until a key moves it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme: Theme | None = None
        self._radius = 0.0
        self.hide()

    def surround(self, button: QWidget, page: QWidget) -> None:
        """Stand around a button of a page; at the edge of the glass it stands inside."""
        if isinstance(button, Tap):
            self._theme = button.theme
            self._radius = button.corner() + RING_PX / 2
        corner = button.mapTo(page, QPoint(0, 0))
        around = (
            button.rect().translated(corner).adjusted(-RING_PX - 2, -RING_PX - 2, RING_PX + 2, RING_PX + 2)
        )
        self.setGeometry(around.intersected(page.rect()))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the ring on a lighter gap, so that it shows on any ground."""
        if not self._theme:
            return
        painter = painter_for(self)
        c = self._theme.colours
        half = RING_PX / 2
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        radius = self._radius
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(c.focus_gap, RING_PX + 4))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
        painter.setPen(QPen(c.focus, RING_PX))
        painter.drawRoundedRect(rect, radius, radius)
        painter.end()
