"""The one value that holds everything a visitor chose. It is replaced whole, never changed or written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.content.model import ServiceId
from kiosk.visit.places import LobbyPlace, Place

LONGEST_TRAIL = 20
MOST_KEPT = 8
MOST_RATE = 7
MOST_VOLUME = 10


class TextSize(StrEnum):
    """Capital heights of 5.2, 6.75 and 8.75 mm (VVSG 2.0, 7.1-G, and the product's own floor)."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


class Look(StrEnum):
    """The colour themes: at least 10:1; 20:1 dark on light; 20:1 light on dark; low glare."""

    DEFAULT = "default"
    HIGH_LIGHT = "high-light"
    HIGH_DARK = "high-dark"
    LOW_GLARE = "low-glare"


class Paper(StrEnum):
    """What became of the slip that was asked for on this page."""

    NONE = "none"
    COMING = "coming"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, repr=False)
class Visit:
    """One visitor's state. `asking` covers it with Still here?

    `language`, `rate` (1 to MOST_RATE) and `volume` (1 to MOST_VOLUME) are None for the site's own.
    """

    trail: tuple[Place, ...] = (LobbyPlace(),)
    kept: tuple[ServiceId, ...] = ()
    language: str | None = None
    size: TextSize = TextSize.NORMAL
    look: Look = Look.DEFAULT
    by_keys: bool = False
    speaks: bool = False
    rate: int | None = None
    volume: int | None = None
    asking: bool = False
    paper: Paper = Paper.NONE

    def __repr__(self) -> str:
        """Say nothing, so that no log or traceback can tell what a visitor did."""
        return "Visit(...)"

    @property
    def place(self) -> Place:
        """Where the visitor is now."""
        return self.trail[-1]
