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

EMPTY = "a number is empty"
FAX = "a number is for fax or pager"
NO_NUMBER = "a number is not one that can be dialled here"
NOT_TEXT = "five or six digits, but nothing says that it takes text messages"
LONGEST_NUMBER = 200
LONGEST_NOTE = 2_000
"""Characters that are looked at; the longest number known, with its words, has 80."""

PRIVATE = "a number is marked as private"

_TYPES = {
    **dict.fromkeys(("text", "sms", "text message", "texting"), PhoneKind.TEXT),
    **dict.fromkeys(("textphone", "tty", "tdd", "tty/tdd", "tdd/tty", "tt"), PhoneKind.TTY),
    **dict.fromkeys(("video", "videophone", "video phone", "vp"), PhoneKind.VIDEO),
    **dict.fromkeys(("voice", "hotline", "main", "toll free", "toll-free", "phone", "work"), PhoneKind.VOICE),
}
_NOT_TAKEN = re.compile(r"\b(?:fax|facsimile|pager|beeper|telex|modem)\b", re.IGNORECASE)
_WORDS_OF = (
    (PhoneKind.TTY, re.compile(r"\b(?:tty|tdd|textphone|text telephone)\b", re.IGNORECASE)),
    (PhoneKind.VIDEO, re.compile(r"\b(?:video ?phone|vp|video relay)\b", re.IGNORECASE)),
    (PhoneKind.TEXT, re.compile(r"\b(?:text|texting|sms|text message|text line)\b", re.IGNORECASE)),
)
_TEN = re.compile(r"(?<!\d)(?:\+?1[\s./-]*)?\(?([2-9]\d{2})\)?[\s./-]*(\d{3})[\s./-]*(\d{4})(?!\d)", re.ASCII)
_FOREIGN = re.compile(r"\+(?!1\D*\d{3})\d")
_LETTERS = re.compile(
    r"(?<![A-Za-z\d])(?:1[\s.-]*)?\(?([2-9]\d{2})\)?[\s.-]+([A-Za-z\d]+(?:-[A-Za-z\d]+)*)(?![A-Za-z\d])",
    re.ASCII,
)
_AGAIN = re.compile(r"\(\s*([\d -]{4,14})\s*\)")
_CODE = re.compile(r"(?<!\d)(\d{5,6})(?!\d)", re.ASCII)
_TEXT_IT = r"\b[Tt](?:ext|EXT)(?:ing)?\s+(?:the\s+word\s+)?"
_KEYWORD = re.compile(rf"{_TEXT_IT}([A-Z][A-Z0-9]{{1,19}})\s+to\b", re.ASCII)
_ANY_KEYWORD = re.compile(rf"{_TEXT_IT}[\"']([A-Za-z0-9]{{1,20}})[\"']\s+to\b", re.ASCII)
_EXTENSION = re.compile(
    r"^[\s,.;:(-]*(?:ext(?:ension|n)?|x|#|,+|;ext=|opt(?:ion)?|press|then|pin)[\s.:=#-]*"
    r"(?:opt(?:ion)?|#|no\.?)?[\s.:-]*"
    r"(\d{1,7})\b\)?",
    re.IGNORECASE | re.ASCII,
)
_IS_OPTION = re.compile(r"opt|press|then", re.IGNORECASE)
_IDLE = re.compile(
    r"\b(?:tel|telephone|phone|ph|voice|main|office|line|number|no|toll|free|hotline|crisis|business|local|or|and"
    r"|tty|tdd|vp|video|videophone|text|sms|to|hearing|impaired|day|night|after|hours|us|usa|call|at)\b|\W|_",
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
) -> tuple[tuple[FoundNumber, ...], str]:
    """Return the numbers that a feed's phone holds, and the reason when there is none."""
    text = unicodedata.normalize("NFKC", number[:LONGEST_NUMBER])
    text = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    text = re.sub(r"[‐‑‒–—−]", "-", text).replace('"', " ").removeprefix("tel:").strip()
    if len(number) > LONGEST_NUMBER:
        return (), NO_NUMBER
    words = _Words(type_.strip().lower(), description[:LONGEST_NOTE], extension.strip(), vanity.strip())
    if not text:
        return (), EMPTY
    if words.type in ("fax", "pager") or _NOT_TAKEN.search(text) or _NOT_TAKEN.match(description.strip()):
        return (), FAX
    found = _ten_digits(text, words) or _spelled(text, words) or _short(text, words)
    if found:
        return found, ""
    return (), NOT_TEXT if _CODE.fullmatch(text) else NO_NUMBER


