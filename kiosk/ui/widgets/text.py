"""Wrapped text, laid out once and painted many times: the same measure decides heights and draws."""

from __future__ import annotations

import math
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt, QTextBoundaryFinder
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGlyphRun,
    QPainter,
    QPainterPath,
    QTextLayout,
    QTextOption,
    QTransform,
)

from kiosk.words.numbers import mended

# Qt paints letters of 64 px and more a shade differently from time to time, by what is in its cache;
# as outlines they are the same in every process, and a swap of visits shows no difference.
LARGE_PX = 60
OUTLINE_PX = 2048.0  # so large that the rounding of an outline cannot be seen
APART_PX = 1.0  # shapes with so much between them have no pixel in common
MARKS = 4  # so many shapes back a letter may have its neighbour: marks may stand between them
SHORT_SIGNS = 16
WIDE = 100_000.0  # px: wider than any panel, so that nothing wraps

_SPACELESS = (("\u2e80", "\u9fff"), ("\uf900", "\ufaff"), ("\uff00", "\uffef"))
"""Chinese breaks between any two signs. No pattern: one of so many letters takes 1 ms of a start."""


def _is_spaceless(text: str) -> bool:
    if max(text, default="") < _SPACELESS[0][0]:  # nearly all languages, at once
        return False
    return any(low <= sign <= high for sign in text for low, high in _SPACELESS)


def _pieces(text: str) -> list[str]:
    """Return what a line may end after: words, or in Chinese what its rules of punctuation keep together."""
    if not _is_spaceless(text):
        return text.split()
    finder, ends = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text), []
    while (end := finder.toNextBoundary()) != -1:
        ends.append(end)
    return [text[start:end] for start, end in pairwise([0, *ends]) if text[start:end].strip()]


class TextBlock:
    """One paragraph in one font. `height` is in whole px; `widest_word` tells when it cannot wrap."""

    def __init__(
        self,
        text: str,
        font: QFont,
        line_height: float,
        *,
        direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
        centred: bool = False,
        anywhere: bool = False,
    ) -> None:
        self.text = text
        self.font = font
        self._step = font.pixelSize() * line_height
        self._layout = QTextLayout(text, font)
        self._layout.setTextOption(_option(direction, centred=centred, anywhere=anywhere))
        self._width = -1.0
        self._natural = -1.0
        self._widest = -1.0
        self._heights: dict[float, int] = {}
        self._lines = 0
        self._is_evened = not (centred or anywhere) and _is_spaceless(text)
        self._shapes: list[QPainterPath] | None = None

    def height(self, width: float) -> int:
        """Return the height in px that the text needs at `width` px."""
        if width not in self._heights:
            self._wrap(width)
            self._heights[width] = math.ceil(self._lines * self._step)
        return self._heights[width]

    def natural_width(self) -> float:
        """Return the width in px of the text on one line."""
        if self._natural < 0:
            self._wrap(WIDE)
            self._natural = self._layout.maximumWidth()
        return self._natural

    def widest_word(self) -> float:
        """Return the width in px of the longest piece that cannot be broken."""
        if self._widest < 0:
            advance = QFontMetricsF(self.font).horizontalAdvance
            self._widest = max((advance(piece) for piece in _pieces(self.text)), default=0.0)
        return self._widest

    def two_line_width(self) -> float:
        """Return the width in px at which the text stands on two lines at most."""
        pieces = _pieces(self.text)
        between = "" if _is_spaceless(self.text) else " "
        measure = QFontMetricsF(self.font).horizontalAdvance
        splits = (
            max(measure(between.join(pieces[:i])), measure(between.join(pieces[i:])))
            for i in range(1, len(pieces))
        )
        return min(min(splits, default=WIDE) * 1.03 + 3, self.natural_width() + 1)

    def splits_words(self, width: float) -> bool:
        """Return True where a line would end elsewhere than at a space or a hyphen, as in Burmese."""
        self._wrap(width)
        starts = [self._layout.lineAt(line).textStart() for line in range(1, self._lines)]
        return not _is_spaceless(self.text) and any(self.text[at - 1] not in " -" for at in starts)

    def cut(self, width: float, height: float) -> tuple[str, str]:
        """Return the text of the lines that fit `height` px at `width` px, at least one, and the rest."""
        self._wrap(width)
        fit = max(1, int(height / self._step))
        if fit >= self._lines:
            return self.text, ""
        start = self._layout.lineAt(fit).textStart()
        return mended(self.text[:start].rstrip(), self.text[start:].lstrip())

    def draw(self, painter: QPainter, rect: QRectF, colour: QColor) -> None:
        """Paint into `rect` from its top, wrapped at its width."""
        self._wrap(rect.width())
        if self.font.pixelSize() < LARGE_PX:
            painter.setPen(colour)
            self._layout.draw(painter, rect.topLeft())
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.translate(rect.topLeft())
        for shape in self._outlines():
            painter.drawPath(shape)
        painter.translate(-rect.topLeft())

    def _outlines(self) -> list[QPainterPath]:
        """Return the shapes of the letters as they are laid out."""
        if self._shapes is None:
            self._shapes = [shape for run in self._layout.glyphRuns() for shape in _shapes(run)]
        return self._shapes

    def _wrap(self, width: float) -> None:
        if width == self._width:
            return
        self._width = width
        self._shapes = None
        self._lines = self._lay_out(width)
        if 1 < self._lines <= len(self.text) <= SHORT_SIGNS and self._is_evened:
            self._even_out(width)

    def _even_out(self, width: float) -> None:
        """Make the lines of a short Chinese text alike: it breaks anywhere, and a sign could stand alone."""
        narrower = width
        for tenths in range(9, 4, -1):
            if self._lay_out(width * tenths / 10) > self._lines:
                break
            narrower = width * tenths / 10
        self._lay_out(narrower)

    def _lay_out(self, width: float) -> int:
        """Lay the text out in lines of at most `width` px, and return how many there are."""
        self._layout.beginLayout()
        metrics = QFontMetricsF(self.font)
        lead = (self._step - metrics.height()) / 2
        count = 0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            taller = line.ascent() - metrics.ascent()  # a Chinese line is, and would stand lower
            line.setPosition(QPointF(0, count * self._step + lead - (taller if taller > 1 else 0)))
            count += 1
        self._layout.endLayout()
        return count


