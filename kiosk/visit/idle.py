"""When a visit is asked "Still here?" and when it ends, worked out from times handed in.

Seconds throughout; the caller's clock counts up and is never set back. Product rules: 60 s, or 120 s for
somebody who reads larger text, listens or uses keys, or 45 s with a code on screen, then 20 s more.
"""

from __future__ import annotations

from typing import NamedTuple

from kiosk.visit.actions import AskStillHere, End
from kiosk.visit.places import LobbyPlace, Place
from kiosk.visit.visit import TextSize, Visit

CODE_S = 45
UNHURRIED_FACTOR = 2


class IdleLimits(NamedTuple):
    """The site's own times in seconds: until the question (30 to 300), then until the end (20 to 45)."""

    still_here_after_s: int = 60
    end_after_s: int = 20
    start: tuple[Place, ...] = (LobbyPlace(),)


def patience_s(visit: Visit, shows_code: bool, limits: IdleLimits) -> int:
    """Seconds without a touch until Still here?

    Somebody who needs larger text, the voice or keys also needs longer with a code: the longer time wins.
    """
    if visit.by_keys or visit.speaks or visit.size is not TextSize.NORMAL:
        return limits.still_here_after_s * UNHURRIED_FACTOR
    return min(CODE_S, limits.still_here_after_s) if shows_code else limits.still_here_after_s


def quiet_limit_s(visit: Visit, shows_code: bool, limits: IdleLimits) -> int | None:
    """Seconds without a touch until `after_quiet` is due; None while there is nothing to end."""
    if visit == Visit(trail=limits.start):
        return None
    if visit.asking:
        return limits.end_after_s
    if visit == Visit():  # after Hide on a site that starts on Help: the lobby stands as long as any visit
        return limits.still_here_after_s + limits.end_after_s
    return patience_s(visit, shows_code, limits)


def after_quiet(visit: Visit, limits: IdleLimits) -> AskStillHere | End:
    """What happens when the quiet limit has passed."""
    return End(limits.start) if visit.asking or visit == Visit() else AskStillHere()
