"""A code on white, at whole device pixels: never scaled, never smoothed, never inverted."""

from __future__ import annotations

import math
from itertools import groupby

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from kiosk.takeaway.code import QUIET_ZONE, Modules
from kiosk.ui.theme import Theme

LEAST_CODE_MM = 50.0
LEAST_MODULE_PX = 4  # device px; below that a photographed screen blurs modules into one another


class CodeView(QLabel):
    """The modules of one code with their quiet zone of four, centred on a white card."""

    def __init__(self, theme: Theme, modules: Modules, purpose: str) -> None:
        super().__init__()
        self.theme = theme
        self.grows = 1.0
        self._modules = modules
        self.tallest = self._most()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(purpose)

    def put(self, rect: QRect) -> None:
        """Take this place."""
        self.setGeometry(rect)

    def side(self) -> int:
        """Return the least side in logical px: 50 mm of code and its quiet zone."""
        ratio = self.devicePixelRatioF()
        count = len(self._modules)
        least = LEAST_CODE_MM * self.theme.panel.px_per_mm * ratio
        module = max(LEAST_MODULE_PX, math.ceil(least / count))
        # One pixel more: the widget may begin between two device pixels.
        return math.ceil((module * (count + 2 * QUIET_ZONE) + 1) / ratio)

    def needed(self, width: int) -> int:  # noqa: ARG002 - a code does not get lower by getting wider
        """Return the least height in px."""
        return self.side()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint white, then each module as a square of whole device pixels."""
        painter = QPainter(self)
        device = painter.deviceTransform()  # the true scale and place, on a screen as in a picture
        ratio = device.m11()
        total = len(self._modules) + 2 * QUIET_ZONE
        side = min(self.width(), self.height(), self._most())
        module = max(1, int((side * ratio - 1) / total))
        span = module * total
        origin = device.map(QPointF(0, 0))
        left = round(origin.x() + (self.width() * ratio - span) / 2) - origin.x()
        top = round(origin.y() + (self.height() * ratio - span) / 2) - origin.y()
        painter.scale(1 / ratio, 1 / ratio)
        painter.translate(left, top)
        painter.fillRect(0, 0, span, span, Qt.GlobalColor.white)
        self._paint_modules(painter, module)
        painter.end()

    def _most(self) -> int:
        """Return the side in px above which a larger code helps nobody and is read from farther off."""
        return max(self.side(), self.theme.mm(100))

    def _paint_modules(self, painter: QPainter, module: int) -> None:
        """Fill each run of black modules in a row, `module` device px to a module."""
        for y, row in enumerate(self._modules):
            x = 0
            for black, run in groupby(row):
                length = len(list(run))
                if black:
                    left, top = (x + QUIET_ZONE) * module, (y + QUIET_ZONE) * module
                    painter.fillRect(left, top, length * module, module, Qt.GlobalColor.black)
                x += length
