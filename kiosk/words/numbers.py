"""Numbers inside running text: kept in one piece and in their own order in every script."""

from __future__ import annotations

import re

LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_ISOLATE = "\u2069"
NO_BREAK_HYPHEN = "\u2011"

# A telephone number or short code: digits in groups, perhaps with a vanity word ("1-866-5-MOVANS").
_NUMBER = re.compile(r"(?<![\w-])\+?\d(?:[\d-]*[\dA-Z])?(?:-[A-Z]{3,})?(?![\w-])")

_LETTER = re.compile(r"[A-Za-z]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08FF]")
# From a Latin letter, with house numbers before it, to the last letter or digit before Arabic goes on.
_LATIN_RUN = re.compile(
    f"{LEFT_TO_RIGHT_ISOLATE}[^{POP_ISOLATE}]*{POP_ISOLATE}"  # what is wrapped already
    r"|(?:\d+ )*[A-Za-z](?:[\w .,&'\u2019/:-]*[A-Za-z0-9])?",
    re.ASCII,
)


def isolate(number: str) -> str:
    """Wrap a number so that Arabic text around it cannot turn its groups backwards (UAX #9, 2.4.2)."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{number}{POP_ISOLATE}"


def isolate_numbers(text: str) -> str:
    """Wrap each telephone number in a text; numbers of one or two digits need nothing."""
    return _NUMBER.sub(_wrapped, text)


def _wrapped(match: re.Match[str]) -> str:
    number = match.group()
    return isolate(number.replace("-", NO_BREAK_HYPHEN)) if len(number) > 2 else number


def isolate_latin(text: str) -> str:
    """Wrap names, addresses and other Latin words in Arabic text, each run of them with its numbers.

    Without it "10 N Tucker Blvd" shows its 10 at the other end, and an English sentence its full stop.
    """
    return "\n".join(_latin_isolated(line) for line in text.split("\n"))


def _latin_isolated(line: str) -> str:
    if not _RIGHT_TO_LEFT.search(line):
        return line if line.isalnum() or not _LETTER.search(line) else isolate(line)
    return _LATIN_RUN.sub(_isolated_once, line)


def _isolated_once(match: re.Match[str]) -> str:
    found = match.group()
    return found if found.startswith(LEFT_TO_RIGHT_ISOLATE) else isolate(found)


def plain(text: str) -> str:
    """Undo the isolation: the text as it was authored."""
    bare = text.replace(LEFT_TO_RIGHT_ISOLATE, "").replace(POP_ISOLATE, "")
    return bare.replace(NO_BREAK_HYPHEN, "-")
