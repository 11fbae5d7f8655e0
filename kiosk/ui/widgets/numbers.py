"""Numbers to be copied by hand: as large as their card is wide, the way people say them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from kiosk.ui.arrange import Piece
from kiosk.ui.theme import CAPITALS_MM, HEADING_LINE, NUMBER_MM, Theme
from kiosk.ui.widgets.brush import Badge, body, from_lead
from kiosk.ui.widgets.cards import Card, Note
from kiosk.ui.widgets.inset import Inset
from kiosk.ui.widgets.text import TextBlock
from kiosk.ui.widgets.tiles import Tone

CAUTION_ICON = "phone"


@dataclass(frozen=True)
class Line:
    """One number as it is shown: what it is for, its state, the number, and a remark below.

    `caution` is a word and a sentence right below the number, on a warm ground.
    """

    label: str
    badge: str
    number: str
    remark: str = ""
    caution: tuple[str, str] | None = None

    def said(self) -> str:
        """Return the line as it is spoken."""
        return " ".join(
            filter(None, (self.label, self.badge, self.number, self.remark, *(self.caution or ())))
        )


class NumberCard(Card):
    """The hero of a page: the number, as large as the card is wide, the way people say it."""

    def __init__(
        self, theme: Theme, lines: Sequence[Line], *, largest_mm: float = NUMBER_MM, grows: float = 0.0
    ) -> None:
        super().__init__(theme, ". ".join(line.said() for line in lines), grows=grows)
        self._lines = tuple(lines)
        c = theme.colours
        self._labels = [body(theme, line.label, c.soft) if line.label else None for line in lines]
        self._badges = [Badge(theme, line.badge) if line.badge else None for line in lines]
        self._remarks = [body(theme, line.remark, c.soft) if line.remark else None for line in lines]
        self._cautions = [
            Inset(theme, *line.caution, icon=CAUTION_ICON) if line.caution else None for line in lines
        ]
        self._gap = theme.mm(4)
        self._largest_mm = largest_mm
        self._sized: dict[tuple[int, float], TextBlock] = {}

    def split(self, width: int, height: int) -> list[Piece]:
        """Return a card for each number; what does not fit above or below it stands on its own.

        The word of a caution stays with its number, in the place of the badge.
        """
        pieces: list[Piece] = []
        for line in self._lines:
            card = self._alone(line)
            if card.needed(width) <= height:
                pieces.append(card)
                continue
            if line.caution:
                said = "\n".join(filter(None, (line.badge, line.remark)))
                line = replace(line, badge=line.caution[0], remark=said)  # noqa: PLW2901 - the same line, shorter
            card = self._alone(replace(line, remark="", caution=None))
            if card.needed(width) > height:
                above = "\n".join(filter(None, (line.label, line.badge)))
                pieces += Note(self.theme, above, tone=Tone.PLAIN).split(width, height)
                card = self._alone(Line("", "", line.number))
            pieces.append(card)
            if line.caution and line.caution[1]:
                title, text = line.caution
                note = Note(self.theme, text, title=title, icon=CAUTION_ICON, tone=Tone.WARM)
                pieces += note.split(width, height)
            if line.remark:
                pieces += Note(self.theme, line.remark, tone=Tone.PLAIN).split(width, height)
        return pieces

    def _alone(self, line: Line) -> NumberCard:
        return NumberCard(self.theme, [line], largest_mm=self._largest_mm, grows=self.grows)

    def shrinks(self, width: float) -> bool:
        """Whether a number must be smaller than the text around it to stand on one line of a card."""
        theme = self.theme
        font = theme.number(CAPITALS_MM[theme.size])
        blocks = [TextBlock(line.number, font, HEADING_LINE) for line in self._lines]
        return max(block.natural_width() for block in blocks) > width - 2 * theme.padding - 2

    def content_height(self, width: float) -> int:
        """Return the height in px of all numbers."""
        each = [self._top_height(i, width) + self._number(i, width).height(width) for i in self._indexes()]
        below = [w.block.height(width) for w in self._remarks if w]
        below += [caution.height(width) for caution in self._cautions if caution]
        return sum(each) + sum(below) + self._gap * (len(each) - 1)

    def draw_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint label and badge, then the number, its caution and its remark."""
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
            top += self._draw_below(painter, i, QRectF(rect.left(), top, rect.width(), 0))
            top += self._gap

    def _draw_below(self, painter: QPainter, index: int, rect: QRectF) -> float:
        """Paint caution and remark from the top of `rect`; return their height in px."""
        caution, remark = self._cautions[index], self._remarks[index]
        high = 0.0
        if caution:
            rect.setHeight(caution.height(rect.width()))
            caution.draw(painter, rect)
            high += rect.height()
            rect.moveTop(rect.bottom())
        if remark:
            rect.setHeight(remark.block.height(rect.width()))
            remark.block.draw(painter, rect, remark.colour)
            high += rect.height()
        return high

    def _indexes(self) -> range:
        return range(len(self._lines))

    def _number(self, index: int, width: float) -> TextBlock:
        """Return the number in the largest size that stands on one line."""
        if (index, width) not in self._sized:
            self._sized[index, width] = self._number_at(index, width)
        return self._sized[index, width]

    def _number_at(self, index: int, width: float) -> TextBlock:
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
