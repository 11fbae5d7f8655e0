"""Texts that look like a postal address. A place that is kept secret must not be given away by a sentence.

Strict on purpose: a sentence too many is written anew in a minute, an address too many cannot be taken back.
"""

from __future__ import annotations

import re
import unicodedata

_PLAIN_STREET = r"(?:road|rd|street|avenue|ave|boulevard|blvd|highway|hwy|parkway|pkwy|lane|ln)"
_ANY_STREET = (
    r"(?:Road|Rd|Street|Avenue|Ave|Boulevard|Blvd|Highway|Hwy|Parkway|Pkwy|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl"
    r"|Way|Terrace|Circle|Cir|Square|Sq|Trail|Plaza"
    r"|St(?!\.?\s+(?:Louis|Charles|Clair|Martha|Francois|Ann|John|Peters|Mary|Vincent|Genevieve)))"
)
_ADDRESSES = (
    re.compile(rf"\b\d{{1,6}}[a-z]?\s+(?:[\w'.-]+\s+){{1,4}}?{_PLAIN_STREET}\b", re.IGNORECASE),
    re.compile(rf"\b\d{{1,6}}[A-Za-z]?,?\s+(?:[A-Z0-9][\w'.-]*\s+){{1,4}}?{_ANY_STREET}\b"),
    re.compile(r"\b(?:[A-Z][a-z'.-]+|\d+(?:st|nd|rd|th))\s+(?:Road|Street|Avenue|Ave|Boulevard|Blvd)\b"),
    re.compile(r"\bp(?:ost)?\.?\s*o(?:ffice)?\.?\s*box\b|\bapartado\b", re.IGNORECASE),
    re.compile(r"\b(?:MO|Missouri)\b[.,]?\s+\d{5}\b", re.IGNORECASE),
    re.compile(r"(?<![\d-])6[3-5]\d{3}(?:-\d{4})?(?![\d-])"),
    re.compile(r"\b(?:suite|apt|apartment|unit)\s+#?\d", re.IGNORECASE),
    re.compile(r"(?<![\d.])-?\d{2}\.\d{4,}"),
)
_JOINERS = re.compile(r"[_+/]|%20|(?<=\w)-(?=[A-Za-z])")


def looks_like_address(text: str) -> bool:
    """True when a text holds what may be a street, a post box, a Missouri ZIP code or map coordinates.

    Also within a web address, whose words are joined by hyphens.
    """
    plain = unicodedata.normalize("NFKC", text)
    apart = _JOINERS.sub(" ", plain)
    return any(pattern.search(form) for form in (plain, apart) for pattern in _ADDRESSES)


def words_of(text: str) -> str:
    """A text or name as lower-case words between single spaces, so that spellings can be compared.

    "Saint" and "St." are one word, apostrophes and a leading "The" are dropped.
    """
    apart = unicodedata.normalize("NFKD", text).casefold()
    letters = apart if apart.isascii() else "".join(each for each in apart if not unicodedata.combining(each))
    words = re.findall(r"[^\W_]+", re.sub(r"['’]", "", letters))
    plain = ["st" if word == "saint" else word for word in words]
    return " ".join(plain[1:] if plain[:1] == ["the"] and len(plain) > 1 else plain)


def names_in(text: str, names: tuple[str, ...]) -> bool:
    """True when `text` holds one of `names`, each as `words_of` gives it."""
    run = f" {words_of(text)} "
    return any(f" {name} " in run for name in names)
