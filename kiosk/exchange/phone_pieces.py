"""One phone of a feed cut into its numbers, each with its own words, and the words that bar a number.

"314-555-0100; 314-555-0101 (fax)" is one line to call and one to leave out. Nothing is guessed here: what
two numbers may share makes both unsure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

FAX = "a number is for fax or pager"
PRIVATE = "a number is marked as private"
GONE = "a number is marked as out of service"
COSTS = "a number costs its callers money"

ASIDE = re.compile(r"confidential|undisclosed|secret", re.IGNORECASE)
"""Words that say either that a call or that a number is kept secret: only a person can tell which."""

TEN = re.compile(r"(?<!\d)(?:\+?1[\s./-]*)?\(?([2-9]\d{2})\)?[\s./-]*(\d{3})[\s./-]*(\d{4})(?!\d)", re.ASCII)
CODE = re.compile(r"(?<![\d-])(\d{5,6}|\d{3}-\d{3})(?![\d-])", re.ASCII)
_TEXTS = re.compile(r"\b(?:text|txt|texting|sms)\b", re.IGNORECASE)
_ABROAD = frozenset(
    (
        *("242", "246", "264", "268", "284", "345", "441", "473", "649", "658"),
        *("664", "721", "758", "767", "784", "809", "829", "849", "868", "869", "876"),
    )
)
"""Area codes of islands that are dialled like ours and charged as calls abroad (NANPA)."""
_FOREIGN = re.compile(r"\+(?!1\D*\d{3})\d")
_NOT_TAKEN = re.compile(
    r"\b(?:(?:e-?|tele)?fax|fx|facsimile|pager|beeper|telex|modem)\b|\bf(?=\s*[:.]|\s*$|\s+\(?\d)|\(f\)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:private(?! practice| non)|personal|unlisted|unpublished|home(?! health| care| visit|\W+to\b)"
    r"|cell(?:ular)?|mobile(?! crisis| unit| clinic| team| outreach)|internal(?! medicine)|office use"
    r"|(?:law enforcement|professionals?|providers?|agency(?: use)?|admin(?:istration)?) only|back ?line"
    r"|staff (?:only|use|line)|not for (?:the )?public|do not (?:publish|list|share|give|use))\b"
    r"|\([chm]\)",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:disconnected|discontinued|(?:no longer|out of|not) (?:in )?service|old(?= ?(?:number|no\b|#|:))"
    r"|formerly|previously|was(?=\W*$)|moved to|changed|not working|inactive|invalid|wrong number"
    r"|obsolete)(?!\w)",
    re.IGNORECASE,
)
_BARS = ((_NOT_TAKEN, FAX), (_OWN, PRIVATE), (_GONE, GONE))
_BETWEEN = re.compile(r"[;,/|&]|\b(?:or|and)\b", re.IGNORECASE)
_EXTENSION = re.compile(
    r"^[\s,.;:(-]*(?:ext(?:ension|n)?s?|x|#|,+|;ext=|opt(?:ion)?s?|press|then|pin)[\s.:=#-]*"
    r"(?:opt(?:ion)?|#|no\.?)?[\s.:-]*"
    r"(\d{1,7}(?:\s*(?:or|and|&|/)\s*\d{1,7}(?!\d|\s*(?:[ap]\.?m|h|:|[-./)]\s*\d)))?)\b\)?",
    re.IGNORECASE | re.ASCII,
)
_IS_OPTION = re.compile(r"opt|press|then", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:x|ext\.?|extension)?\s*(\d{1,7})(?:\.0)?(?:\s*(or|and|&|/)\s*(\d{1,7}))?", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a number: its extension as it is written, "" for none, and the words after that."""

    extension: str
    is_option: bool
    rest: str

    @staticmethod
    def of(words: str) -> Tail:
        """Return the tail in the words behind a number."""
        match = _EXTENSION.match(words)
        if not match:
            return Tail("", False, words)
        return Tail(match[1], _IS_OPTION.search(match[0]) is not None, words[match.end() :])


@dataclass(frozen=True, slots=True)
class Piece:
    """One number with hyphens, with the words before it and those of its `Tail`."""

    number: str
    before: str
    extension: str
    is_option: bool
    rest: str


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Return the numbers of ten digits in a text, and the codes beside them that take text messages."""
    tens = list(TEN.finditer(text))
    if not tens or _FOREIGN.search(text):
        return ()
    spans = [match.span() for match in tens]
    codes = [
        match
        for match in CODE.finditer(text)
        if not any(begin < match.end() and match.start() < end for begin, end in spans)
        and _TEXTS.search(
            text[max((end for _, end in spans if end <= match.start()), default=0) : match.start()]
        )
    ]
    matches = sorted([*tens, *codes], key=re.Match.start)
    cuts = [_cut(text, one, other, text[: matches[0].start()]) for one, other in pairwise(matches)]
    begins, ends = [0, *(after for _, after in cuts)], [*(before for before, _ in cuts), len(text)]
    return tuple(
        _piece(match, text[begin : match.start()], Tail.of(text[match.end() : end]))
        for match, begin, end in zip(matches, begins, ends, strict=True)
    )


def _piece(match: re.Match[str], before: str, tail: Tail) -> Piece:
    if match.re is CODE:
        number = match[1].replace("-", "")
    else:
        digits = "-".join(match.groups())
        has_one = re.match(r"1[\s.-]" if digits[0] != "8" else r"\+?1", match[0]) is not None
        number = f"1-{digits}" if has_one else digits
    return Piece(number, before, tail.extension, tail.is_option, tail.rest)


def _cut(text: str, one: re.Match[str], other: re.Match[str], first: str) -> tuple[int, int]:
    """Where the words of one number end, and where those of the next begin; `first` stands before all.

    After its extension the last comma or the like parts them. Without any, words belong to the next number
    where they end with a colon, or where the first number has words before it as well.
    """
    between = text[one.end() : other.start()]
    begin = len(between) - len(Tail.of(between).rest)
    signs = list(_BETWEEN.finditer(between, begin))
    if signs:
        return one.end() + signs[-1].start(), one.end() + signs[-1].end()
    to_next = between.rstrip().endswith(":") or any(sign.isalpha() for sign in first)
    at = one.end() + begin if to_next else other.start()
    return at, at


def bar_in(words: str) -> str:
    """Return the reason in the words beside a number why nobody is to call it, "" for none."""
    return next((reason for pattern, reason in _BARS if pattern.search(words)), "")


def bar_before(description: str) -> str:
    """Return the same where the note of a number begins with it: further on it may speak of another line."""
    return next((reason for pattern, reason in _BARS if pattern.match(description.strip())), "")


def costs(number: str) -> bool:
    """True for a number in the form of our files whose callers pay by the minute."""
    area, _, rest = number.removeprefix("1-").partition("-")
    return area == "900" or area in _ABROAD or rest.startswith("976-")


def as_label(extension: str, *, is_option: bool) -> str:
    """Return "Extension 3 or 4" or "Then press 2", "" for what is no number."""
    match = _LABEL.fullmatch(extension)
    if not match:
        return ""
    said = (
        match[1]
        if not match[3]
        else f"{match[1]} {'or' if match[2] in '/&' else match[2].lower()} {match[3]}"
    )
    return f"Then press {said}" if is_option else f"Extension {said}"
