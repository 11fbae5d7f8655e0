"""Text as it is compared: without case, accents, marks, kinds of digits and doubled letters.

The same folding makes the index and what is typed, so that a plain keyboard finds every spelling.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Final

# What no decomposition (NFKD) tells apart from its plain letter.
_ALIKE: Final = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "ø": "o",
        "ł": "l",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "\u0671": "\u0627",  # alef wasla
        "\u0649": "\u064a",  # alef maksura, and both forms of ya used in Persian keyboards
        "\u06cc": "\u064a",
        "\u06a9": "\u0643",  # keheh for kaf
        "\u0629": "\u0647",  # ta marbuta for ha, as it is often typed
        "\u0640": "",  # tatweel stretches a word and means nothing
        "'": "",  # "women's" is one word
        "\u2019": "",
        "\u02bc": "",
    }
)
_LEFT_OUT: Final = frozenset({"Mn", "Me", "Cf", "Co", "Cs", "Cn"})
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUN: Final = re.compile(f"([{_HAN}]+)|([^\\W_{_HAN}]+)")
_TWICE: Final = re.compile(r"([^\W\d_])\1+")


class _Plain(dict[int, str]):
    """What becomes of each sign; worked out when a sign is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        kind = unicodedata.category(sign)
        digit = str(unicodedata.digit(sign)) if kind == "Nd" else sign
        self[code] = "" if kind in _LEFT_OUT else digit
        return self[code]


_PLAIN: Final = _Plain()


def fold(text: str) -> str:
    """Return text without what typing it may leave out."""
    if text.isascii():
        return text.lower().replace("'", "")
    spread = unicodedata.normalize("NFKD", text).casefold().translate(_ALIKE)
    return unicodedata.normalize("NFKD", spread).translate(_PLAIN)


def words_of(text: str) -> list[str]:
    """Return the words of a text: letters or digits between anything else; Chinese as single signs and pairs.

    A doubled letter counts once, so that "accomodation" and a second tap that the screen left out both find
    "accommodation". Digits stay as they are.
    """
    return [
        word for han, other in _RUN.findall(fold(text)) for word in (_signs(han) if han else (_once(other),))
    ]


def asked_words(text: str) -> list[str]:
    """Return the words to look up for what was typed: of Chinese, pairs, since their signs are in them."""
    found: list[str] = []
    for han, other in _RUN.findall(fold(text)):
        found += _pairs(han) or [han] if han else [_once(other)]
    return list(dict.fromkeys(found))


def _once(word: str) -> str:
    return _TWICE.sub(_one_of, word)


def _one_of(found: re.Match[str]) -> str:
    """Return the letter: as a template, `re` would look it up anew for each of a million words."""
    return found[1]


def _signs(han: str) -> list[str]:
    return [*han, *_pairs(han)]


def _pairs(han: str) -> list[str]:
    return [one + two for one, two in pairwise(han)]
