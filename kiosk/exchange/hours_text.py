"""Hours as feeds write them, in the form of our files; what does not fit stays a sentence. Never 24 hours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.content.hours import DAYS, MIDNIGHT
from kiosk.exchange.feed.rows import Body
from kiosk.exchange.hsds import TO_MIDNIGHT

_CLOCK = re.compile(
    r"(\d{1,2})(?::(\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?m?\.?\s*(?:Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE | re.ASCII,
)
_BYDAY = {day: place for place, day in enumerate(("mo", "tu", "we", "th", "fr", "sa", "su"))}


@dataclass(frozen=True, slots=True)
class Times:
    """Days of the week (0 is Monday) and minutes after midnight of one schedule of a feed."""

    days: frozenset[int]
    opens: int
    closes: int


def times_of(schedule: Body) -> Times | None:
    """Return the weekly times of a schedule, None when it is anything but plain weekly hours."""
    is_weekly = schedule.get("freq", "WEEKLY").upper() == "WEEKLY"
    if not is_weekly or schedule.get("interval", "1") not in ("1", "1.0"):
        return None
    if "odd" in schedule or "valid_to" in schedule:
        return None
    days = frozenset(_BYDAY.get(day.strip().lower()[:2], 7) for day in schedule.get("byday", "").split(","))
    opens, closes = _minutes(schedule.get("opens_at", "")), _minutes(schedule.get("closes_at", ""))
    if not days or 7 in days or opens is None or closes is None:
        return None
    if schedule.get("notes") == TO_MIDNIGHT and closes == MIDNIGHT - 1:
        closes = MIDNIGHT
    return Times(days, opens, closes) if opens < closes else None


def _minutes(clock: str) -> int | None:
    if not (match := _CLOCK.fullmatch(clock.strip())):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    elif match[2] is None:
        return None
    total = hour * 60 + minute
    return total if minute < 60 and total <= MIDNIGHT else None


def lines_of(all_times: Iterable[Times]) -> tuple[str, ...]:
    """Return weekly times as our files write them: "Mon-Fri 8:30-16:00", days of one time together."""
    by_time: dict[tuple[int, int], set[int]] = {}
    for times in all_times:
        by_time.setdefault((times.opens, times.closes), set()).update(times.days)
    return tuple(
        f"{run} {_clock(opens)}-{_clock(closes)}"
        for (opens, closes), days in by_time.items()
        for run in _runs(days)
    )


def _runs(days: set[int]) -> Iterable[str]:
    first = None
    for day in range(8):
        if day in days:
            first = day if first is None else first
        elif first is not None:
            yield DAYS[first] if first == day - 1 else f"{DAYS[first]}-{DAYS[day - 1]}"
            first = None


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
