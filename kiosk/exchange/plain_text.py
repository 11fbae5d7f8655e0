"""Texts of a feed as plain words, and what in them must not reach a screen.

A feed's texts are material for staff to read: nothing here makes them fit for visitors.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

from kiosk.content.addresses import looks_like_address
from kiosk.content.persons import person_in
from kiosk.content.wording import text_problems

LONGEST_SHOWN = 1_500
"""Characters of a text in the staging file; a spreadsheet cell takes 32,767, a reader takes less."""

LONGEST_READ = 10_000
"""Characters of a text that are looked at, three times the longest known."""

_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_TURNED = re.compile(r"\b([A-Z][a-z'-]+), ([A-Z][a-z]+)\b")
NAME_LEFT_OUT = "[a name left out]"
"""Stands in the staging file for a sentence of a feed that may name a person."""

_TAG = re.compile(r"<[A-Za-z/!?][^<>]{0,2000}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "‐": "-", "‑": "-"})
_EMAIL = re.compile(r"[\w.+-]{1,64}\s?@\s?[\w-]{1,63}")
_ORDINAL = "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve"
_PLACES = (
    re.compile(r"\b\d{1,6}(?:-?[A-Z])?\s+(?:[NSEW]|North|South|East|West)\b\.?\s+[A-Z]\w+", re.IGNORECASE),
    re.compile(r"(?<![\d-])(?!19|20)\d{4,5}\s+[A-Z][a-z]{2,}|\b\d{1,5}-[A-Z]\s+[A-Z][a-z]+"),
    re.compile(rf"\b(?:{_ORDINAL})\s+[A-Z]\w+\s+(?:Drive|Court|Place|Plaza|Street|Road|Lane|Way|Avenue)\b"),
    re.compile(r"\b(?:RR|R\.R\.|Rural Route)\s*\d|\bP\.?\s?O\.?\s?B\.?\s+\d|\bHwy\.?\s+\d", re.IGNORECASE),
    re.compile(r"\b(?:corner of|intersection of|behind|across from|next (?:to|door to))\s+(?:the\s+)?[A-Z]"),
    re.compile(r"\b\d{1,2}(?:st|nd|rd|th)\s*(?:&|and)\s*[A-Z]|\bmaps\.google|\bgoo\.gl/maps"),
)
"""Places as feeds write them without the word "street"; our own texts are held to `looks_like_address`."""

_ZIP = re.compile(r"\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Fr|Sr|Prof|Atty|Rabbi|Imam|Deacon|Sgt|Det|Detective|Officer|Capt|Lt|Judge|Pastor|Attn)\b[.:]?\s+[A-Z]"
)
_ASKED_FOR = re.compile(
    r"\b(?i:contact|ask for|speak (?:to|with)|attn|attention|director|coordinator|manager|supervisor"
    r"|administrator|c/o|extension of|poc|intake worker|case ?worker|therapist|run by|memory of|e-?mail"
    r"|hablar con|pregunte por|directora?)\b[:,-]?\s+(?:[A-Z][\w'.-]+\s+){0,2}[A-Z][\w'-]+"
)
_HOLDS_OFFICE = re.compile(
    r"\b[A-Z][\w'-]+\.?,\s+(?:(?:Executive|Program|Clinical)\s+)?(?:Director|Coordinator|Manager|CEO)\b"
)
_LETTERED = re.compile(
    r"(?:[A-Za-z],\s*|[a-z]\.?\s+)(?:LCSW|LMSW|MSW|LPC|LMFT|LMHC|Ph\.?D|Psy\.?D|M\.?D|R\.?N|N\.?P|J\.?D|Esq"
    r"|Attorney at Law|Jr|Sr)\b"
)
_OFFICE_OF = re.compile(
    r"\b(?:[Oo]ffices? [Oo]f|[Ee]state [Oo]f|[Oo]wner|[Ff]ounder|[Pp]resident|[Pp]rincipal|[Ss]ecretary"
    r"|[Nn]urse|[Cc]ounsel[lo]+r|[Tt]herapist|[Aa]dvocate|[Cc]hief)\b[:,-]?\s+"
    r"[A-Z][a-z'-]+\s+(?:[A-Z]\.?\s+)?[A-Z][a-z'-]+"
)
_HIDDEN_EMAIL = re.compile(
    r"\be-?mail(?: us)?:? .{0,60}\bat [\w-]{1,63}\.\w{2,10}\b"
    r"|\b[\w.+-]{1,64}\s*[\[({]\s*at\s*[\])}]\s*[\w-]{1,63}|\b[\w.+-]{1,64} at [\w-]{1,63} dot \w{2,10}\b",
    re.IGNORECASE,
)
_DAY_AND_NIGHT = re.compile(
    r"\b24\s*[/|x×-]?\s*(?:7|h\b|hs\b|hr|hour|horas?\b|ore\b|sati?\b|giờ|小时)|\b7\s*/\s*24\b|\bh24\b"
    r"|\btwenty[- ]four[- ]hour|\b(?:a)?round[- ]the[- ]clock\b|\bday\s*(?:and|or|&|/)\s*night\b"
    r"|\b(?:at )?(?:any|all|every) (?:hours?|times?)\b|\banytime\b"
    r"|\ball day,? every[- ]day\b|\ball-day every-day\b"
    r"|\balways (?:open|answers?)\b|\bopen always\b|\babiert[ao] siempre\b|\bsiempre abiert|\bnon-?stop\b"
    r"|\b7 days?\b.{0,20}\b24\b|\bnever closes?\b|\b24/365\b|\b365 days\b"
    r"|\bmidnight (?:to|until|-) midnight\b"
    r"|\b00:?00\s*(?:-|to)\s*(?:24:?00|23:?59)|\b12(?::00)? ?am\s*(?:-|to)\s*(?:12(?::00)? ?am|11:59 ?pm)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<=[.!?;])(?<!\b[A-Z]\.)(?<!\b(?:St|Dr|Mr|Ms|Fr|Sr|Jr|No)\.)(?<!\b(?:Mrs|Rev|Sgt|Det|Ave)\.)"
    r"(?<!\b(?:Prof|Atty|Capt)\.)\s+|\n+"
)
"""Between sentences, not behind an initial or a title: a name or street that is cut in two is not seen."""


def plain(text: str) -> str:
    """Return a text without markup, hidden characters, curly quotes and needless space, its lines kept."""
    for _ in range(3):  # what is escaped twice is markup, too
        unescaped = _TAG.sub(" ", _ENTITY.sub(lambda entity: html.unescape(entity[0]), text))
        if unescaped == text:
            break
        text = unescaped
    lines = text.replace("\r", "\n").translate(_CURLY).split("\n")
    visible = (line if line.isprintable() else "".join(map(_visible, line)) for line in lines)
    return "\n".join(filter(None, (" ".join(line.split()) for line in visible)))


def _visible(letter: str) -> str:
    return " " if unicodedata.category(letter) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") else letter


def as_it_is(text: str) -> str:
    """Return a text of our own as it is, and as `plain` gives it when `check` would not let it pass."""
    return plain(text)[:LONGEST_SHOWN] if text_problems(text, LONGEST_SHOWN) else text


def one_line(text: str) -> str:
    """Return a text as `plain` gives it, on one line."""
    return plain(text).replace("\n", " ")


def says_day_and_night(text: str) -> bool:
    """Whether a text may be read as "open 24 hours"; "24 hours' notice" counts, too: staff decides."""
    return _DAY_AND_NIGHT.search(text) is not None


def has_address(text: str) -> bool:
    """Whether a text holds what may be a postal address, of any state."""
    return looks_like_address(text) or any(sign.search(text) for sign in (_ZIP, *_PLACES))


def has_email(text: str) -> bool:
    """Whether a text holds an e-mail address."""
    text = unicodedata.normalize("NFKC", text)
    return _EMAIL.search(text) is not None or _HIDDEN_EMAIL.search(text) is not None


def names_somebody(text: str) -> bool:
    """Whether a text may name a person: with a title, or after words such as "ask for" and "office of"."""
    signs = (_TITLED, _LETTERED, _OFFICE_OF, _ASKED_FOR, _HOLDS_OFFICE)
    if text.isupper():  # as many feeds write all of their names
        text = f"{text} {text.title()}"
    words = _CAPITALS.sub(lambda word: word[0].title(), text)
    turned = _TURNED.sub(r"\2 \1", words)
    said = (text, words, turned)
    return any(sign.search(text) for sign in signs) or any(map(person_in, said))


def for_staff(text: str, is_a_contact: Callable[[str], bool]) -> str:
    """Return a text for the staging file, without sentences with an address, an e-mail or a person's name.

    `is_a_contact` tells whether a sentence holds the name of one of the feed's contacts.
    """
    kept = []
    for sentence in _SENTENCE.split(plain(text[:LONGEST_READ])):
        if has_email(sentence):
            kept.append("[e-mail left out]")
        elif has_address(sentence):
            kept.append("[address left out]")
        elif names_somebody(sentence) or is_a_contact(sentence):
            kept.append(NAME_LEFT_OUT)
        else:
            kept.append(sentence)
    shown = " ".join(dict.fromkeys(filter(None, kept)))
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]} [shortened]"


def bars_from_screen(text: str, is_a_contact: Callable[[str], bool]) -> str:
    """Return why a name of the feed is not put forward for the screen, "" when nothing speaks against it."""
    if has_email(text):
        return "an e-mail address"
    if has_address(text):
        return "an address"
    if names_somebody(text) or is_a_contact(text):
        return "a person's name"
    return ""
