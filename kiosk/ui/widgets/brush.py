"""The few shapes everything is drawn with: cards, badges, texts above one another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from kiosk.later import dataclass
from kiosk.ui.theme import HEADING_LINE, TEXT_LINE, Theme
from kiosk.ui.widgets.text import TextBlock


@dataclass(frozen=True)
class Words:
    """One paragraph of a column and its colour."""

    block: TextBlock
    colour: QColor


class Column:
    """Paragraphs above one another, measured and drawn together."""

    def __init__(self, paragraphs: Sequence[Words], gap: int) -> None:
        self.paragraphs = tuple(paragraphs)
        self._gap = gap

    def height(self, width: float) -> int:
        """Return the height in px at `width` px."""
        gaps = self._gap * max(0, len(self.paragraphs) - 1)
        return sum(p.block.height(width) for p in self.paragraphs) + gaps

    def widest_word(self) -> float:
        """Return the width in px below which a word sticks out."""
        return max((p.block.widest_word() for p in self.paragraphs), default=0.0)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Paint from the top of `rect`."""
        top = rect.top()
        for paragraph in self.paragraphs:
            height = paragraph.block.height(rect.width())
            paragraph.block.draw(painter, QRectF(rect.left(), top, rect.width(), height), paragraph.colour)
            top += height + self._gap


def heading(theme: Theme, text: str, colour: QColor, *, centred: bool = False) -> Words:
    """Return a heading of a card."""
    return _words(theme, text, theme.heading, HEADING_LINE, colour, centred=centred)


def body(theme: Theme, text: str, colour: QColor, *, centred: bool = False, strong: bool = False) -> Words:
    """Return running text."""
    font = theme.strong if strong else theme.text
    return _words(theme, text, font, TEXT_LINE, colour, centred=centred)


def _words(theme: Theme, text: str, font: QFont, line: float, colour: QColor, *, centred: bool) -> Words:
    return Words(TextBlock(text, font, line, direction=theme.direction, centred=centred), colour)


def painter_for(widget: QWidget) -> QPainter:
    """Return a painter with smooth edges."""
    painter = QPainter(widget)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    return painter


def draw_ground(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Fill a rectangle as `QPainter.fillRect` does, which first asks whether the colour is a gradient.

    Qt for Python makes the classes of gradients for that, 1.3 ms of the time to the first page.
    """
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(rect)
    painter.restore()


def draw_card(
    painter: QPainter, rect: QRectF, fill: QColor, edge: QColor | None, width: float, radius: float
) -> None:
    """Paint a rounded card whose edge lies inside `rect`."""
    painter.setBrush(fill)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    painter.setPen(QPen(edge, width))
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)


def from_lead(theme: Theme, outer: QRectF, rect: QRectF) -> QRectF:
    """Return `rect` as it is, or mirrored within `outer` for scripts from the right."""
    if not theme.is_mirrored:
        return rect
    return QRectF(outer.left() + outer.right() - rect.right(), rect.top(), rect.width(), rect.height())


class Badge:
    """A short fact on a tinted ground, such as "Open now"."""

    def __init__(self, theme: Theme, text: str) -> None:
        self._theme = theme
        self._words = body(theme, text, theme.colours.on_tint, strong=True)

    def size(self, width: float) -> tuple[float, float]:
        """Return width and height in px, wrapped at `width` px."""
        pad = self._theme.mm(3)
        natural = self._words.block.natural_width() + 2 * pad + 1
        wide = min(width, natural)
        return wide, self._words.block.height(wide - 2 * pad) + self._theme.mm(1)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Paint ground and text."""
        theme = self._theme
        c = theme.colours
        edge = c.on_tint if c.tint == c.card else None
        draw_card(painter, rect, c.tint, edge, max(1, theme.mm(0.4)), theme.mm(2))
        pad = theme.mm(3)
        self._words.block.draw(painter, rect.adjusted(pad, theme.mm(0.5), -pad, 0), self._words.colour)
