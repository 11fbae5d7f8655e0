"""Where things stand on a page of the peer, in px, so that the probe knows where to press without asking.

The measures follow the kiosk's own: a strip at the bottom of the same height, tiles in two columns on a
portrait panel, at most five rows to a page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

ROOMY_MM = 180.0
"""Panels with a shorter side below this get smaller letters, as in the kiosk."""

MOST_ROWS = 5


@dataclass(frozen=True)
class Box:
    """A place on the screen, in px."""

    left: int
    top: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """The point to press."""
        return self.left + self.width // 2, self.top + self.height // 2

    @property
    def css(self) -> str:
        """The place as an inline style."""
        return f"left:{self.left}px;top:{self.top}px;width:{self.width}px;height:{self.height}px"


@dataclass(frozen=True)
class Layout:
    """The measures of one screen: `width` x `height` px on a panel `panel_mm` wide."""

    width: int
    height: int
    panel_mm: float

    @cached_property
    def unit(self) -> float:
        """Px for what is a millimetre on a roomy panel; small panels shrink all but the strip."""
        short_mm = min(self.width, self.height) * self.panel_mm / self.width
        return self.width / self.panel_mm * min(1.0, max(0.55, short_mm / 268.0))

    def mm(self, length: float) -> int:
        """Return `length` units in whole px."""
        return round(length * self.unit)

    @property
    def is_portrait(self) -> bool:
        """True when higher than wide."""
        return self.height > self.width

    @cached_property
    def gap(self) -> int:
        """Space between things that can be touched, in px."""
        return self.mm(3.6)

    @cached_property
    def strip(self) -> Box:
        """The strip to press, at the kiosk's place: 26 mm of a roomy panel, 20.5 mm of others."""
        short_mm = min(self.width, self.height) * self.panel_mm / self.width
        high = round((26.0 if short_mm >= ROOMY_MM else 20.5) * self.width / self.panel_mm)
        return Box(0, self.height - high, self.width, high)

    @cached_property
    def back(self) -> Box:
        """The way back, in the banner."""
        return Box(self.mm(9), self.mm(7), self.mm(38), self.mm(15))

    def body(self, banner_mm: float) -> Box:
        """Return the room between a banner of that height and the strip."""
        margin, top = self.mm(9), self.mm(banner_mm + 7)
        return Box(margin, top, self.width - 2 * margin, self.strip.top - self.mm(7) - top)

    def tiles(self, area: Box, count: int, columns: int, most_mm: float = 140.0) -> list[Box]:
        """Return `count` places side by side in rows that fill `area`, none higher than `most_mm`."""
        rows = max(1, math.ceil(count / columns))
        wide = (area.width - self.gap * (columns - 1)) // columns
        high = min(self.mm(most_mm), (area.height - self.gap * (rows - 1)) // rows)
        return [
            Box(
                area.left + i % columns * (wide + self.gap),
                area.top + i // columns * (high + self.gap),
                wide,
                high,
            )
            for i in range(count)
        ]

    def split(self, area: Box, top_height: int) -> tuple[Box, Box]:
        """Return the uppermost `top_height` px of an area, and what is left below a gap."""
        rest = top_height + self.gap
        return (
            Box(area.left, area.top, area.width, top_height),
            Box(area.left, area.top + rest, area.width, max(0, area.height - rest)),
        )
