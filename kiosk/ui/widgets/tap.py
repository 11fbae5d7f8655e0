"""The base of everything that can be touched: a native button that emits the action it stands for."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QAbstractButton

from kiosk.ui.arrange import ANY_HEIGHT
from kiosk.ui.theme import Theme
from kiosk.visit.actions import Action


class Tap(QAbstractButton):
    """A button. It acts on release inside, so that a finger can slide off to change its mind."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, action: Action, description: str = "") -> None:
        super().__init__()
        self.theme = theme
        self.action = action
        self.grows = 1.0
        self.tallest = ANY_HEIGHT
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ensurePolished()  # the style asks for it there
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, False)  # else a finger that arrives paints it first
        self.clicked.connect(self._on_clicked)

    def put(self, rect: QRect) -> None:
        """Take this place."""
        self.setGeometry(rect)

    def corner(self) -> float:
        """Return the radius of its corners in px."""
        return self.theme.mm(4.5)

    def narrowest(self) -> float:
        """Return the width in px below which a word would stick out."""
        return 0.0

    def fill(self, resting: QColor) -> QColor:
        """Return the colour of the face: pressed, it settles by a shade."""
        return self.theme.colours.pressed if self.isDown() else resting

    def edge_width(self) -> float:
        """Return the width of the edge in px; pressed, it is twice as strong in every theme."""
        thin = max(1.0, self.theme.mm(4) / 10)
        return thin * 2.5 if self.isDown() else thin

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act first: Qt would paint the face that comes up again before it says that it was pressed."""
        self.setUpdatesEnabled(False)
        super().mouseReleaseEvent(event)
        self.setUpdatesEnabled(True)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.action)
