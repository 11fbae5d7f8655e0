"""A part of a page that is filled anew while the rest of the page stays as it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.arrange import ANY_HEIGHT, Piece
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.brush import draw_ground
from kiosk.ui.widgets.surface import widgets_of
from kiosk.ui.widgets.tap import Tap

Build = Callable[[int, int], Piece]


class Changing(QWidget):
    """Holds what `build(width, height)` returns, each time `renew` is called. `chosen` carries an Action."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, build: Build, least: int, *, grows: float = 1.0) -> None:
        super().__init__()
        self.grows = grows
        self.tallest = ANY_HEIGHT
        self._paper = theme.colours.paper
        self._build = build
        self._least = least
        self.setLayoutDirection(theme.direction)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def needed(self, width: int) -> int:  # noqa: ARG002 - a piece like any other
        """Return the least height in px."""
        return self._least

    def put(self, rect: QRect) -> None:
        """Take this place and fill it."""
        self.setGeometry(rect)
        self.renew()

    def renew(self) -> None:
        """Put away what is here and show what is to be here now."""
        for old in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            old.hide()
            old.setParent(None)
            old.deleteLater()
        body = self._build(self.width(), self.height())
        for widget in widgets_of([body]):
            widget.setParent(self)
            if isinstance(widget, Tap):
                widget.chosen.connect(self.chosen)
        body.put(self.rect())
        for widget in widgets_of([body]):
            widget.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paper."""
        painter = QPainter(self)
        draw_ground(painter, event.rect(), self._paper)
        painter.end()
