"""Numbers out of what feeds write into a phone: extensions, letters, several numbers, words of its kind.

What is not understood is never shown and never guessed: it makes the number unsure, or leaves it out. The
words of a feed beside a number are looked at for what kind of line it is, and then forgotten, since they
hold names of persons.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kiosk.content.model import PhoneKind
from kiosk.content.phones import SHORT_CODES, digits_of, hyphenated, spelled, spelling_problem
from kiosk.exchange.phone_pieces import (
    ASIDE,
    CODE,
    COSTS,
    FAX,
    Piece,
    Tail,
    as_label,
    bar_before,
    bar_in,
    costs,
    pieces_of,
)

EMPTY = "a number is empty"
NO_NUMBER = "a number is not one that can be dialled here"
NOT_TEXT = "five or six digits, but nothing says that it takes text messages"
LONGEST_NUMBER = 200
LONGEST_NOTE = 2_000
"""Characters that are looked at; the longest number known, with its words, has 80."""

_TYPES = {
    **dict.fromkeys(("text", "sms", "text message", "texting"), PhoneKind.TEXT),
    **dict.fromkeys(("textphone", "tty", "tdd", "tty/tdd", "tdd/tty", "tt"), PhoneKind.TTY),
    **dict.fromkeys(("video", "videophone", "video phone", "vp"), PhoneKind.VIDEO),
    **dict.fromkeys(("voice", "hotline", "main", "toll free", "toll-free", "phone", "work"), PhoneKind.VOICE),
}
_WORDS_OF = (
    (PhoneKind.TTY, re.compile(r"\b(?:tty|tdd|textphone|text telephone)\b", re.IGNORECASE)),
    (PhoneKind.VIDEO, re.compile(r"\b(?:video ?phone|vp|video relay)\b", re.IGNORECASE)),
    (PhoneKind.TEXT, re.compile(r"\b(?:text|texting|sms|text message|text line)\b", re.IGNORECASE)),
)
_FOREIGN = re.compile(r"\+(?!1\D*\d{3})\d")
_BOTH = re.compile(r"\bv(?:oice)?\s*(?:/|&|and|or)\s*t|t\w*\s*(?:/|&|and|or)\s*v(?:oice)?\b", re.IGNORECASE)
_LETTERS = re.compile(
    r"(?<![A-Za-z\d])(?:1[\s.-]*)?\(?([2-9]\d{2})(?:\)[\s.-]*|[\s.-]+)([A-Za-z\d]+(?:-[A-Za-z\d]+)*)(?![A-Za-z\d])",
    re.ASCII,
)
_AGAIN = re.compile(r"\(\s*([\d -]{4,14})\s*\)")
_SHORT = re.compile(r"(?<!\d)(\d)[ .-]?(\d)[ .-]?(\d)(?![ .-]?\d)", re.ASCII)
_TEXT_IT = r"\b[Tt](?:ext|EXT)(?:ing)?\s+(?:the\s+word\s+)?"
_KEYWORD = re.compile(rf"{_TEXT_IT}([A-Z][A-Z0-9]{{1,19}})\s+to\b", re.ASCII)
_ANY_KEYWORD = re.compile(rf"{_TEXT_IT}[\"']([A-Za-z0-9]{{1,20}})[\"']\s+to\b", re.ASCII)
_IDLE = re.compile(
    r"\b(?:tel|telephone|phone|ph|voice|main|office|line|number|no|toll|free|hotline|crisis|business|local|or|and"
    r"|tty|tdd|vp|video|videophone|text|sms|to|hearing|impaired|day|night|after|hours|us|usa|call|dial|relay|at)\b|\W|_",
    re.IGNORECASE,
)
_UNKNOWN_WORD = re.compile(
    r"(?<![\w-])(?!(?:tel|telephone|phone|ph|voice|main|office|toll|free|hotline|crisis|tty|tdd|vp|video|text|sms|fax|ext"
    r"|extension|x|xopt|opt|option|press|or|and|to)(?![^\W\d]))[^\W\d_][\w'-]*(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """One number as it would be authored. `extension` is "Extension 12" or "Press 2" as a label says it.

    `unsure` are the reasons for which staff must look, in words.
    """

    kind: PhoneKind
    number: str
    shown_as: str = ""
    extension: str = ""
    keyword: str = ""
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """What a feed says of a number besides its digits."""

    type: str
    description: str
    extension: str
    vanity: str


def numbers_in(
    number: str, type_: str = "", description: str = "", extension: str = "", vanity: str = ""
) -> tuple[tuple[FoundNumber, ...], tuple[str, ...]]:
    """Return the numbers that a feed's phone holds, and the reason for each that is left out.

    There is always a number or a reason.
    """
    if len(number) > LONGEST_NUMBER:
        return (), (NO_NUMBER,)
    text = _readable(number)
    words = _Words(type_.strip().lower(), description[:LONGEST_NOTE], extension.strip(), vanity.strip())
    if not text:
        return (), (EMPTY,)
    if reason := FAX if words.type in ("fax", "pager") else bar_before(description):
        return (), (reason,)
    if pieces := pieces_of(text):
        return _of_pieces(pieces, words)
    if reason := bar_in(text):
        return (), (reason,)
    found = _spelled(text, words) or _short(text, words)
    return found, () if found else (NOT_TEXT if CODE.fullmatch(text) else NO_NUMBER,)


def _readable(number: str) -> str:
    """A number in plain signs: digits of any script as 0 to 9, one kind of hyphen, nothing hidden."""
    text = unicodedata.normalize("NFKC", number)
    text = "".join(
        str(unicodedata.digit(sign))
        if (kind := unicodedata.category(sign)) == "Nd"
        else sign
        if kind[0] != "C"
        else " "
        for sign in text
    )
    return re.sub(r"[‐‑‒–—−·•]", "-", text).replace('"', " ").removeprefix("tel:").strip()


def _kind(text: str, words: _Words) -> tuple[PhoneKind, tuple[str, ...]]:
    """The kind of a line, and what is unsure about it: a word at the number goes before the feed's type."""
    told = _TYPES.get(words.type)
    near = [kind for kind, pattern in _WORDS_OF if pattern.search(text)]
    if near == [PhoneKind.TTY] and _BOTH.search(text):
        return PhoneKind.VOICE, ("it takes voice and TTY: look in the source, and add a row for TTY",)
    if len(near) > 1:
        return told or near[0], ("several kinds of line in one number: look in the source which it is",)
    if near:
        wrong = told is not None and told not in (near[0], PhoneKind.VOICE)
        return near[0], ("the feed's type says another kind of line",) if wrong else ()
    about = [kind for kind, pattern in _WORDS_OF if pattern.search(words.description)]
    if told is None:
        why = "the feed does not say what kind of line" if not words.type else "its kind of line is not known"
        doubt = (f"{why}; perhaps {about[0]}" if about else why,)
        return PhoneKind.VOICE, doubt
    if told is PhoneKind.VOICE and about:
        return told, (f"its note speaks of {about[0]}",)
    return told, ()


