"""What one site is: what the kiosk is called there, how large it is, what its lobby shows.

Values only: the file that says so is read by `site_file`, whose code a page does without.
"""

from __future__ import annotations

from enum import StrEnum

from kiosk.content.model import CategoryId, Text
from kiosk.fittings import USUAL_STRIKE, DoubleStrike, KeyCodes, Printer
from kiosk.later import dataclass
from kiosk.site_keys import site_key

KNOWN_LANGUAGES = site_key("site", "languages").choices
MOTIFS = site_key("look", "motif").choices
DEFAULT_BRAND = str(site_key("look", "brand").default)
LEAST_CONTRAST = 10.0
"""The contrast that white must have on the brand colour, as a WCAG 2 ratio."""


class Start(StrEnum):
    """The page a visit begins with. Hide covers with the lobby in either case."""

    LOBBY = "lobby"
    HELP = "help"


@dataclass(frozen=True)
class Tile:
    """One tile of the lobby: its own page of lines, or (`opens_help`) the way to the directory."""

    id: str
    icon: str
    title: Text
    hint: Text
    lines: tuple[Text, ...]
    opens_help: bool


@dataclass(frozen=True)
class Here:
    """Where to go in this building for one need: a note on top of that category's page."""

    category: CategoryId
    text: Text


@dataclass(frozen=True)
class Speech:
    """A voice for those who ask for it: its pace and loudness in steps, and the key that turns it on.

    `headset` is the input device of the jack; None where nobody knows what is plugged in.
    """

    rate: int
    volume: int
    start_key: str | None
    headset: str | None = None


@dataclass(frozen=True)
class Settings:
    """One site. Times are seconds, lengths are millimetres, colours are "#RRGGBB"."""

    id: str
    name: Text
    welcome: Text
    lead: Text
    operator: Text
    time_zone: str
    languages: tuple[str, ...]
    start: Start
    is_demo: bool
    tiles: tuple[Tile, ...]
    here: tuple[Here, ...]
    category_order: tuple[CategoryId, ...]
    brand: str
    motif: str
    panel_width_mm: float | None
    still_here_after_s: int
    end_after_s: int
    hide_key: str | None
    speech: Speech | None = None
    lower_edge_mm: float | None = None
    keys: KeyCodes = ()
    assistive_technology: bool = False
    printer: Printer | None = None
    double_strike: DoubleStrike = USUAL_STRIKE
