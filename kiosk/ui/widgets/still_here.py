"""One neutral line over the lobby. It says nothing about what was on the screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel

from kiosk.ui.scene import Scene
from kiosk.ui.widgets.brush import Column, draw_card, heading, painter_for


class StillHere(QLabel):
    """A card in the middle of the lobby; the touch that answers is taken by the window."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        theme = scene.theme
        self._theme = theme
        text = scene.words("still_here.question")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._texts = Column([heading(theme, text, theme.colours.on_brand, centred=True)], 0)
        width = theme.panel.width
        height = self._texts.height(width - 2 * theme.padding) + 2 * theme.mm(9)
        self.setGeometry(QRect(0, (theme.panel.height - height) // 2, width, height))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the card and its line."""
        theme, c = self._theme, self._theme.colours
        painter = painter_for(self)
        rect = QRectF(self.rect())
        draw_card(painter, rect, c.brand, c.on_brand, theme.mm(0.8), 0)
        inner = rect.adjusted(theme.padding, theme.mm(9), -theme.padding, 0)
        self._texts.draw(painter, inner)
        painter.end()