def _kind(text: str, words: _Words) -> tuple[PhoneKind, tuple[str, ...]]:
    """The kind of a line, and what is unsure about it: a word at the number goes before the feed's type."""
    told = _TYPES.get(words.type)
    near = [kind for kind, pattern in _WORDS_OF if pattern.search(text)]
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


def _ten_digits(text: str, words: _Words) -> tuple[FoundNumber, ...]:
    matches = list(_TEN.finditer(text))
    if not matches or _FOREIGN.search(text):
        return ()
    found = []
    for place, match in enumerate(matches):
        until = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        rest = text[match.end() : until]
        before = text[matches[place - 1].end() if place else 0 : match.start()]
        own = f"{before} {rest}" if len(matches) == 1 else rest if place else f"{before} {rest}"
        one = _one(match, rest, before, _kind(own, words), words if len(matches) == 1 else None)
        if one is None:
            return ()
        found.append(one)
    if len(found) > 1:
        found = [_with(each, "several numbers stood in one: look which is whose") for each in found]
    return tuple(found)


def _one(
    match: re.Match[str],
    rest: str,
    before: str,
    kind: tuple[PhoneKind, tuple[str, ...]],
    words: _Words | None,
) -> FoundNumber | None:
    digits = "-".join(match.groups())
    has_one = re.match(r"1[\s.-]" if digits[0] != "8" else r"\+?1", match[0]) is not None
    try:
        number = hyphenated(f"1-{digits}" if has_one else digits)
    except ValueError:
        return None
    doubts = list(kind[1])
    extension, rest = _extension(rest)
    if words and words.extension:
        own = _as_label(words.extension, is_option=False)
        if extension and extension != own:
            doubts.append("two extensions: look which is right")
        extension = extension or own
        if not own:
            doubts.append("its extension is no number: look in the source")
    if _IDLE.sub("", before + rest):
        doubts.append("words beside the number were left out: look in the source")
    shown_as = words.vanity if words and words.vanity else ""
    if shown_as and spelling_problem(shown_as, digits_of(number)):
        shown_as, doubts = "", [*doubts, "its spelling with letters does not match the number"]
    keyword = _keyword(f"{before} {rest}", words) if kind[0] is PhoneKind.TEXT else ""
    return FoundNumber(kind[0], number, shown_as, extension, keyword, tuple(doubts))


def _extension(rest: str) -> tuple[str, str]:
    match = _EXTENSION.match(rest)
    if not match:
        return "", rest
    return _as_label(match[1], _IS_OPTION.search(match[0]) is not None), rest[match.end() :]


def _as_label(extension: str, is_option: bool) -> str:
    digits = re.fullmatch(r"(?:x|ext\.?|extension)?\s*(\d{1,7})(?:\.0)?", extension, re.IGNORECASE | re.ASCII)
    if not digits:
        return ""
    return f"Then press {digits[1]}" if is_option else f"Extension {digits[1]}"


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
        extension, rest = _extension(rest)
        doubts = (*doubts, "the digits were counted from the letters: compare them with the source")
        return (FoundNumber(kind, one + number, one + shown_as, extension, "", doubts),)
    return ()


def _short(text: str, words: _Words) -> tuple[FoundNumber, ...]:
    kind, doubts = _kind(text, words)
    bare = re.sub(r"[^\d]", "", text)
    if bare in SHORT_CODES and not _IDLE.sub("", text.replace(bare, "", 1)):
        return (FoundNumber(kind, bare, unsure=doubts),)
    codes = _CODE.findall(text)
    if kind is PhoneKind.TEXT and len(codes) == 1 and bare == codes[0]:
        return (FoundNumber(kind, codes[0], keyword=_keyword(text, words), unsure=doubts),)
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
