"""What a site has of the machine, as values: its keypad, its printer, its double strikes."""

from __future__ import annotations

from kiosk.keypad import Key
from kiosk.later import dataclass
from kiosk.site_keys import site_key

KeyCodes = tuple[tuple[Key, int], ...]
TURNS = tuple(map(int, site_key("panel", "rotation").choices))
PAPER_DOTS = tuple(map(int, site_key("printer", "width").choices))
"""Dots across paper of 58 mm and of 80 mm, at 203 to the inch."""


@dataclass(frozen=True)
class Printer:
    """A receipt printer at `device`, or a CUPS `queue` of a private `server`; the other is empty."""

    device: str
    queue: str
    server: str
    width: int


@dataclass(frozen=True)
class DoubleStrike:
    """For how many ms a second tap on one spot, and a second press of one key, count for the first."""

    touch_ms: int = int(site_key("double_strike", "touch").default or 0)
    key_ms: int = int(site_key("double_strike", "key").default or 0)


USUAL_STRIKE = DoubleStrike()
