"""A key on the glass: one sign in the middle, large enough for a finger."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent

from kiosk.ui.icons import draw_icon
from kiosk.ui.theme import HEADING_LINE, Theme
from kiosk.ui.widgets.brush import draw_card, painter_for
from kiosk.ui.widgets.tap import Tap
from kiosk.ui.widgets.text import TextBlock
from kiosk.visit.actions import Action
from kiosk.visit.visit import TextSize

CORNER_MM = 2.6
TALLEST_MM = 24.0


class KeyCap(Tap):
    """A key with `label` on it, or with an icon. `quiet` ones are not letters and stand back a little."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        name: str,
        action: Action,
        *,
        size: TextSize = TextSize.NORMAL,
        icon: str = "",
        quiet: bool = False,
    ) -> None:
        super().__init__(theme, name, action)
        self._icon = icon
        self._quiet = quiet
        self.label = TextBlock(label, theme.key(size), HEADING_LINE, direction=theme.direction)
        self.tallest = theme.mm(TALLEST_MM)

    def corner(self) -> float:
        """Return the radius of its corners in px."""
        return self.theme.mm(CORNER_MM)

    def narrowest(self) -> float:
        """Return the width in px below which the label would touch the edge."""
        return self.label.natural_width() + self.theme.mm(1) if self.label.text else 0.0

    def needed(self, width: int) -> int:  # noqa: ARG002 - a piece like any other
        """Return the least height in px: that of anything to touch."""
        return self.theme.control

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the face, and sign or icon in its middle."""
        theme, c = self.theme, self.theme.colours
        rect = QRectF(self.rect())
        painter = painter_for(self)
        face = self.fill(c.tint if self._quiet else c.card)
        draw_card(painter, rect, face, c.edge, self.edge_width(), self.corner())
        ink = c.on_tint if self._quiet else c.ink
        if self._icon:
            size = float(min(theme.mm(8), self.height() * 0.6))
            box = QRectF((rect.width() - size) / 2, (rect.height() - size) / 2, size, size)
            draw_icon(painter, self._icon, box, ink)
        else:
            width = self.label.natural_width() + 1
            height = self.label.height(width)
            box = QRectF((rect.width() - width) / 2, (rect.height() - height) / 2, width, height)
            self.label.draw(painter, box, ink)
        painter.end()


def size_for(theme: Theme, labels: Sequence[str], width: float) -> TextSize:
    """Return the largest size, up to the visitor's own, in which all labels fit keys of `width` px."""
    for size in reversed(list(TextSize)[: list(TextSize).index(theme.size) + 1]):
        font = theme.key(size)
        widest = max(TextBlock(label, font, HEADING_LINE).natural_width() for label in labels)
        if widest <= width - theme.mm(2) and font.pixelSize() * HEADING_LINE <= theme.control:
            return size
    return TextSize.NORMAL
