"""Sizes in millimetres, in one place. No widget names a pixel itself.

Millimetres come from the panel's measured width in the site file, never from a reported resolution.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from kiosk.later import dataclass
from kiosk.ui.colours import Colours
from kiosk.visit.visit import Look, TextSize

# The first that has a letter gives it: Latin and digits always come from Noto Sans, in every language.
FAMILIES: Final = (
    "Noto Sans",
    "Noto Sans Arabic UI",  # made for narrow lines
    "Noto Sans Arabic",
    "Noto Sans CJK SC",
    *("Noto Sans Ethiopic", "Noto Sans Devanagari UI", "Noto Sans Devanagari"),  # only on interpreter cards
    *("Noto Sans Myanmar UI", "Noto Sans Myanmar"),
    "DejaVu Sans",
)
GUESSED_DIAGONAL_IN: Final = 21.5  # used only when the site file does not say how wide the panel is
HIGHEST_REACH_MM: Final = 1220.0  # above the floor: 48 in (ADA 308; 508 407.8)
LEAST_IN_REACH_MM: Final = 200.0  # what a page needs; a panel mounted still higher keeps this much
REFERENCE_SHORT_SIDE_MM: Final = 268.0  # a 21.5 inch panel; larger panels are read from farther away

# Capital heights in millimetres (508 402.4: at least 4.8; VVSG 2.0 7.1-G for the steps).
CAPITALS_MM: Final = {TextSize.NORMAL: 5.2, TextSize.LARGE: 6.75, TextSize.LARGEST: 8.75}
TITLE_MM: Final = {TextSize.NORMAL: 9.6, TextSize.LARGE: 10.5, TextSize.LARGEST: 11.5}
HEADING_TO_TEXT: Final = {TextSize.NORMAL: 1.25, TextSize.LARGE: 1.12, TextSize.LARGEST: 1.06}
NUMBER_MM: Final = 19.0
HEADING_LINE: Final = 1.2
TEXT_LINE: Final = 1.36


@dataclass(frozen=True)
class Panel:
    """The lit glass: size in logical pixels, and how many of them make a millimetre.

    Nothing to touch stands higher than `reach_top` px from the top: a person who sits could not reach it.
    """

    width: int
    height: int
    px_per_mm: float
    reach_top: int = 0

    @classmethod
    def measured(
        cls, width: int, height: int, width_mm: float | None, lower_edge_mm: float | None = None
    ) -> Panel:
        """Return the panel; without a measured width a 21.5 inch diagonal is assumed."""
        if width_mm is None:
            diagonal = (width**2 + height**2) ** 0.5
            return cls(width, height, diagonal / (GUESSED_DIAGONAL_IN * 25.4))
        px_per_mm = width / width_mm
        too_high = max(0.0, (lower_edge_mm or 0.0) + height / px_per_mm - HIGHEST_REACH_MM)
        most = max(0.0, height / px_per_mm - LEAST_IN_REACH_MM)
        return cls(width, height, px_per_mm, math.ceil(min(too_high, most) * px_per_mm))

    @property
    def is_portrait(self) -> bool:
        """True when higher than wide."""
        return self.height > self.width

    @property
    def short_side_mm(self) -> float:
        """The shorter side in millimetres."""
        return min(self.width, self.height) / self.px_per_mm

    @property
    def height_mm(self) -> float:
        """The height in millimetres."""
        return self.height / self.px_per_mm


@dataclass(frozen=True)
class Theme:
    """Everything a widget needs to know about size and colour."""

    panel: Panel
    size: TextSize
    look: Look
    colours: Colours
    motif: str = "arch"
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight

    @property
    def is_mirrored(self) -> bool:
        """True for scripts that run from the right."""
        return self.direction is Qt.LayoutDirection.RightToLeft

    @cached_property
    def scale(self) -> float:
        """Panels larger than the reference are read from farther away: grow with the root of the size."""
        return max(1.0, math.sqrt(self.panel.short_side_mm / REFERENCE_SHORT_SIDE_MM))

    def mm(self, millimetres: float) -> int:
        """Return whole pixels for a length on a panel of the reference size."""
        return max(1, round(millimetres * self.scale * self.panel.px_per_mm))

    @cached_property
    def gap(self) -> int:
        """Space between things that can be touched (at least 3 mm)."""
        return self.mm(3.6 if self.is_roomy else 3.0)

    @cached_property
    def margin(self) -> int:
        """Space to the edges of the glass."""
        return self.mm(9.0 if self.is_roomy else 4.5)

    @cached_property
    def padding(self) -> int:
        """Space inside a card."""
        return self.mm(6.0 if self.is_roomy else 3.0 if self.is_low else 4.0)

    @cached_property
    def strip_height(self) -> int:
        """The Hide strip: at least 20 mm."""
        return self.mm(26.0 if self.is_roomy else 20.5)

    @cached_property
    def control(self) -> int:
        """The least height of anything that can be touched (VVSG 2.0: 12.7 mm)."""
        return self.mm(15.0 if self.is_roomy else 13.0)

    @cached_property
    def small_icon(self) -> int:
        """An icon beside a line of text: it grows with the text."""
        return self.mm(8.5 * (CAPITALS_MM[self.size] / CAPITALS_MM[TextSize.NORMAL]) ** 0.7)

    @cached_property
    def is_roomy(self) -> bool:
        """False on panels of about 10 inches, where every millimetre counts."""
        return self.panel.short_side_mm >= 180

    @property
    def is_cramped(self) -> bool:
        """True where larger letters leave a small panel room for little: what is sought comes first there."""
        return not self.is_roomy and self.size is not TextSize.NORMAL

    @cached_property
    def is_low(self) -> bool:
        """True on panels so low that banner, title and hints give way to text."""
        return self.panel.height_mm < 150

    @cached_property
    def text(self) -> QFont:
        """Running text."""
        return self._font(CAPITALS_MM[self.size], bold=False)

    @cached_property
    def strong(self) -> QFont:
        """Running text that matters more."""
        return self._font(CAPITALS_MM[self.size], bold=True)

    @property
    def print(self) -> QFont:
        """The payload under a code: to be compared, not read, so one size for everybody."""
        return self._font(CAPITALS_MM[TextSize.NORMAL], bold=False)

    @cached_property
    def heading(self) -> QFont:
        """Headings of tiles, rows and cards."""
        if self.is_low:
            return self.strong
        grown = HEADING_TO_TEXT[self.size] if self.is_roomy else 1.0 + (HEADING_TO_TEXT[self.size] - 1) / 2
        return self._font(CAPITALS_MM[self.size] * grown, bold=True)

    @cached_property
    def step_number(self) -> QFont:
        """The number in its circle, which does not grow with the text."""
        return self._font(6.5 if self.is_roomy else 4.8, bold=True)

    @cached_property
    def strip_font(self) -> QFont:
        """The one word on the strip: always the same size, so that the strip never changes."""
        return self._font(6.5, bold=True)

    @cached_property
    def title(self) -> QFont:
        """The title in the banner; it shrinks before any text does."""
        return self._font(TITLE_MM[self.size] if self.is_roomy else self._banner_mm() * 1.08, bold=True)

    @cached_property
    def control_label(self) -> QFont:
        """The labels of the banner's controls, which must fit their height."""
        return self._font(min(self._banner_mm(), CAPITALS_MM[TextSize.LARGE]), bold=True)

    def _banner_mm(self) -> float:
        """Return the capital height of small banners: on low panels it does not grow with the text."""
        return CAPITALS_MM[TextSize.NORMAL if self.is_low else self.size]

    def key(self, size: TextSize) -> QFont:
        """Return the font of the sign on a key: it grows with the text as far as the key allows."""
        return self._font(CAPITALS_MM[size], bold=False)

    def poster(self, shrink: float) -> QFont:
        """Return the font of a sentence to be read across a counter, times `shrink`."""
        return self._font(self._poster_mm * shrink, bold=True)

    @property
    def poster_least(self) -> float:
        """The share of the largest poster that is as high as running text."""
        return CAPITALS_MM[self.size] / self._poster_mm

    @property
    def _poster_mm(self) -> float:
        return 17.0 if self.is_roomy else 11.0

    def number(self, capital_mm: float = NUMBER_MM) -> QFont:
        """Return the font of a number to be copied by hand, with figures of one width."""
        return self._font(capital_mm, bold=True)

    def _font(self, capital_mm: float, *, bold: bool) -> QFont:
        font = plain_font(bold=bold)
        font.setPixelSize(max(6, round(capital_mm * self.scale * self.panel.px_per_mm / capital_ratio())))
        return font


def plain_font(*, bold: bool) -> QFont:
    """Return the kiosk's typeface in one of its two weights."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


_RATIO: list[float] = []


def capital_ratio() -> float:
    """Return the capital height of the typeface in ems, measured once (Noto Sans: 0.714)."""
    if not _RATIO:
        font = plain_font(bold=False)
        font.setPixelSize(1000)
        _RATIO.append(QFontMetricsF(font).capHeight() / 1000)
    return _RATIO[0]
