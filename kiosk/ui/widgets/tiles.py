"""Large things to touch: tiles for needs and topics, rows for entries."""

from __future__ import annotations

import math
from enum import StrEnum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent

from kiosk.ui.icons import draw_icon
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.brush import Badge, Column, body, draw_card, from_lead, heading, painter_for
from kiosk.ui.widgets.tap import Tap
from kiosk.visit.actions import Action

LEAST_TILE_MM = 20.0


class Tone(StrEnum):
    """How loud a face speaks."""

    PLAIN = "plain"
    TINT = "tint"
    WARM = "warm"
    MAIN = "main"


def tone_colours(theme: Theme, tone: Tone) -> tuple[QColor, QColor, QColor]:
    """Return face, text and edge of a tone."""
    c = theme.colours
    if tone is Tone.WARM:
        return c.warm, c.on_warm, c.on_warm
    if tone is Tone.TINT:
        return c.tint, c.on_tint, c.line
    if tone is Tone.MAIN:
        return c.main, c.on_main, c.main
    return c.card, c.ink, c.edge


class Tile(Tap):
    """A need or a topic: icon ("" for none), heading, one line. Tall ones set it above, wide ones beside."""

    def __init__(
        self, theme: Theme, icon: str, title: str, hint: str, action: Action, tone: Tone = Tone.PLAIN
    ) -> None:
        super().__init__(theme, title, action, hint)
        self._icon = icon
        self._shows_icon = bool(icon)
        self._tone = tone
        _, ink, _ = tone_colours(theme, tone)
        paragraphs = [heading(theme, title, ink)]
        if hint:
            paragraphs.append(body(theme, hint, ink))
        self._texts = Column(paragraphs, theme.mm(1.2))
        self.stacked = bool(icon) and theme.is_roomy and theme.panel.is_portrait and not theme.panel.reach_top
        self.tallest = theme.mm(140)
        self._icon_px = theme.mm(15.0 if theme.is_roomy else 9.5 if theme.is_low else 11.0)

    def narrowest(self) -> float:
        """Return the width in px below which a word would stick out."""
        return self._texts.widest_word() + 2 * self.theme.padding + self._icon_room()

    def _narrowest_with_icon(self) -> float:
        return self._texts.widest_word() + 2 * self.theme.padding + self._icon_px + self._icon_gap()

    def needed(self, width: int) -> int:
        """Return the least height in px."""
        # Where the longest word needs the width of the icon, the word goes before it.
        self._shows_icon = self.stacked or (bool(self._icon) and self._narrowest_with_icon() <= width)
        texts = self._texts.height(self._text_width(width))
        pad = self.theme.padding
        above = self._icon_px + self.theme.mm(3) + texts
        inner = above if self.stacked else max(self._icon_px if self._icon else 0, texts)
        return max(self.theme.mm(LEAST_TILE_MM), inner + 2 * (pad if self.stacked else pad * 3 // 4))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint face, icon and texts."""
        theme, pad = self.theme, self.theme.padding
        face, ink, edge = tone_colours(theme, self._tone)
        rect = QRectF(self.rect())
        painter = painter_for(self)
        pressed_face = face if self._tone is Tone.MAIN else self.fill(face)
        draw_card(painter, rect, pressed_face, edge, self.edge_width(), theme.mm(4.5))
        icon_ink = ink if self._tone is not Tone.PLAIN else theme.colours.on_tint
        width = self._text_width(self.width())
        height = self._texts.height(width)
        if self.stacked:
            icon = QRectF(pad, pad, self._icon_px, self._icon_px)
            texts = QRectF(pad, rect.height() - pad - height, width, height)
        else:
            icon = QRectF(pad, (rect.height() - self._icon_px) / 2, self._icon_px, self._icon_px)
            texts = QRectF(pad + self._icon_room(), (rect.height() - height) / 2, width, height)
        if self._shows_icon:
            draw_icon(painter, self._icon, from_lead(theme, rect, icon), icon_ink)
        self._texts.draw(painter, from_lead(theme, rect, texts))
        painter.end()

    def _icon_room(self) -> int:
        return 0 if self.stacked or not self._shows_icon else self._icon_px + self._icon_gap()

    def _icon_gap(self) -> int:
        return self.theme.mm(2.5 if self.theme.is_low else 4)

    def _text_width(self, width: int) -> float:
        return width - 2 * self.theme.padding - self._icon_room()


class Row(Tap):
    """An entry of a list: name, what it does, and perhaps a badge; a chevron says that it opens."""

    def __init__(
        self, theme: Theme, title: str, line: str, action: Action, badge: str = "", icon: str = ""
    ) -> None:
        super().__init__(theme, title, action, " ".join(filter(None, (line, badge))))
        self._icon = icon
        c = theme.colours
        paragraphs = [heading(theme, title, c.ink)]
        if line:
            paragraphs.append(body(theme, line, c.soft))
        self._texts = Column(paragraphs, 0 if theme.is_low else theme.mm(0.8))
        self._badge = Badge(theme, badge) if badge else None
        self.tallest = theme.mm(64)

    def needed(self, width: int) -> int:
        """Return the least height in px."""
        pad = self.theme.mm(1) if self.theme.is_low else self.theme.padding * 3 // 4
        inner = self._texts.height(self._text_width(width)) + self._badge_height(width)
        return max(self.theme.mm(LEAST_TILE_MM), math.ceil(inner) + 2 * pad)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the card, its texts in the middle of the height, the badge and the chevron."""
        theme, pad = self.theme, self.theme.padding
        rect = QRectF(self.rect())
        painter = painter_for(self)
        c = theme.colours
        draw_card(painter, rect, self.fill(c.card), c.edge, self.edge_width(), theme.mm(4.5))
        if self._icon:
            self._draw_icon(painter, self._icon, pad, self._icon_px(), c.on_tint)
        width = self._text_width(self.width())
        height = self._texts.height(width)
        top = (rect.height() - height - self._badge_height(self.width())) / 2
        lead = pad + self._icon_room()
        self._texts.draw(painter, from_lead(theme, rect, QRectF(lead, top, width, height)))
        if self._badge:
            box = QRectF(lead, top + height + theme.mm(2), *self._badge.size(width))
            self._badge.draw(painter, from_lead(theme, rect, box))
        size = theme.small_icon
        name = "back" if theme.is_mirrored else "forward"
        self._draw_icon(painter, name, rect.width() - pad - size, size, c.ink)
        painter.end()

    def _draw_icon(self, painter: QPainter, name: str, left: float, size: float, ink: QColor) -> None:
        rect = QRectF(self.rect())
        box = QRectF(left, (rect.height() - size) / 2, size, size)
        draw_icon(painter, name, from_lead(self.theme, rect, box), ink)

    def _badge_height(self, width: int) -> float:
        if not self._badge:
            return 0.0
        return self.theme.mm(2) + self._badge.size(self._text_width(width))[1]

    def _text_width(self, width: int) -> float:
        return width - 2 * self.theme.padding - self._chevron_room() - self._icon_room()

    def _chevron_room(self) -> int:
        return self.theme.small_icon + self.theme.mm(3)

    def _icon_px(self) -> int:
        return self.theme.mm(12)

    def _icon_room(self) -> int:
        return self._icon_px() + self.theme.mm(4) if self._icon else 0
