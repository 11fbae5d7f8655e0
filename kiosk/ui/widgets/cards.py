"""Things to read: notes, steps, facts, numbers. Labels with their whole text, so that a reader finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from kiosk.ui.arrange import ANY_HEIGHT
from kiosk.ui.icons import draw_icon
from kiosk.ui.theme import CAPITALS_MM, HEADING_LINE, NUMBER_MM, TEXT_LINE, Theme
from kiosk.ui.widgets.brush import Badge, Column, Words, body, draw_card, from_lead, heading, painter_for
from kiosk.ui.widgets.text import TextBlock
from kiosk.ui.widgets.tiles import Tone


class Card(QLabel):
    """A rounded face with something to read; what it says is its text and accessible name."""

    def __init__(self, theme: Theme, says: str, *, tone: Tone = Tone.PLAIN, grows: float = 0.0) -> None:
        super().__init__()
        self.theme = theme
        self.grows = grows
        self.tallest = ANY_HEIGHT
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(says)

    def put(self, rect: QRect) -> None:
        """Take this place."""
        self.setGeometry(rect)

    def needed(self, width: int) -> int:
        """Return the least height in px."""
        return self.content_height(width - 2 * self.theme.padding) + 2 * self.pad_y()

    def pad_y(self) -> int:
        """Return the space above and below in px."""
        return self.theme.padding * 4 // 5

    def content_height(self, width: float) -> int:
        """Return the height in px of what is inside at `width` px."""
        raise NotImplementedError

    def draw_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint what is inside into `rect`."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the face and, in the middle of its height, the content."""
        theme = self.theme
        painter = painter_for(self)
        rect = QRectF(self.rect())
        face, edge = self._face()
        draw_card(painter, rect, face, edge, max(1.0, theme.mm(0.35)), theme.mm(4.5))
        width = rect.width() - 2 * theme.padding
        height = self.content_height(width)
        top = max(float(self.pad_y()), (rect.height() - height) / 2)
        self.draw_content(painter, QRectF(theme.padding, top, width, height))
        painter.end()

    def _face(self) -> tuple[QColor, QColor | None]:
        c = self.theme.colours
        if self._tone is Tone.WARM:
            return c.warm, c.on_warm
        if self._tone is Tone.TINT:
            return c.tint, c.line if c.tint == c.card else None
        return c.card, c.line

    def ink(self) -> QColor:
        """Return the colour of text on this face."""
        c = self.theme.colours
        return {Tone.WARM: c.on_warm, Tone.TINT: c.on_tint}.get(self._tone, c.ink)


class Note(Card):
    """A few sentences, perhaps under a heading and beside an icon."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        title: str = "",
        icon: str = "",
        tone: Tone = Tone.TINT,
        grows: float = 0.0,
        centred: bool = False,
    ) -> None:
        super().__init__(theme, f"{title} {text}".strip(), tone=tone, grows=grows)
        self._icon = icon
        self._icon_px = theme.mm(8.5)
        ink = self.ink()
        paragraphs = [heading(theme, title, ink, centred=centred)] if title else []
        paragraphs += [body(theme, part, ink, centred=centred) for part in text.split("\n") if part]
        self._texts = Column(paragraphs, theme.mm(1.2))

    def content_height(self, width: float) -> int:
        """Return the height in px of icon and texts."""
        texts = self._texts.height(width - self._lead())
        return max(texts, self._icon_px) if self._icon else texts

    def draw_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the icon beside the first line, then the texts."""
        lead = self._lead()
        inner = QRectF(rect.left() + lead, rect.top(), rect.width() - lead, rect.height())
        height = self._texts.height(inner.width())
        inner.moveTop(rect.top() + max(0.0, (rect.height() - height) / 2))
        if self._icon:
            top = rect.top() + (rect.height() - self._icon_px) / 2
            box = QRectF(rect.left(), top, self._icon_px, self._icon_px)
            draw_icon(painter, self._icon, from_lead(self.theme, rect, box), self.ink())
        self._texts.draw(painter, from_lead(self.theme, rect, inner))

    def _lead(self) -> int:
        return self._icon_px + self.theme.mm(4) if self._icon else 0


@dataclass(frozen=True)
class Line:
    """One number as it is shown: what it is for, its state, the number, and a remark below."""

    label: str
    badge: str
    number: str
    remark: str = ""


