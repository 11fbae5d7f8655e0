"""One table of a site file under check, with the limits and defaults that `site_keys` gives each key."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.content.check import Check
from kiosk.content.headers import Shape, Table
from kiosk.content.model import Text
from kiosk.content.reader import Reader
from kiosk.content.source import Section
from kiosk.site_keys import TABLES, SiteKey, names_of, site_key

_SEVERAL = ("tile", "here")
SITE_SHAPE: Shape = (
    Table("", ("schema",)),
    *(Table(f"[[{name}]]" if name in _SEVERAL else f"[{name}]", tuple(names_of(name))) for name in TABLES),
)
"""The headers of a site file."""


class Part(NamedTuple):
    """The table called `table`. Reading a key that `site_keys` does not have raises KeyError."""

    reader: Reader
    table: str

    def key(self, name: str) -> SiteKey:
        """What may stand under this key."""
        return site_key(self.table, name)

    def has(self, name: str) -> bool:
        """Whether the author wrote this key."""
        return self.reader.has(self.key(name).name)

    def fault(self, name: str, message: str, item: int | None = None) -> None:
        """Note a fault at a key, or at one text of its list."""
        self.reader.fault(name, message, item)

    def flag(self, name: str) -> bool:
        """True or false; false when it is missing."""
        return self.reader.flag(name, self.key(name).required)

    def whole(self, name: str) -> int:
        """A whole number; its default, or 0, when it is missing."""
        key = self.key(name)
        listed = tuple(map(int, key.choices))
        low, high = (listed[0], listed[-1]) if listed else (key.low, key.high)
        return self.reader.whole(name, low, high, int(key.default or 0))

    def length(self, name: str) -> float | None:
        """A length in millimetres, or None when it is missing."""
        key = self.key(name)
        return self.reader.length(name, key.low, key.high)

    def word(self, name: str) -> str:
        """A string that is no sentence; its default, or "", when it is missing."""
        key = self.key(name)
        return self.reader.word(name, key.required) or str(key.default or "")

    def choice(self, name: str) -> str:
        """One of the choices; the default, or else the first, when it is missing."""
        key = self.key(name)
        return self.reader.choice(name, key.choices, str(key.default or key.choices[0]))

    def text(self, name: str, text_id: str) -> Text:
        """A required text."""
        return self.reader.text(name, text_id, self.key(name).limit)

    def texts(self, name: str, text_id: str, *, required: bool) -> tuple[Text, ...]:
        """A list of texts."""
        return self.reader.texts(name, text_id, self.key(name).limit, required)

    def strings(self, name: str) -> tuple[str, ...]:
        """A list of strings, () when it is missing."""
        return self.reader.strings(name, self.key(name).required)

    def mentions(self, name: str, kind: str) -> tuple[str, ...]:
        """A list of ids of a kind, looked up when all files are read."""
        return self.reader.mentions(name, kind, self.key(name).required)


def part_of(section: Section, check: Check, table: str) -> Part:
    """A table that is there; keys that it may not hold are faults."""
    return Part(Reader(section, check, names_of(table)), table)


def part(root: Reader, table: str, *, required: bool = False) -> Part | None:
    """The one table of this name, or None when it is missing."""
    section = root.table(table, required)
    return part_of(section, root.check, table) if section else None
