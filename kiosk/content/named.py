"""Which telephone numbers a text names. What names a number that left the screen leaves with it.

A number stands in a text as its digits, grouped in any way and with or without a 1 before them, or as it is
spelled in letters. 211 and other numbers of three digits are not looked for: they are words of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kiosk.content.model import Phone, Text
from kiosk.content.texts import texts_of

_HEAD = 4
"""Letters by which spellings are looked up, so that a text is compared with few of many. None has fewer."""
_LONGEST = 10
"""Digits of a number without the country code."""
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_NUMBER = re.compile(r"\d[\d-]{3,}\d", re.ASCII)


def spellings_of(phones: Iterable[Phone]) -> frozenset[str]:
    """Return every number but 211 and the like as its digits, and every spelling with letters."""
    long = [phone for phone in phones if len(phone.digits) > 3]
    return frozenset(phone.digits for phone in long) | {p.shown_as for p in long if p.shown_as}


class Spelled:
    """Numbers as they may be written (`spellings_of`), to be found in texts."""

    def __init__(self, spellings: frozenset[str]) -> None:
        self._spellings = spellings
        by_head: defaultdict[str, list[str]] = defaultdict(list)
        for spelling in sorted(spellings):
            by_head[spelling[:_HEAD]].append(spelling)
        self._by_head = dict(by_head)
        first = "".join(re.escape(each) for each in sorted({head[0] for head in by_head}))
        self._first = re.compile(f"[{first}]") if first else None

    def __bool__(self) -> bool:
        return bool(self._spellings)

    def named_in(self, text: Text) -> Iterator[str]:
        """Yield the spellings of the numbers that a text names; of some more than once."""
        if not self._first:
            return
        for found in _NUMBER.findall(text.english):
            if (digits := _NOT_A_DIGIT.sub("", found)[-_LONGEST:]) in self._spellings:
                yield digits
        for found in self._first.finditer(text.english):
            at = found.start()
            for spelling in self._by_head.get(text.english[at : at + _HEAD], ()):
                if text.english.startswith(spelling, at):
                    yield spelling

    def is_named_in(self, text: Text) -> bool:
        """Return True for a text that names any of them."""
        return any(True for _ in self.named_in(text))

    def is_named_by(self, part: object) -> bool:
        """Return True for an entry or a guide with such a text."""
        return bool(self) and any(map(self.is_named_in, texts_of(part)))
