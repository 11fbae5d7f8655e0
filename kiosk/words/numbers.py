"""Numbers and foreign words inside running text: kept in one piece and in their own order in every script.

What stands in another language than the page is between two marks that nobody sees (UAX #9): they keep its
full stop at its end in Arabic, and tell the voice where another voice has to speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LEFT_TO_RIGHT_ISOLATE = "\u2066"
LEFT_TO_RIGHT_MARK = "\u200e"
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
NO_BREAK_HYPHEN = "\u2011"

# A telephone number or short code: digits in groups, perhaps with a vanity word ("1-866-5-MOVANS").
_NUMBER = re.compile(r"(?<![\w-])\+?\d(?:[\d-]*[\dA-Z])?(?:-[A-Z]{3,})?(?![\w-])")

_OPENING = (LEFT_TO_RIGHT_ISOLATE, FIRST_STRONG_ISOLATE)
_PLAIN = str.maketrans(
    {**dict.fromkeys((*_OPENING, POP_ISOLATE, LEFT_TO_RIGHT_MARK), ""), NO_BREAK_HYPHEN: "-"}
)
_SPOKEN = re.compile(r"\w")
_LETTER = re.compile(r"[A-Za-z]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08FF]")
# From a Latin letter, with house numbers before it, to the last letter or digit before Arabic goes on.
_LATIN_RUN = re.compile(r"(?:\d+ )*[A-Za-z](?:[\w .,&'\u2019/:-]*[A-Za-z0-9])?", re.ASCII)


def isolate(number: str) -> str:
    """Wrap a number so that Arabic text around it cannot turn its groups backwards (UAX #9, 2.4.2)."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{number}{POP_ISOLATE}"


def isolate_numbers(text: str) -> str:
    """Wrap each telephone number in a text; numbers of one or two digits need nothing."""
    return _NUMBER.sub(_wrapped, text)


def _wrapped(match: re.Match[str]) -> str:
    number = match.group()
    return isolate(number.replace("-", NO_BREAK_HYPHEN)) if len(number) > 2 else number


def foreign(text: str) -> str:
    """Mark a text that is in another language than the page, line by line: no mark reaches over a line."""
    lines = text.split("\n")
    return "\n".join(f"{FIRST_STRONG_ISOLATE}{line}{POP_ISOLATE}" if line else line for line in lines)


def foreign_english(text: str) -> str:
    """Mark English on a page of another language; it runs from the left, also where it begins with a date."""
    lines = text.split("\n")
    return "\n".join(foreign(f"{LEFT_TO_RIGHT_MARK}{line}") if line else line for line in lines)


def isolate_latin(text: str) -> str:
    """Wrap names, addresses and other Latin words in Arabic text, each run of them with its numbers.

    Without it "10 N Tucker Blvd" shows its 10 at the other end, and an English sentence its full stop.
    """
    return "\n".join(_latin_isolated(line) for line in text.split("\n"))


def _latin_isolated(line: str) -> str:
    if not _RIGHT_TO_LEFT.search(line):
        alone = line.isalnum() or not _LETTER.search(line) or _is_wrapped(line)
        return line if alone else isolate(line)
    return "".join(
        run if depth else _LATIN_RUN.sub(lambda match: isolate(match.group()), run)
        for run, depth, _ in _levels(line)
    )


def _is_wrapped(line: str) -> bool:
    return all(depth for _, depth, _ in _levels(line))


def _levels(text: str) -> Iterator[tuple[str, int, bool]]:
    """Yield the pieces between the marks, each mark with what it opens or ends: text, depth, is foreign."""
    opened: list[str] = []
    piece = ""
    for sign in text:
        if sign in _OPENING:
            if piece:
                yield piece, len(opened), FIRST_STRONG_ISOLATE in opened
            piece = sign
            opened.append(sign)
        elif sign == POP_ISOLATE and opened:
            yield piece + sign, len(opened), FIRST_STRONG_ISOLATE in opened
            piece = ""
            opened.pop()
        else:
            piece += sign
    if piece:
        yield piece, len(opened), FIRST_STRONG_ISOLATE in opened


def by_language(text: str) -> list[tuple[str, bool]]:
    """Return the text in runs, without marks: those in another language than the page are (run, True)."""
    runs: list[tuple[str, bool]] = []
    for piece, _, is_foreign in _levels(text):
        shown = plain(piece)
        if runs and (runs[-1][1] == is_foreign or not _SPOKEN.search(shown)):
            runs[-1] = (runs[-1][0] + shown, runs[-1][1])
        elif runs and not _SPOKEN.search(runs[-1][0]):
            runs[-1] = (runs[-1][0] + shown, is_foreign)
        elif shown:
            runs.append((shown, is_foreign))
    return runs


def mended(first: str, rest: str) -> tuple[str, str]:
    """Return both parts of a text that was cut; marks that are open at the cut end there and begin anew."""
    opened: list[str] = []
    for sign in first:
        if sign in _OPENING:
            opened.append(sign)
        elif sign == POP_ISOLATE and opened:
            opened.pop()
    return first + POP_ISOLATE * len(opened), "".join(opened) + rest if rest else rest


def plain(text: str) -> str:
    """Undo the isolation: the text as it was authored."""
    return text.translate(_PLAIN)
