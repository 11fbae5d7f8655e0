"""Small things to touch: actions, the controls of the banner, and the strip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPaintEvent, QPen

from kiosk.ui.arrange import Side
from kiosk.ui.icons import draw_icon
from kiosk.ui.theme import HEADING_LINE, TEXT_LINE, Theme
from kiosk.ui.widgets.brush import Words, draw_card, draw_ground, from_lead, painter_for
from kiosk.ui.widgets.tap import Tap
from kiosk.ui.widgets.text import TextBlock
from kiosk.visit.actions import Action


class ActionButton(Tap):
    """One thing to do: an icon and a label in the middle.

    `main` fills it with the brand colour, `warm` with that of danger.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        label: str,
        action: Action,
        *,
        main: bool = False,
        warm: bool = False,
        name: str = "",
    ) -> None:
        super().__init__(theme, name or label, action)
        self._icon = icon
        self._main = main
        c = theme.colours
        ink = c.on_main if main else c.on_warm if warm else c.on_tint
        self._ink = ink
        self._resting = c.warm if warm else c.card
        self._label = Words(TextBlock(label, theme.strong, TEXT_LINE, direction=theme.direction), ink)
        self._icon_px = theme.small_icon
        self.grows = 0.0

    def narrowest(self) -> float:
        """Return the width in px below which the label would take three lines or a word stick out."""
        return self._label.block.two_line_width() + self._room()

    def natural_width(self) -> float:
        """Return the width in px of icon and label on one line."""
        return self._label.block.natural_width() + self._room() + 1

    def needed(self, width: int) -> int:
        """Return the least height in px."""
        inner = max(self._icon_px, self._label.block.height(width - self._room()))
        return max(self.theme.control, inner + self.theme.mm(5 if self.theme.is_roomy else 2))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the face and, centred together, icon and label."""
        theme, c = self.theme, self.theme.colours
        rect = QRectF(self.rect())
        painter = painter_for(self)
        face = c.main if self._main else self.fill(self._resting)
        edge = c.main if self._main else self._ink
        draw_card(painter, rect, face, edge, self.edge_width(), theme.mm(4.5))
        limit = rect.width() - self._room()
        block = self._label.block
        width = min(limit, block.natural_width() + 1) if block.text else 0
        height = block.height(width)
        between = theme.mm(3) if self._icon and block.text else 0
        start = (rect.width() - self._icon_width() - between - width) / 2
        if self._icon:
            icon = QRectF(start, (rect.height() - self._icon_px) / 2, self._icon_px, self._icon_px)
            draw_icon(painter, self._icon, from_lead(theme, rect, icon), self._ink)
        left = start + self._icon_width() + between
        texts = QRectF(left, (rect.height() - height) / 2, width, height)
        block.draw(painter, from_lead(theme, rect, texts), self._ink)
        painter.end()

    def _icon_width(self) -> int:
        return self._icon_px if self._icon else 0

    def _room(self) -> float:
        return self._icon_width() + self.theme.mm(3 if self._icon else 0) + self.theme.mm(8)


def button_rows(buttons: Sequence[ActionButton], width: int, theme: Theme) -> list[Side]:
    """Return buttons in rows: all in one where each label stands on one line, else fewer to a row.

    Where no number of columns gives every label one line, two lines will do.
    """
    for width_of in (ActionButton.natural_width, ActionButton.narrowest):
        widest = max((width_of(button) for button in buttons), default=0.0)
        for columns in range(len(buttons), 1 if width_of is ActionButton.narrowest else 0, -1):
            rows = -(-len(buttons) // columns)
            if widest <= (width - theme.gap * (columns - 1)) / columns and (rows <= 2 or columns > 1):
                size = -(-len(buttons) // rows)
                return [_button_row(buttons[i : i + size], theme) for i in range(0, len(buttons), size)]
    return [_button_row([button], theme) for button in buttons]


def _button_row(buttons: Sequence[ActionButton], theme: Theme) -> Side:
    return Side(buttons, theme.gap, grows=0.0, mirrored=theme.is_mirrored)


class Pill(Tap):
    """A control in the banner: an icon, a short label or both, in an outline of half its height."""

    def __init__(self, theme: Theme, icon: str, label: str, name: str, action: Action) -> None:
        super().__init__(theme, name, action)
        self._icon = icon
        self._label = TextBlock(label, theme.control_label, HEADING_LINE, direction=theme.direction)
        self._icon_px = theme.mm(8.5)

    def corner(self) -> float:
        """Return half the height: a pill."""
        return self.height() / 2

    def natural_width(self) -> int:
        """Return the width in px: a circle without a label."""
        control = self.theme.control
        if not self._label.text:
            return control
        width = self._label.natural_width() + self.theme.mm(10) + 1
        return round(width + (self._icon_px + self.theme.mm(2) if self._icon else 0))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the outline, icon and label."""
        theme, c = self.theme, self.theme.colours
        rect = QRectF(self.rect())
        painter = painter_for(self)
        face = c.motif if self.isDown() and c.motif != c.on_brand else c.brand
        painter.setBrush(face)
        pen = self.edge_width()
        painter.setPen(QPen(c.on_brand, pen))
        half = pen / 2
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), rect.height() / 2, rect.height() / 2)
        width = self._label.natural_width() if self._label.text else 0.0
        between = theme.mm(2) if self._icon and width else 0
        icon_width = self._icon_px if self._icon else 0
        start = (rect.width() - icon_width - between - width) / 2
        if self._icon:
            box = QRectF(start, (rect.height() - self._icon_px) / 2, self._icon_px, self._icon_px)
            draw_icon(painter, self._icon, from_lead(theme, rect, box), c.on_brand)
        if width:
            height = self._label.height(width + 1)
            left = start + icon_width + between
            box = QRectF(left, (rect.height() - height) / 2, width + 1, height)
            self._label.draw(painter, from_lead(theme, rect, box), c.on_brand)
        painter.end()


class Strip(Tap):
    """The bottom edge of every page, full width: Hide, or Home on ordinary pages.

    Its place is watched by the window, which acts on press; a key or a screen reader clicks it.
    """

    def __init__(self, theme: Theme, icon: str, label: str, name: str, action: Action) -> None:
        super().__init__(theme, name, action)
        self._icon = icon
        self._label = TextBlock(label, theme.strip_font, HEADING_LINE, direction=theme.direction)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint ground, icon and label, centred together."""
        theme, c = self.theme, self.theme.colours
        rect = QRectF(self.rect())
        painter = painter_for(self)
        draw_ground(painter, self.rect(), c.strip)
        if c.strip == c.paper:
            draw_ground(painter, QRect(0, 0, self.width(), theme.mm(1)), c.on_strip)
        size, between = theme.mm(10), theme.mm(4)
        width = self._label.natural_width() + 1
        height = self._label.height(width)
        start = (rect.width() - size - between - width) / 2
        icon = QRectF(start, (rect.height() - size) / 2, size, size)
        draw_icon(painter, self._icon, from_lead(theme, rect, icon), c.on_strip)
        box = QRectF(start + size + between, (rect.height() - height) / 2, width, height)
        self._label.draw(painter, from_lead(theme, rect, box), c.on_strip)
        painter.end()
