"""Telephone numbers of North America as people write, say and spell them. Never dials and never guesses."""

from __future__ import annotations

import re

SHORT_CODES = frozenset({"211", "311", "511", "711", "911", "988"})
"""The three-digit numbers that work by themselves in the United States."""

_HYPHENS = re.compile(r"[‐‑‒–—−]")
_WITH_EXTENSION = re.compile(
    r"((?:\+?1[ .-]*)?\(?\d{3}\)?[ .-]*\d{3}[ .-]*\d{4})[ ,;.-]*(?:extension|ext|x|#)[ .:#-]*(\d{1,7})",
    re.IGNORECASE | re.ASCII,
)
_GROUPED = re.compile(r"(1-)?(\d{3})-(\d{3})-(\d{4})", re.ASCII)
_UNGROUPED = re.compile(r"1?\d{10}", re.ASCII)
_TEXT_CODE = re.compile(r"\d{5,6}", re.ASCII)
_LETTERS = ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ")
_KEYPAD = {letter: str(key) for key, letters in enumerate(_LETTERS, 2) for letter in letters}
_LOOK_ALIKES = str.maketrans("OoIl", "0011")
_VANITY = re.compile(r"[A-Za-z0-9-]+")


def hyphenated(number: str, text_code: bool = False) -> str:
    """The number as it is shown: "314-993-2777", "1-866-566-8267", "911", "88788".

    `text_code` allows the five- or six-digit codes that only take text messages.
    Raises ValueError, in words for its author, for anything else.
    """
    plain = _HYPHENS.sub("-", number)
    if plain in SHORT_CODES or (text_code and _TEXT_CODE.fullmatch(plain)):
        return plain
    if _UNGROUPED.fullmatch(plain):
        plain = _grouped(plain)
    if not (match := _GROUPED.fullmatch(plain)):
        raise ValueError(_why_not(number))
    area, exchange = match[2], match[3]
    if area == "900":
        raise ValueError(f'"{number}" costs its callers money; take it out')
    if area[0] in "01" or exchange[0] in "01" or "11" in (area[1:], exchange[1:]):
        raise ValueError(f'"{number}" is no number that can be dialled; compare every digit with the source')
    return plain


def digits_of(number: str, text_code: bool = False) -> str:
    """What is dialled: ten digits without a leading 1, or a short code. Raises ValueError as `hyphenated`."""
    digits = hyphenated(number, text_code).replace("-", "")
    return digits[1:] if len(digits) == 11 else digits


def spelled(shown_as: str) -> str:
    """The digits that a spelling such as "1-866-5-MOVANS" dials, without a leading 1.

    Raises ValueError when it holds anything but letters, digits and hyphens.
    """
    plain = _HYPHENS.sub("-", shown_as)
    if not _VANITY.fullmatch(plain):
        raise ValueError(
            f'"{shown_as}" may only hold letters, digits and hyphens; write it as 1-866-5-MOVANS'
        )
    digits = "".join(_KEYPAD.get(sign.upper(), sign) for sign in plain if sign != "-")
    return digits[1:] if plain.startswith("1-") or (len(digits) == 11 and digits[0] == "1") else digits


def spelling_problem(shown_as: str, digits: str) -> str | None:
    """Why `shown_as` does not spell `digits`, naming the letter or digit that is wrong; None when it does."""
    try:
        dialled = spelled(shown_as)
    except ValueError as error:
        return str(error)
    if mistaken := _digit_among_letters(shown_as):
        return mistaken
    if len(dialled) != len(digits):
        return f'"{shown_as}" spells {len(dialled)} digits, but the number has {len(digits)}; compare the two'
    signs = [sign for sign in shown_as if sign.isalnum()][-len(dialled) :]
    for sign, has, wants in zip(signs, dialled, digits, strict=True):
        if has != wants:
            stands = f'"{sign}" in "{shown_as}" stands for {has}, but the number has {wants} there'
            return f"{stands}; correct the spelling or the number"
    return None


def _digit_among_letters(shown_as: str) -> str | None:
    for group in shown_as.split("-"):
        if match := re.search(r"(?<=[A-Za-z])[01]|[01](?=[A-Za-z])", group):
            letter = "O" if match[0] == "0" else "I"
            word = "zero" if match[0] == "0" else "one"
            return (
                f'a digit "{match[0]}" ({word}) stands among the letters of "{shown_as}"; '
                f"write the letter {letter} and compare the number"
            )
    return None


def _grouped(digits: str) -> str:
    last = f"{digits[-10:-7]}-{digits[-7:-4]}-{digits[-4:]}"
    return f"1-{last}" if len(digits) == 11 else last


def _pairs(number: str) -> str:
    """Say which digit belongs where a letter that looks like it stands."""
    letters = dict.fromkeys(letter for letter in number if ord(letter) in _LOOK_ALIKES)
    return ", ".join(f"{letter.translate(_LOOK_ALIKES)} for the letter {letter}" for letter in letters)


def _why_not(number: str) -> str:
    digits = re.sub(r"\D", "", number, flags=re.ASCII)
    alike = number.translate(_LOOK_ALIKES)
    if alike != number and (_GROUPED.fullmatch(alike) or _UNGROUPED.fullmatch(alike)):
        return f'"{number}" has a letter among its digits; write the digit {_pairs(number)}'
    if match := _WITH_EXTENSION.fullmatch(number):
        apart = f'number = "{_grouped(re.sub(r"[^0-9]", "", match[1]))}" and label = "Extension {match[2]}"'
        return f'"{number}" has an extension; write {apart}'
    if re.search(r"[A-Za-z]", number):
        return f'"{number}" has letters; write the digits here and the letters in shown_as'
    if len(digits) == 10 or (len(digits) == 11 and digits[0] == "1"):
        return f'"{number}" must be written with digits and hyphens; write "{_grouped(digits)}"'
    return (
        f'"{number}" is not a telephone number; write ten digits as "314-993-2777", or a code such as "911"'
    )
