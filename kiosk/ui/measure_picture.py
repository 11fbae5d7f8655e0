"""How the measuring screen looks: a bank card with guides beside it, and a panel on its wall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kiosk.ui.theme import HIGHEST_REACH_MM, TEXT_LINE, Theme
from kiosk.ui.widgets.brush import draw_card
from kiosk.ui.widgets.text import TextBlock

CARD_MM: Final = (85.60, 53.98)
"""ISO/IEC 7810 ID-1: width and height of every bank card."""
CARD_CORNER_MM: Final = 3.18
WALL_MM: Final = 1500.0
"""How much of the wall the drawing shows; a higher panel makes it show more."""


@dataclass(frozen=True, slots=True)
class Mounted:
    """A panel on its wall, in mm."""

    width: float
    height: float
    lower_edge: float


def draw_bank_card(painter: QPainter, theme: Theme, area: QRectF, card: QRectF) -> None:
    """Paint the card within `area`, with guides beyond its edges: they are seen when a card lies on it."""
    c = theme.colours
    painter.save()
    painter.setClipRect(area)
    mm = card.width() / CARD_MM[0]
    thin = max(2.0, theme.mm(0.5))
    draw_card(painter, card, c.card, c.edge, thin, CARD_CORNER_MM * mm)
    painter.setPen(QPen(c.edge, thin / 2))
    painter.setBrush(c.warm)
    chip = QRectF(card.left() + 10 * mm, card.top() + 18 * mm, 12 * mm, 9 * mm)
    painter.drawRoundedRect(chip, 1.5 * mm, 1.5 * mm)
    for part in (1, 2):
        y = chip.top() + part * chip.height() / 3
        painter.drawLine(QPointF(chip.left(), y), QPointF(chip.right(), y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(c.line)
    for group in range(4):
        bar = QRectF(card.left() + (10 + group * 17) * mm, card.top() + 33 * mm, 13 * mm, 3.5 * mm)
        painter.drawRoundedRect(bar, mm, mm)
    painter.drawRoundedRect(QRectF(card.left() + 10 * mm, card.top() + 42 * mm, 30 * mm, 2.5 * mm), mm, mm)
    painter.setBrush(c.focus)
    for x in (card.left() - thin, card.right()):  # beside the card: it fits between them
        painter.drawRect(QRectF(x, area.top(), thin, area.height()))
    _draw_grip(painter, theme, QPointF(card.right(), min(card.center().y(), area.bottom() - theme.control)))
    painter.restore()


def _draw_grip(painter: QPainter, theme: Theme, at: QPointF) -> None:
    """Paint a knob with two arrows, to be dragged to either side."""
    radius = theme.control * 0.5
    painter.setPen(QPen(theme.colours.focus_gap, max(2.0, radius / 10)))
    painter.setBrush(theme.colours.focus)
    painter.drawEllipse(at, radius, radius)
    painter.setPen(QPen(theme.colours.focus_gap, radius / 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for side in (-1, 1):
        tip = QPointF(at.x() + side * radius * 0.62, at.y())
        for up in (-1, 1):
            painter.drawLine(tip, QPointF(tip.x() - side * radius * 0.3, at.y() + up * radius * 0.3))


def draw_wall(painter: QPainter, theme: Theme, area: QRectF, mounted: Mounted) -> None:
    """Paint floor, panel and the height that a person who sits can reach."""
    c = theme.colours
    draw_card(painter, area, c.card, c.line, 1.0, theme.mm(3))
    label = TextBlock(f"reach of a person who sits: {HIGHEST_REACH_MM:.0f} mm", theme.text, TEXT_LINE)
    inner = area.adjusted(theme.padding, theme.padding, -theme.padding, -theme.padding)
    highest = max(WALL_MM, mounted.lower_edge + mounted.height + 100)
    scale = min(inner.height() / highest, inner.width() / max(mounted.width + 500, 1))
    floor = inner.bottom()
    thin = max(2.0, theme.mm(0.5))
    painter.setPen(QPen(c.ink, thin * 1.5))
    painter.drawLine(QPointF(inner.left(), floor), QPointF(inner.right(), floor))
    left = inner.center().x() - mounted.width * scale / 2
    lower = floor - mounted.lower_edge * scale
    panel = QRectF(left, lower - mounted.height * scale, mounted.width * scale, mounted.height * scale)
    _draw_kiosk(painter, theme, panel, thin)
    reach = floor - HIGHEST_REACH_MM * scale
    painter.setPen(QPen(c.focus, thin, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(inner.left(), reach), QPointF(inner.right(), reach))
    _draw_label(painter, label, QRectF(inner.left(), reach, inner.width(), 0), c.focus, c.card)
    middle = panel.center().x()
    _draw_arrow(painter, QPointF(middle, lower), QPointF(middle, floor), c.ink, thin)
    height = TextBlock(f"{mounted.lower_edge:g} mm", theme.strong, TEXT_LINE)
    if floor - lower > height.height(inner.width()) + thin:
        beside = (lower + floor + height.height(inner.width())) / 2
        _draw_label(painter, height, QRectF(middle + theme.gap, beside, inner.width() / 2, 0), c.ink, c.card)


def _draw_kiosk(painter: QPainter, theme: Theme, panel: QRectF, thin: float) -> None:
    """Paint the lobby in small: banner, tiles, strip."""
    c = theme.colours
    painter.fillRect(panel, c.paper)
    painter.fillRect(QRectF(panel.topLeft(), QSizeF(panel.width(), panel.height() * 0.2)), c.brand)
    strip = panel.height() * 0.07
    painter.fillRect(QRectF(panel.left(), panel.bottom() - strip, panel.width(), strip), c.strip)
    gap = panel.width() * 0.06
    tile = QSizeF((panel.width() - 3 * gap) / 2, (panel.height() * 0.73 - 4 * gap) / 3)
    for row in range(3):
        for column in range(2):
            left = panel.left() + gap + column * (tile.width() + gap)
            top = panel.top() + panel.height() * 0.2 + gap + row * (tile.height() + gap)
            painter.fillRect(QRectF(QPointF(left, top), tile), c.tint)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(c.ink, thin))
    painter.drawRoundedRect(panel, thin, thin)


def _draw_label(painter: QPainter, block: TextBlock, rect: QRectF, ink: QColor, ground: QColor) -> None:
    """Paint a line of text above a line, on a ground of its own."""
    width = min(block.natural_width() + 1, rect.width())
    height = block.height(width)
    place = QRectF(rect.left(), rect.top() - height - 2, width, height)
    painter.fillRect(place, ground)
    block.draw(painter, place, ink)


def _draw_arrow(painter: QPainter, top: QPointF, bottom: QPointF, ink: QColor, thin: float) -> None:
    """Paint a measure with a head at both ends, where there is room for it."""
    length = bottom.y() - top.y()
    if length < 8 * thin:
        return
    painter.setPen(QPen(ink, thin))
    painter.drawLine(top, bottom)
    head = min(length / 3, 4 * thin)
    for tip, away in ((top, head), (bottom, -head)):
        for side in (-1, 1):
            painter.drawLine(tip, QPointF(tip.x() + side * head * 0.6, tip.y() + away))
