"""Opening hours: how they are written, and whether a line answers at a given moment.

All times are wall time at the site, so a change to or from daylight saving moves nothing: an office that
opens at 8:30 opens at 8:30. A moment comes in as an aware datetime already in the site's zone; this module
never asks for the time itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from kiosk.content.model import Phone, Schedule
from kiosk.later import dataclass

MIDNIGHT = 24 * 60
"""Minutes after midnight of the end of a day, written 24:00."""

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_LINE = re.compile(r"([A-Z][a-z]{2}(?:-[A-Z][a-z]{2})?) (\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", re.ASCII)
_DAY_AND_NIGHT = re.compile(r"\b24\s*(?:/\s*7|h|-hour)|clock|always|day and night", re.IGNORECASE)
_HOW_TO = 'write it as "Mon-Fri 8:30-16:00" or "Sat 9:00-12:00", by the 24-hour clock'


@dataclass(frozen=True)
class Open24h:
    """Answers day and night."""


@dataclass(frozen=True)
class OpenUntil:
    """Open now until `minutes` after midnight (1440 is midnight) of the day on which it closes."""

    minutes: int


@dataclass(frozen=True)
class Closed:
    """Closed now. Opens next on `weekday` (0 is Monday) at `minutes` after midnight."""

    weekday: int
    minutes: int


@dataclass(frozen=True)
class Unknown:
    """Nobody wrote down the hours."""


OpenState = Open24h | OpenUntil | Closed | Unknown


def parse_hours(line: str) -> Schedule:
    """Read "Mon-Fri 8:30-16:00". Raises ValueError, in words for its author, when it cannot be read."""
    match = _LINE.fullmatch(line)
    if not match and _DAY_AND_NIGHT.search(line):
        always = "write open_24h = true in place of hours, if somebody answers day and night"
        raise ValueError(f'the hours "{line}" cannot be read; {always}')
    if not match:
        raise ValueError(f'the hours "{line}" cannot be read; {_HOW_TO}')
    days = _days(match[1])
    opens, closes = _minutes(match[2], match[3]), _minutes(match[4], match[5])
    if days is None or opens is None or closes is None or opens == MIDNIGHT:
        raise ValueError(f'the hours "{line}" cannot be read; {_HOW_TO}')
    if closes <= opens:
        raise ValueError(
            f'"{line}" closes before it opens; use the 24-hour clock (4 p.m. is 16:00), '
            "and write hours past midnight as two"
        )
    return Schedule(days, opens, closes)


def overlap(schedules: Sequence[Schedule]) -> tuple[int, int] | None:
    """The places in `schedules` of the first two that share a minute of the week, or None."""
    for later, second in enumerate(schedules):
        for earlier, first in enumerate(schedules[:later]):
            same_day = set(first.byday) & set(second.byday)
            if same_day and first.opens_at < second.closes_at and second.opens_at < first.closes_at:
                return earlier, later
    return None


def is_always(schedules: Sequence[Schedule]) -> bool:
    """True when schedules without overlap fill the whole week."""
    return sum(len(s.byday) * (s.closes_at - s.opens_at) for s in schedules) >= 7 * MIDNIGHT


def is_open(schedules: Sequence[Schedule], when: datetime) -> bool:
    """Whether `when`, an aware datetime in the site's zone, falls in the hours. Closing time is closed."""
    return _is_open_at(schedules, *_wall(when))


def next_opening(schedules: Sequence[Schedule], when: datetime) -> tuple[int, int] | None:
    """Weekday (0 is Monday) and minutes after midnight of the first opening after `when`.

    None without hours, and when it never closes. An opening at midnight that only carries on from the
    day before is none.
    """
    weekday, now = _wall(when)
    for ahead in range(8):
        day = (weekday + ahead) % 7
        for start in sorted(s.opens_at for s in schedules if day in s.byday):
            is_later = start > now if ahead == 0 else ahead < 7 or start <= now
            if is_later and not _carries_on(schedules, day, start):
                return day, start
    return None


def state(phone: Phone, when: datetime) -> OpenState:
    """Whether a line answers at `when`, an aware datetime in the site's zone."""
    if phone.open_24h:
        return Open24h()
    if not phone.schedules:
        return Unknown()
    weekday, now = _wall(when)
    if _is_open_at(phone.schedules, weekday, now):
        return OpenUntil(_closing(phone.schedules, weekday, now))
    opening = next_opening(phone.schedules, when)
    return Closed(*opening) if opening else Unknown()


def minute_of_week(when: datetime) -> int:
    """Return the minutes since Monday 0:00."""
    weekday, minutes = _wall(when)
    return weekday * MIDNIGHT + minutes


def _wall(when: datetime) -> tuple[int, int]:
    if when.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    return when.weekday(), when.hour * 60 + when.minute


def _is_open_at(schedules: Sequence[Schedule], weekday: int, minutes: int) -> bool:
    return any(weekday in s.byday and s.opens_at <= minutes < s.closes_at for s in schedules)


def _carries_on(schedules: Sequence[Schedule], weekday: int, start: int) -> bool:
    before = (weekday, start - 1) if start else ((weekday - 1) % 7, MIDNIGHT - 1)
    return _is_open_at(schedules, *before)


def _closing(schedules: Sequence[Schedule], weekday: int, minutes: int) -> int:
    closes = minutes
    for _ in range(7 * len(schedules)):  # back to back hours count as one, also over midnight
        at = closes if closes < MIDNIGHT else 0
        day = weekday if closes < MIDNIGHT else (weekday + 1) % 7
        following = [s.closes_at for s in schedules if day in s.byday and s.opens_at <= at < s.closes_at]
        if not following:
            return closes
        weekday, closes = day, max(following)
    return closes


def _days(words: str) -> tuple[int, ...] | None:
    first, _, last = words.partition("-")
    last = last or first
    if first not in DAYS or last not in DAYS:
        return None
    start, end = DAYS.index(first), DAYS.index(last)
    return tuple(sorted((start + n) % 7 for n in range((end - start) % 7 + 1)))


def _minutes(hour: str, minute: str) -> int | None:
    total = int(hour) * 60 + int(minute)
    return total if int(minute) < 60 and total <= MIDNIGHT else None
