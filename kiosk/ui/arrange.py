"""Where things go on a page: rows, columns and stacks of pieces, and what does not fit goes to the next part.

A piece knows the least height it needs at a width. Whatever height is left over is shared out among the
pieces that grow, so that a page fills its panel on purpose. All numbers are logical px.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QRect

from kiosk.later import dataclass

ANY_HEIGHT: Final = 1_000_000


class Piece(Protocol):
    """Something with a least height that can be given a place."""

    @property
    def grows(self) -> float:
        """The share of left-over height it takes: 0 for none."""
        ...

    @property
    def tallest(self) -> int:
        """The height in px above which it looks empty."""
        ...

    def needed(self, width: int) -> int:
        """Return the least height in px at `width` px."""
        ...

    def put(self, rect: QRect) -> None:
        """Take this place."""
        ...


@runtime_checkable
class Splits(Protocol):
    """A piece to read that can go on in another part."""

    def needed(self, width: int) -> int:
        """Return the least height in px at `width` px."""
        ...

    def split(self, width: int, height: int) -> list[Piece]:
        """Return pieces that say the same, each at most `height` px high where that can be."""
        ...


@dataclass(frozen=True)
class Stack:
    """Pieces above one another."""

    pieces: Sequence[Piece]
    gap: int
    grows: float = 1.0
    tallest: int = ANY_HEIGHT

    def needed(self, width: int) -> int:
        """Return the sum of the heights and the gaps."""
        return sum(p.needed(width) for p in self.pieces) + self.gap * max(0, len(self.pieces) - 1)

    def put(self, rect: QRect) -> None:
        """Share the height out among the pieces that grow."""
        needs = [piece.needed(rect.width()) for piece in self.pieces]
        heights = _filled(_shared(needs, self.pieces, rect.height(), self.gap), self, rect.height())
        top = rect.top()
        for piece, height in zip(self.pieces, heights, strict=True):
            piece.put(QRect(rect.left(), top, rect.width(), height))
            top += height + self.gap


@dataclass(frozen=True)
class Side:
    """Pieces beside one another, from the leading edge, with widths by weight."""

    pieces: Sequence[Piece]
    gap: int
    weights: Sequence[float] = ()
    grows: float = 1.0
    mirrored: bool = False

    @property
    def tallest(self) -> int:
        """As tall as its tallest piece may be."""
        return max((piece.tallest for piece in self.pieces), default=0)

    def needed(self, width: int) -> int:
        """Return the height of the tallest."""
        widths = self._widths(width)
        return max((p.needed(w) for p, w in zip(self.pieces, widths, strict=True)), default=0)

    def put(self, rect: QRect) -> None:
        """Give each its width and the whole height."""
        widths = self._widths(rect.width())
        left = rect.left()
        placed = list(zip(self.pieces, widths, strict=True))
        for piece, width in reversed(placed) if self.mirrored else placed:
            piece.put(QRect(left, rect.top(), width, rect.height()))
            left += width + self.gap

    def _widths(self, width: int) -> list[int]:
        weights = list(self.weights) or [1.0] * len(self.pieces)
        room = width - self.gap * (len(self.pieces) - 1)
        total = sum(weights)
        widths = [int(room * weight / total) for weight in weights]
        widths[-1] += room - sum(widths)
        return widths


@dataclass(frozen=True)
class Space:
    """Nothing, in the size of a piece: keeps the last row of a grid in line."""

    grows: float = 0.0
    tallest: int = 0

    def needed(self, width: int) -> int:  # noqa: ARG002 - a piece like any other
        """Return 0."""
        return 0

    def put(self, rect: QRect) -> None:
        """Take no place."""


@dataclass(frozen=True)
class Filler:
    """Takes the height that nothing else wants, one gap included: what follows stays at the bottom."""

    gap: int
    grows: float = 0.0
    tallest: int = 0

    def needed(self, width: int) -> int:  # noqa: ARG002 - a piece like any other
        """Return minus one gap, so that an empty filler does not show."""
        return -self.gap

    def put(self, rect: QRect) -> None:
        """Show nothing."""


def grid(pieces: Sequence[Piece], columns: int, gap: int, *, mirrored: bool = False) -> list[Piece]:
    """Return rows of `columns` pieces of one width; the last row is filled up with space."""
    if columns == 1:
        return list(pieces)
    rows = [list(pieces[i : i + columns]) for i in range(0, len(pieces), columns)]
    if rows:
        rows[-1] += [Space()] * (columns - len(rows[-1]))
    return [Side(row, gap, mirrored=mirrored) for row in rows]


def parts(
    bands: Sequence[Piece], width: int, first: int, rest: int, gap: int, most: int
) -> list[list[Piece]]:
    """Split bands into parts: the first in `first` px, the others in `rest` px each.

    A part holds at most `most` bands that grow; notes and headings do not count.

    A band that no part could hold is split, if it can be: text goes on in the next part.
    """
    found: list[list[Piece]] = [[]]
    used = 0
    for band in _holdable(bands, width, min(first, rest)):
        need = band.needed(width)
        room = first if len(found) == 1 else rest
        if found[-1] and (used + gap + need > room or sum(piece.grows > 0 for piece in found[-1]) >= most):
            found.append([])
            used = 0
        used += need + (gap if found[-1] else 0)
        found[-1].append(band)
    return found


def _holdable(bands: Sequence[Piece], width: int, height: int) -> list[Piece]:
    held: list[Piece] = []
    for band in bands:
        if isinstance(band, Splits) and band.needed(width) > height:
            held.extend(band.split(width, height))
        else:
            held.append(band)
    return held


def _shared(needs: Sequence[int], pieces: Sequence[Piece], height: int, gap: int) -> list[int]:
    """Raise the growing pieces to one level (times their share), none above its `tallest`."""
    room = height - gap * max(0, len(needs) - 1)
    if room <= sum(needs) or not any(piece.grows for piece in pieces):
        return list(needs)
    low, high = 0.0, float(room)
    for _ in range(40):  # bisection to well under a pixel
        level = (low + high) / 2
        if sum(_levelled(needs, pieces, level)) > room:
            high = level
        else:
            low = level
    return _levelled(needs, pieces, low)


def _filled(heights: list[int], stack: Stack, height: int) -> list[int]:
    """Share what is left over among the fillers."""
    fillers = [index for index, piece in enumerate(stack.pieces) if isinstance(piece, Filler)]
    spare = height - sum(heights) - stack.gap * max(0, len(heights) - 1)
    for index in fillers:
        heights[index] += max(0, spare) // len(fillers)
    return heights


def _levelled(needs: Sequence[int], pieces: Sequence[Piece], level: float) -> list[int]:
    return [
        max(need, min(piece.tallest, int(level * piece.grows))) if piece.grows else need
        for need, piece in zip(needs, pieces, strict=True)
    ]
