"""What the measuring screen says. English only; no visitor sees it."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from kiosk.ui.theme import HIGHEST_REACH_MM, LEAST_IN_REACH_MM

INCH_MM: Final = 25.4
DIFFERS: Final = 0.04
"""More than this between card and panel is told."""


class Stage(Enum):
    """What is asked."""

    CARD = auto()
    HEIGHT = auto()


TITLES: Final = {
    Stage.CARD: "Hold a bank card flat against the glass",
    Stage.HEIGHT: "How high is the panel above the floor?",
}
HOW: Final = {
    Stage.CARD: "Drag the right line until the card fits exactly between the two lines. Keys: arrows move "
    "the line, Enter goes on, Escape ends.",
    Stage.HEIGHT: "Measure to the lower edge of the lit glass. Keys: arrows change it, Enter writes it, "
    "Delete leaves it as it is, Backspace goes back, Escape ends.",
}


def told_of_card(width_mm: float, says_mm: int | None) -> str:
    """Return the width of the panel, with a word where the panel says another of itself."""
    said = f"The panel is {width_mm:.1f} mm wide ({inches(width_mm)} in)."
    if says_mm and abs(says_mm - width_mm) > DIFFERS * width_mm:
        return f"{said} It says {says_mm} mm of itself; a card is right more often."
    return said


def told_of_height(lower_mm: int) -> str:
    """Return the height, with a word where nobody who sits could use the panel."""
    said = f"{lower_mm} mm ({inches(lower_mm)} in)."
    if lower_mm + LEAST_IN_REACH_MM > HIGHEST_REACH_MM:
        return f"{said} That is too high: a person who sits cannot reach it. Mount it lower."
    return said


def longest(stage: Stage, says_mm: int | None) -> str:
    """Return the longest of what may be told, so that room can be kept and nothing jumps."""
    if stage is Stage.HEIGHT:
        return told_of_height(1388)
    return told_of_card(2888.8 if says_mm else 288.8, says_mm)


def inches(length_mm: float) -> str:
    """Return a length as a tape shows it, to the eighth of an inch: "29 1/8"."""
    whole, eighths = divmod(round(length_mm / INCH_MM * 8), 8)
    parts = {0: "", 2: " 1/4", 4: " 1/2", 6: " 3/4"}
    return f"{whole}{parts.get(eighths, f' {eighths}/8')}"
