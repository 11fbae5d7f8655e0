"""Things to read: notes, steps, facts, numbers. Labels with their whole text, so that a reader finds it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from kiosk.ui.arrange import ANY_HEIGHT, Piece
from kiosk.ui.icons import draw_icon
from kiosk.ui.theme import TEXT_LINE, Theme
from kiosk.ui.widgets.brush import Column, Words, body, draw_card, from_lead, heading, painter_for
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
        self._icon_px = theme.small_icon
        ink = self.ink()
        paragraphs = [heading(theme, title, ink, centred=centred)] if title else []
        paragraphs += [body(theme, part, ink, centred=centred) for part in text.split("\n") if part]
        self._texts = Column(paragraphs, theme.mm(1.2))
        self._said = (title, text)

    def split(self, width: int, height: int) -> list[Piece]:
        """Return notes that say the same one after the other."""
        title, text = self._said
        inner = width - 2 * self.theme.padding - self._lead()
        room = height - 2 * self.pad_y()
        if title:
            room -= self._texts.paragraphs[0].block.height(inner) + self.theme.mm(1.2)
        flowing = body(self.theme, text.replace("\n", " "), self.ink()).block
        first, rest = flowing.cut(inner, room)
        notes: list[Piece] = [Note(self.theme, first, title=title, icon=self._icon, tone=self._tone)]
        if rest:
            notes += Note(self.theme, rest, icon=self._icon, tone=self._tone).split(width, height)
        return notes

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


class Facts(Card):
    """Pairs of a label and what is known: beside one another where there is room, else stacked."""

    def __init__(self, theme: Theme, pairs: Sequence[tuple[str, str]], *, grows: float = 0.0) -> None:
        super().__init__(theme, ". ".join(f"{label}: {value}" for label, value in pairs), grows=grows)
        c = theme.colours
        self._pairs = [
            (body(theme, label, c.soft, strong=True), body(theme, value, c.ink)) for label, value in pairs
        ]
        self._gap = theme.mm(2.2)
        self._known = tuple(pairs)
        self._columns: dict[float, float] = {}

    def split(self, width: int, height: int) -> list[Piece]:
        """Return one card for each pair; a value that is still too long goes on in a note."""
        theme = self.theme
        if len(self._known) > 1:
            cards = [Facts(theme, [pair]) for pair in self._known]
            return [piece for card in cards for piece in card.split(width, height)]
        if self.needed(width) <= height:
            return [self]
        label, value = self._known[0]
        return Note(theme, value, title=label, tone=Tone.PLAIN).split(width, height)

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
        if width not in self._columns:
            self._columns[width] = self._column_at(width)
        return self._columns[width]

    def _column_at(self, width: float) -> float:
        widest = max((label.block.natural_width() for label, _ in self._pairs), default=0.0)
        first = widest + self.theme.mm(5)
        widest_word = max((value.block.widest_word() for _, value in self._pairs), default=0.0)
        return first if first <= width * 0.42 and widest_word <= width - first else 0.0

    def _pair_height(self, label: Words, value: Words, width: float) -> int:
        first = self._first_column(width)
        if first:
            return max(label.block.height(first), value.block.height(width - first))
        return label.block.height(width) + value.block.height(width)


class Heading(QLabel):
    """Plain text on the page itself, without a face; a strong one is a heading.

    `interface` is kept here for `kiosk.ui.assistive`.
    """

    def __init__(self, theme: Theme, text: str, *, strong: bool = False) -> None:
        super().__init__()
        self.is_heading = strong
        self.interface: object = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.grows = 0.0
        self.tallest = ANY_HEIGHT
        self._block = TextBlock(
            text, theme.strong if strong else theme.text, TEXT_LINE, direction=theme.direction
        )
        self._ink = theme.colours.ink
        self._theme, self._strong = theme, strong

    def split(self, width: int, height: int) -> list[Piece]:
        """Return the same text in pieces."""
        first, rest = self._block.cut(width, height)
        pieces: list[Piece] = [Heading(self._theme, first, strong=self._strong)]
        if rest:
            pieces += Heading(self._theme, rest, strong=self._strong).split(width, height)
        return pieces

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