class NumberCard(Card):
    """The hero of a page: the number, as large as the card is wide, the way people say it."""

    def __init__(
        self, theme: Theme, lines: Sequence[Line], *, largest_mm: float = NUMBER_MM, grows: float = 0.0
    ) -> None:
        says = ". ".join(" ".join(filter(None, (n.label, n.badge, n.number, n.remark))) for n in lines)
        super().__init__(theme, says, grows=grows)
        self._lines = tuple(lines)
        c = theme.colours
        self._labels = [body(theme, line.label, c.soft) if line.label else None for line in lines]
        self._badges = [Badge(theme, line.badge) if line.badge else None for line in lines]
        self._remarks = [body(theme, line.remark, c.soft) if line.remark else None for line in lines]
        self._gap = theme.mm(4)
        self._largest_mm = largest_mm

    def content_height(self, width: float) -> int:
        """Return the height in px of all numbers."""
        each = [self._top_height(i, width) + self._number(i, width).height(width) for i in self._indexes()]
        below = [w.block.height(width) for w in self._remarks if w]
        return sum(each) + sum(below) + self._gap * (len(each) - 1)

    def draw_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint label and badge, then the number, then the remark."""
        top = rect.top()
        for i in self._indexes():
            top_height = self._top_height(i, rect.width())
            self._draw_top(painter, i, QRectF(rect.left(), top, rect.width(), top_height))
            top += top_height
            number = self._number(i, rect.width())
            height = number.height(rect.width())
            box = QRectF(rect.left(), top, rect.width(), height)
            number.draw(painter, box, self.theme.colours.ink)
            top += height
            remark = self._remarks[i]
            if remark:
                height = remark.block.height(rect.width())
                remark.block.draw(painter, QRectF(rect.left(), top, rect.width(), height), remark.colour)
                top += height
            top += self._gap

    def _indexes(self) -> range:
        return range(len(self._lines))

    def _number(self, index: int, width: float) -> TextBlock:
        """Return the number in the largest size that stands on one line."""
        theme = self.theme
        largest = self._largest_mm * (1.0 if theme.is_roomy else 0.75)
        if len(self._lines) > 1:
            largest *= 0.75
        largest = max(largest, CAPITALS_MM[theme.size])
        font = theme.number(largest)
        block = TextBlock(self._lines[index].number, font, HEADING_LINE, direction=theme.direction)
        natural = block.natural_width()
        if natural > width - 2:
            font.setPixelSize(int(font.pixelSize() * (width - 2) / natural))
            block = TextBlock(self._lines[index].number, font, HEADING_LINE, direction=theme.direction)
        return block

    def _top_height(self, index: int, width: float) -> int:
        label, badge = self._labels[index], self._badges[index]
        if label and badge and not self._beside(index, width):
            return label.block.height(width) + round(badge.size(width)[1]) + self.theme.mm(2)
        heights = [label.block.height(width)] if label else []
        heights += [round(badge.size(width)[1])] if badge else []
        return max(heights, default=0)

    def _beside(self, index: int, width: float) -> bool:
        label, badge = self._labels[index], self._badges[index]
        if not label or not badge:
            return True
        return label.block.natural_width() + badge.size(width)[0] + self.theme.mm(4) <= width

    def _draw_top(self, painter: QPainter, index: int, rect: QRectF) -> None:
        label, badge = self._labels[index], self._badges[index]
        if label:
            height = label.block.height(rect.width())
            label.block.draw(painter, QRectF(rect.left(), rect.top(), rect.width(), height), label.colour)
        if badge:
            wide, high = badge.size(rect.width())
            if self._beside(index, rect.width()):
                box = QRectF(rect.right() - wide if label else rect.left(), rect.top(), wide, high)
            else:
                box = QRectF(rect.left(), rect.bottom() - high - self.theme.mm(1), wide, high)
            badge.draw(painter, from_lead(self.theme, rect, box))


class Facts(Card):
    """Pairs of a label and what is known: beside one another where there is room, else stacked."""

    def __init__(self, theme: Theme, pairs: Sequence[tuple[str, str]], *, grows: float = 0.0) -> None:
        super().__init__(theme, ". ".join(f"{label}: {value}" for label, value in pairs), grows=grows)
        c = theme.colours
        self._pairs = [
            (body(theme, label, c.soft, strong=True), body(theme, value, c.ink)) for label, value in pairs
        ]
        self._gap = theme.mm(2.2)

    def content_height(self, width: float) -> int:
        """Return the height in px of all pairs."""
        heights = [self._pair_height(label, value, width) for label, value in self._pairs]
        return sum(heights) + self._gap * (len(heights) - 1)

    def draw_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint each pair."""
        top = rect.top()
        first = self._first_column(rect.width())
        for label, value in self._pairs:
            high = self._pair_height(label, value, rect.width())
            if first:
                a = QRectF(rect.left(), top, first, high)
                b = QRectF(rect.left() + first, top, rect.width() - first, high)
            else:
                label_height = label.block.height(rect.width())
                a = QRectF(rect.left(), top, rect.width(), label_height)
                b = QRectF(rect.left(), top + label_height, rect.width(), high - label_height)
            label.block.draw(painter, from_lead(self.theme, rect, a), label.colour)
            value.block.draw(painter, from_lead(self.theme, rect, b), value.colour)
            top += high + self._gap

    def _first_column(self, width: float) -> float:
        """Return the width in px of the labels' column, or 0 when they stand above what they name."""
        widest = max((label.block.natural_width() for label, _ in self._pairs), default=0.0)
        first = widest + self.theme.mm(5)
        return first if first <= width * 0.42 else 0.0

    def _pair_height(self, label: Words, value: Words, width: float) -> int:
        first = self._first_column(width)
        if first:
            return max(label.block.height(first), value.block.height(width - first))
        return label.block.height(width) + value.block.height(width)


class Heading(QLabel):
    """Plain text on the page itself, without a face."""

    def __init__(self, theme: Theme, text: str, *, strong: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.grows = 0.0
        self.tallest = ANY_HEIGHT
        self._block = TextBlock(
            text, theme.strong if strong else theme.text, TEXT_LINE, direction=theme.direction
        )
        self._ink = theme.colours.ink

    def put(self, rect: QRect) -> None:
        """Take this place."""
        self.setGeometry(rect)

    def needed(self, width: int) -> int:
        """Return the least height in px."""
        return self._block.height(width)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the text."""
        painter = painter_for(self)
        self._block.draw(painter, QRectF(self.rect()), self._ink)
        painter.end()
