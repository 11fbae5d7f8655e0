"""Times, days and dates the way a language says them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kiosk.words.catalog import Words

NOON = 12 * 60
MIDNIGHT = 24 * 60
BY_24_HOURS = frozenset({"bs", "vi", "zh"})
"""Languages whose {hour} runs from 0 to 23; the others say it by twelve and add the half of the day.

Digits are 0 to 9 in all of them, in Arabic too: they are those of a telephone's keys and of clocks here.
"""


def time_of_day(words: Words, minutes: int) -> str:
    """Return minutes after midnight (0 to 1440) as a time: "8:30 a.m.", "noon"."""
    if minutes in {0, MIDNIGHT}:
        return words("clock.midnight")
    if minutes == NOON:
        return words("clock.noon")
    hour, rest = divmod(minutes, 60)
    half = "am" if hour < 12 else "pm"
    shown = hour if words.language in BY_24_HOURS else (hour - 1) % 12 + 1
    if rest:
        return words(f"clock.{half}_minutes", hour=shown, minutes=f"{rest:02d}")
    return words(f"clock.{half}", hour=shown)


def weekday(words: Words, day: int) -> str:
    """Return the name of a day, 0 being Monday."""
    return words(f"weekday.d{day}")


def days(words: Words, byday: Sequence[int]) -> str:
    """Return days in one phrase: "Monday to Friday", "Saturday", "Every day"."""
    if len(byday) == 7:
        return words("clock.every_day")
    if len(byday) > 2 and list(byday) == list(range(byday[0], byday[-1] + 1)):
        return words("clock.day_range", first=weekday(words, byday[0]), last=weekday(words, byday[-1]))
    return ", ".join(weekday(words, day) for day in byday)


def opening(words: Words, byday: Sequence[int], opens_at: int, closes_at: int) -> str:
    """Return one weekly opening: "Monday to Friday: 8:30 a.m. to 4 p.m."."""
    return words(
        "clock.range",
        days=days(words, byday),
        opens=time_of_day(words, opens_at),
        closes=time_of_day(words, closes_at),
    )


def day_of(words: Words, day: date) -> str:
    """Return a date: "November 20, 2026"."""
    return words("clock.date", month=words(f"month.m{day.month}"), day=day.day, year=day.year)
