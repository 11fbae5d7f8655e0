"""What an authored text may be made of: visible characters, plain words, no markup."""

from __future__ import annotations

import re
import unicodedata

TEXT_LIMITS = {
    "hint": 60,
    "summary": 160,
    "offers": 240,
    "eligibility": 200,
    "cost": 120,
    "languages": 120,
    "area": 120,
    "address": 120,
}
"""The longest text of each key of an entry, in characters."""
LONGEST_LABEL = 40
"""Of a number, in characters."""
LONGEST_TITLE = 80
"""Of the steps of a guide, in characters; other titles are shorter."""

_CURLY = "“”‘’"
_HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_SHORT = 80  # characters: names and lines of a list, which cannot go on on another page
_WIDEST = 2.0  # ordinary letters that the widest sign takes the room of
_EMPTY = frozenset({0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0})
_FORMS = ((0xFB50, 0xFDFF), (0xFE70, 0xFEFE), (0xFF01, 0xFFEF))
"""Arabic letters as they were once cast, and letters and digits as wide as a Chinese sign."""
_MARKUP = (
    (re.compile(r"<[A-Za-z/!][^>]*>?"), "HTML"),
    (re.compile(r"&(?:[A-Za-z]+|#\d+);"), "HTML"),
    (re.compile(r"\*\*|__|`|~~|\]\("), "Markdown"),
    (re.compile(r"^(?:#{1,6}|[-*+>])\s"), "Markdown"),
    (re.compile(r"(?<!\w)[*_]\w[^*_]*[*_](?!\w)"), "Markdown"),
)
_MARKS = re.compile(r"[<&*_`~\]#+>]|^-")
"""One of these signs is in whatever `_MARKUP` finds."""


def odd_character(text: str) -> str | None:
    """What is wrong with the first character that may not be used in a file, or None. Tabs are let pass."""
    if text.isprintable() and not any(quote in text for quote in _CURLY):  # nearly every text
        return None
    for letter in text:
        if letter in _CURLY:
            return f"curly quotes are not allowed ({_name(letter)}); type the straight \" or ' instead"
        if letter == "\t":
            continue
        if unicodedata.category(letter) in _HIDDEN:
            return (
                f"an invisible character is hidden here ({_name(letter)}); delete it and type the words again"
            )
    return None


def _not_shown(text: str) -> str | None:
    """What is wrong with the first sign that fonts may lack, or that looks like another one.

    A sign that no font has is drawn as a box of any height, which has pushed buttons off a page.
    """
    for letter in text if not text.isascii() else "":
        code = ord(letter)
        if unicodedata.category(letter) == "Nd" and not letter.isascii():
            return f"a digit of another script stands here ({_name(letter)}); type 0 to 9"
        if code in _EMPTY or 0xFE00 <= code <= 0xFE0F:
            return f"a sign that shows nothing stands here ({_name(letter)}); delete it"
        if code > 0xFFFF:
            return f"screens may lack this sign ({_name(letter)}); write words instead"
        if any(first <= code <= last for first, last in _FORMS):
            return f"screens may lack this form of a letter ({_name(letter)}); type the plain letters instead"
    return None


def _room(text: str) -> float:
    """How many ordinary letters take the room of a text: names in capitals have pushed buttons off a page."""
    return sum(
        1.8
        if sign in "MW@%—…"
        else 1.35
        if sign.isupper()
        else _WIDEST
        if unicodedata.east_asian_width(sign) in "WF"
        else 1.0
        for sign in text
    )


def markup_in(text: str) -> str | None:
    """ "HTML" or "Markdown" when a text carries marks of it, else None."""
    if not _MARKS.search(text):  # nearly every text
        return None
    return next((kind for pattern, kind in _MARKUP if pattern.search(text)), None)


def text_problems(text: str, limit: int) -> tuple[str, ...]:
    """Everything wrong with a text of at most `limit` characters, each "what is wrong; what to write"."""
    if not text.strip():
        return ("the text is empty; write it, or delete the whole line if it is not required",)
    if "\n" in text:
        return ("a line end stands in the text; write all of it on one line, and \\\\ for a backslash",)
    found = [odd_character(text) or _not_shown(text)]
    if "\t" in text:
        found.append("a tab stands in the text; write a space instead")
    if text != text.strip():
        found.append("the text begins or ends with a space; delete it")
    if kind := markup_in(text):
        found.append(f"this looks like {kind}; write plain words without marks")
    if len(text) > limit:
        found.append(f"the text has {len(text)} characters; shorten it to at most {limit}")
    elif len(text) * _WIDEST > (room := limit * (1.03 if limit <= _SHORT else 1.1)) and _room(text) > room:
        wide = "its capitals and wide letters take the room of more"
        found.append(f"the text may have {limit} characters, and {wide}; write small letters, or shorten it")
    return tuple(problem for problem in found if problem)


def _name(letter: str) -> str:
    return f"U+{ord(letter):04X} {unicodedata.name(letter, 'control character')}"