def _of_pieces(pieces: tuple[Piece, ...], words: _Words) -> tuple[tuple[FoundNumber, ...], tuple[str, ...]]:
    found: list[FoundNumber] = []
    reasons: list[str] = []
    for piece in pieces:
        reason = bar_in(f"{piece.before} {piece.rest}") or (COSTS if costs(piece.number) else "")
        if reason:
            reasons.append(reason)
        elif one := _one(piece, words, is_alone=len(pieces) == 1):
            found.append(one)
        else:
            reasons.append(NO_NUMBER)
    if len(pieces) > 1:
        found = [_with(each, "several numbers stood in one: look which is whose") for each in found]
    return tuple(found), tuple(reasons)


def _one(piece: Piece, words: _Words, *, is_alone: bool) -> FoundNumber | None:
    own = f"{piece.before} {piece.rest}"
    kind, doubt = _kind(own, words)
    doubts = list(doubt)
    try:
        number = hyphenated(piece.number, text_code=kind is PhoneKind.TEXT)
    except ValueError:
        return None
    extension = as_label(piece.extension, is_option=piece.is_option)
    if is_alone and words.extension:
        given = as_label(words.extension, is_option=False)
        if extension and extension != given:
            doubts.append("two extensions: look which is right")
        extension = extension or given
        if not given:
            doubts.append("its extension is no number: look in the source")
    keyword = _keyword(own, words if is_alone else None) if kind is PhoneKind.TEXT else ""
    if _IDLE.sub("", (own.replace(keyword, "", 1) if keyword else own)):
        doubts.append("words beside the number were left out: look in the source")
    if ASIDE.search(own):
        doubts.append("it may be a number that is kept secret: look in the source")
    shown_as = words.vanity if is_alone else ""
    if shown_as and spelling_problem(shown_as, digits_of(number, text_code=True)):
        shown_as, doubts = "", [*doubts, "its spelling with letters does not match the number"]
    return FoundNumber(kind, number, shown_as, extension, keyword, tuple(doubts))


