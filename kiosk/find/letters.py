"""The keyboards: which key stands where, for each language. No dictionary, no suggestions, nothing learned.

Matching folds marks and tones away (`kiosk.find.folded`), so Vietnamese needs its base letters only. Chinese
gets A to Z as well: writing Chinese signs needs a dictionary that proposes and learns them, while the names
of organizations are in Latin letters, and everything else is reached by the needs, which are in Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SPACE: Final = " "
ERASE: Final = "\b"
SWITCH: Final = "\t"
"""The key that goes to A to Z and back."""
DIGITS: Final = "1234567890"

# As on the keyboards that people know: also Arabic ones begin on the left.
_ROWS: Final[Mapping[str, tuple[str, str, str]]] = {
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "es": ("qwertyuiop", "asdfghjklñ", "zxcvbnm"),
    "bs": ("qwertzuiopšđ", "asdfghjklčć", "yxcvbnmž"),
    "ar": ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ذءرىةوزظ"),
}
_ALPHABETS: Final[Mapping[str, str]] = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "bs": "abcčćdđefghijklmnopqrsštuvwxyzž",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءةى",
}
OWN_LETTERS: Final = frozenset({"ar"})
"""Languages whose keyboard has no A to Z."""

Key = tuple[str, int]
"""A sign, SPACE, ERASE or SWITCH, and how many columns wide it is."""


def keyboard(language: str, latin: bool, most: int) -> list[list[Key]]:
    """Return rows of keys, at most `most` (8 or more) columns wide.

    Where the rows that people know do not fit, the alphabet runs through rows of `most` keys.
    """
    letters = "en" if latin or language not in _ROWS else language
    tools = [SWITCH] if language in OWN_LETTERS else []
    rows = _ROWS[letters]
    columns = max(len(DIGITS), *map(len, rows))
    if columns > most:
        return _flowing(_ALPHABETS[letters], tools, most)
    found = [[(sign, 1) for sign in row] for row in (DIGITS, *rows)]
    found[-1] += _tools(tools, columns - len(rows[-1]))
    return found


def begins_at_the_right(language: str, latin: bool, most: int) -> bool:
    """Return True for an alphabet that is read from the right; keyboards that people know are not turned."""
    return language in OWN_LETTERS and not latin and most < len(_ROWS["ar"][0])


def _flowing(alphabet: str, tools: list[str], columns: int) -> list[list[Key]]:
    signs = [(sign, 1) for sign in alphabet + DIGITS]
    left = -len(signs) % columns
    if left < len(tools) + 2:
        left += columns
    keys = [*signs, *_tools(tools, left)]
    rows: list[list[Key]] = [[]]
    for key in keys:
        if sum(width for _, width in rows[-1]) + key[1] > columns:
            rows.append([])
        rows[-1].append(key)
    return rows


def _tools(tools: list[str], columns: int) -> list[Key]:
    """Return the keys at the end, together `columns` wide: the space gets what is left over."""
    erase = 2 if columns > 3 + len(tools) else 1
    return [*((tool, 1) for tool in tools), (SPACE, columns - erase - len(tools)), (ERASE, erase)]
