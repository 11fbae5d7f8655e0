"""Numbers as people say them over a telephone: digit by digit, in small groups. Nothing else is changed."""

from __future__ import annotations

import re

from kiosk.words.numbers import plain

LONGEST_GROUP = 4

# Groups of digits with hyphens between them, perhaps with a country code or a vanity word at the end.
_GROUPED = re.compile(r"(?<![\w-])\+?\d+(?:-\d+)+(?:-[A-Z]+)?(?![\w-])")
# A short code such as 911, as a word of its own: no part of a price, a time or a decimal.
_SHORT = re.compile(r"(?<![\w$€.,/+-])(?<!\d:)\d{3}(?![\w:/%-]|[.,]\d)")
_LONG = re.compile(r"\d{5,}")
_LEAST_DIALLED = 7  # "8-16" or "24-7" is no telephone number


def said(text: str) -> str:
    """Return a text of the screen as it is spoken: "866-555-0123" is "8 6 6, 5 5 5, 0 1 2 3"."""
    text = _GROUPED.sub(_grouped, plain(text))
    text = _SHORT.sub(lambda match: _spelled(match.group()), text)
    text = _LONG.sub(lambda match: ", ".join(map(_spelled, _groups(match.group()))), text)
    lines = filter(None, map(str.strip, text.replace(" · ", ", ").splitlines()))
    return " ".join(line if line[-1] in ".:;!?" else f"{line}." for line in lines)


def _grouped(match: re.Match[str]) -> str:
    number = match.group()
    if sum(map(str.isdigit, number)) < _LEAST_DIALLED and not number[-1].isalpha():
        return number
    return ", ".join(_spelled(group) if group.strip("+").isdigit() else group for group in number.split("-"))


def _spelled(digits: str) -> str:
    return " ".join(digits)


def _groups(digits: str) -> list[str]:
    """Return a long run in groups as people say it: 13149932777 is 1, 314, 993, 2777."""
    found = []
    if len(digits) == 11:
        found, digits = [digits[0]], digits[1:]
    while len(digits) > LONGEST_GROUP:
        found.append(digits[:3])
        digits = digits[3:]
    return [*found, digits]