def _spelled(text: str, words: _Words) -> tuple[FoundNumber, ...]:
    """ "1-800-799-SAFE (7233)": ten digits, three letters or more, and no 0 or 1 among the letters."""
    for match in _LETTERS.finditer(text):
        letters = match[2].strip("-")
        shown_as = f"{match[1]}-{letters}".upper()
        if sum(sign.isalpha() for sign in letters) < 3:
            continue
        digits = spelled(shown_as)
        try:
            number = hyphenated(digits)
        except ValueError:
            continue
        if spelling_problem(shown_as, digits):
            continue
        one = "1-" if match[0].startswith("1") else ""
        rest = text[match.end() :]
        if (again := _AGAIN.search(rest)) and not digits.endswith(re.sub(r"\D", "", again[1])):
            return ()
        kind, doubts = _kind(text[: match.start()] + (rest := _AGAIN.sub("", rest)), words)
        tail = Tail.of(rest)
        extension = as_label(tail.extension, is_option=tail.is_option)
        doubts = (*doubts, "the digits were counted from the letters: compare them with the source")
        return (FoundNumber(kind, one + number, one + shown_as, extension, "", doubts),)
    return ()


def _short(text: str, words: _Words) -> tuple[FoundNumber, ...]:
    kind, doubts = _kind(text, words)
    if (match := _SHORT.search(text)) and (code := "".join(match.groups())) in SHORT_CODES:
        tail = Tail.of(text[match.end() :])
        if not _IDLE.sub("", text[: match.start()] + tail.rest):
            label = as_label(tail.extension, is_option=True)
            return (FoundNumber(kind, code, extension=label, unsure=doubts),)
    codes = CODE.findall(text)
    if kind is PhoneKind.TEXT and len(codes) == 1 and re.sub(r"\D", "", text) == codes[0].replace("-", ""):
        code = codes[0].replace("-", "")
        return (FoundNumber(kind, code, keyword=_keyword(text, words), unsure=doubts),)
    return ()


def _keyword(text: str, words: _Words | None) -> str:
    for each in (text, words.description if words else ""):
        if match := _KEYWORD.search(each) or _ANY_KEYWORD.search(each):
            return match[1]
    return ""


def for_eyes(number: str) -> str:
    """Return a feed's number for staff to look at, without words that may be a name."""
    text = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in number)
    return " ".join(_UNKNOWN_WORD.sub("...", text).split())[:80]


def _with(found: FoundNumber, doubt: str) -> FoundNumber:
    return FoundNumber(
        found.kind, found.number, found.shown_as, found.extension, found.keyword, (*found.unsure, doubt)
    )
