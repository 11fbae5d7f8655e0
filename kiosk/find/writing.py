"""What the index is written from: for each word, kind and opening, the rows in which it stands."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from kiosk.content.sets import packed, set_of
from kiosk.find.folded import fold, words_of

MANY = 48
"""From this many words on, what begins alike is joined beforehand."""
AREA_DIGITS, LOCAL_DIGITS = 3, 7

Entry = tuple[str, str, bytes, bytes]


def _rows() -> array[int]:
    return array("L")


class Pages:
    """Gathers rows; each row number is added in rising order."""

    def __init__(self) -> None:
        self._names: defaultdict[tuple[str, str], array[int]] = defaultdict(_rows)
        self._anywhere: defaultdict[tuple[str, str], array[int]] = defaultdict(_rows)
        self._kinds: defaultdict[tuple[str, str], array[int]] = defaultdict(_rows)
        self._hours: defaultdict[tuple[int, int], array[int]] = defaultdict(_rows)

    def text(self, row: int, language: str, text: str, *, in_name: bool = False) -> None:
        """Enter the words of a text."""
        for word in words_of(text):
            self._add(self._anywhere[language, word], row)
            if in_name:
                self._add(self._names[language, word], row)

    def first_word(self, row: int, language: str, name: str) -> None:
        """Enter the word that a name begins with."""
        for word in words_of(name)[:1]:
            self._add(self._anywhere[language, word], row)
            self._add(self._names[language, word], row)

    def number(self, row: int, language: str, digits: str) -> None:
        """Enter a number so that it is found whole, with a 1 before it, and from each of its groups on."""
        plain = fold(digits)
        found = [plain]
        if len(plain) > LOCAL_DIGITS:
            found += ["1" + plain, plain[-LOCAL_DIGITS:], plain[AREA_DIGITS - LOCAL_DIGITS :]]
        for word in found:
            self._add(self._anywhere[language, word], row)

    def kind(self, row: int, kind: str, value: str) -> None:
        """Enter what a row can be narrowed to."""
        self._add(self._kinds[kind, value], row)

    def open_between(self, row: int, opens: int, closes: int) -> None:
        """Enter an opening, in minutes of the week."""
        self._add(self._hours[opens, closes], row)

    def words(self) -> Iterator[Entry]:
        """Yield (language, word, rows with it in their name, rows with it anywhere)."""
        for key in sorted(self._anywhere):
            yield self._entry(key, [key])

    def beginnings(self) -> Iterator[Entry]:
        """Yield the same for each beginning that many words share."""
        left = sorted(self._anywhere)
        length = 1
        while left:
            shared: list[tuple[str, str]] = []
            for (language, beginning), group in groupby(left, key=lambda key: (key[0], key[1][:length])):
                keys = list(group)
                if len(keys) >= MANY:
                    yield self._entry((language, beginning), keys)
                    shared += [key for key in keys if len(key[1]) > length]
            left, length = shared, length + 1

    def vocabulary(self) -> Iterator[tuple[str, str]]:
        """Yield (language, all its words), one to a line, each after a line end."""
        for language, keys in groupby(sorted(self._anywhere), key=itemgetter(0)):
            yield language, "".join(f"\n{word}" for _, word in keys) + "\n"

    def kinds(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield (kind, value, rows)."""
        for (kind, value), rows in self._kinds.items():
            yield kind, value, packed(set_of(rows))

    def hours(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield (opens, closes, rows)."""
        for (opens, closes), rows in self._hours.items():
            yield opens, closes, packed(set_of(rows))

    def _entry(self, called: tuple[str, str], keys: list[tuple[str, str]]) -> Entry:
        none = _rows()
        named = set_of(row for key in keys for row in self._names.get(key, none))
        anywhere = set_of(row for key in keys for row in self._anywhere[key])
        return *called, packed(named), packed(anywhere)

    @staticmethod
    def _add(rows: array[int], row: int) -> None:
        if not rows or rows[-1] != row:
            rows.append(row)


def words_with(part: str, vocabulary: str) -> Iterator[str]:
    """Yield the words of a vocabulary that have `part` inside, but do not begin with it."""
    at = vocabulary.find(part)
    while at != -1:
        start, end = vocabulary.rfind("\n", 0, at) + 1, vocabulary.find("\n", at)
        if start < at:
            yield vocabulary[start:end]
        at = vocabulary.find(part, end)
