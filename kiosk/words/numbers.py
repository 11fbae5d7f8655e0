"""Numbers inside running text: kept in one piece and in their own order in every script."""

from __future__ import annotations

import re

LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_ISOLATE = "\u2069"
NO_BREAK_HYPHEN = "\u2011"

# A telephone number or short code: digits in groups, perhaps with a vanity word ("1-866-5-MOVANS").
_NUMBER = re.compile(r"(?<![\w-])\+?\d(?:[\d-]*[\dA-Z])?(?:-[A-Z]{3,})?(?![\w-])")


def isolate(number: str) -> str:
    """Wrap a number so that Arabic text around it cannot turn its groups backwards (UAX #9, 2.4.2)."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{number}{POP_ISOLATE}"


def isolate_numbers(text: str) -> str:
    """Wrap each telephone number in a text; numbers of one or two digits need nothing."""
    return _NUMBER.sub(_wrapped, text)


def _wrapped(match: re.Match[str]) -> str:
    number = match.group()
    return isolate(number.replace("-", NO_BREAK_HYPHEN)) if len(number) > 2 else number


def plain(text: str) -> str:
    """Undo `isolate_numbers`: the text as it was authored."""
    bare = text.replace(LEFT_TO_RIGHT_ISOLATE, "").replace(POP_ISOLATE, "")
    return bare.replace(NO_BREAK_HYPHEN, "-")