def _option(direction: Qt.LayoutDirection, *, centred: bool, anywhere: bool) -> QTextOption:
    mirrored = direction is Qt.LayoutDirection.RightToLeft
    lead = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft  # a layout mirrors neither
    side = Qt.AlignmentFlag.AlignHCenter if centred else lead
    option = QTextOption(side)
    option.setTextDirection(direction)
    mode = (
        QTextOption.WrapMode.WrapAnywhere if anywhere else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    )
    option.setWrapMode(mode)
    return option


class _Shape:
    """Letters that touch, and the room in which another one would touch them."""

    def __init__(self) -> None:
        self.path = QPainterPath()
        self.path.setFillRule(Qt.FillRule.WindingFill)
        self.reach = QRectF()

    def add(self, path: QPainterPath, reach: QRectF) -> None:
        self.path.addPath(path)
        self.reach |= reach


def _shapes(run: QGlyphRun) -> list[QPainterPath]:
    """Return the shapes of letters, those that touch in one: joined letters of Arabic, a letter and its mark.

    For each edge Qt searches a row of pixels through all that is left of it in the same shape (`find_cell` in
    its qgrayraster.c): a whole heading in one shape took four times as long.
    """
    font = run.rawFont()
    scale = font.pixelSize() / OUTLINE_PX
    font.setPixelSize(OUTLINE_PX)
    shapes: list[_Shape] = []
    for glyph, spot in zip(run.glyphIndexes(), run.positions(), strict=True):
        letter = QTransform(scale, 0, 0, scale, spot.x(), spot.y()).map(font.pathForGlyph(glyph))
        if letter.isEmpty():
            continue
        box = letter.controlPointRect()
        touched = [shape for shape in shapes[-MARKS:] if shape.reach.intersects(box)]
        if not touched:
            touched.append(_Shape())
            shapes.append(touched[0])
        touched[0].add(letter, box.adjusted(-APART_PX, -APART_PX, APART_PX, APART_PX))
        for other in touched[1:]:
            touched[0].add(other.path, other.reach)
            shapes.remove(other)
    return [shape.path for shape in shapes]
