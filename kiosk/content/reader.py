"""Reads one table key by key. What is wrong is noted in the `Check`, and a stand-in value handed back.

A stand-in never reaches a page: a set with a single fault is refused as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import TypeVar

from kiosk.content.advice import FORMS, INSTEAD
from kiosk.content.check import Check, Mention, Spot, Written, did_you_mean
from kiosk.content.model import Text
from kiosk.content.source import Section
from kiosk.content.wording import text_problems

Value = TypeVar("Value", str, bool, int, date)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 40


def read_root(section: Section, check: Check, tables: Collection[str], keys: Collection[str] = ()) -> Reader:
    """A reader of a whole file, which begins with schema = 1."""
    reader = Reader(section, check, ("schema", *keys), tables)
    reader.schema()
    return reader


class Reader:
    """One table under check. `keys` and `tables` are all that it may hold.

    `below` is a table that stands below this one, with its keys: they are told when its header is missing.
    """

    def __init__(
        self,
        section: Section,
        check: Check,
        keys: Collection[str],
        tables: Collection[str] = (),
        below: tuple[str, Collection[str]] = ("", ()),
    ) -> None:
        self.section = section
        self.check = check
        self.here = Spot(section.file, section.line)
        self._misspelled: set[str] = set()
        name, its_keys = below
        lost = [key for key in section.values if key not in keys and key in its_keys]
        if lost:
            self._misspelled.add(name)
            wanted = f"write it below a {self._double(name)} header"
            self.fault(lost[0], f'"{lost[0]}" belongs to a {name}; {wanted}')
        for key in section.values:
            if key not in keys and key not in lost:
                self._unknown(key, keys, tables)
        for table in section.tables:
            if table not in tables:
                self._unknown(table, tables, keys)

    def spot(self, key: str, item: int | None = None) -> Spot:
        """Where a key, or one text of its list, is written."""
        return Spot(self.section.file, self.section.line_of(key, item))

    def fault(self, key: str, message: str, item: int | None = None) -> None:
        """Note a fault at a key, or at one text of its list."""
        self.check.fault(self.spot(key, item), message)

    def misspelled(self, name: str) -> bool:
        """Whether what is called so may stand here under a wrong name, which has been said."""
        return name in self._misspelled

    def has(self, key: str) -> bool:
        """Whether the author wrote this key."""
        return key in self.section.values

    def schema(self) -> None:
        """Every file begins with schema = 1, so that a later form cannot be mistaken for this one."""
        if not self.has("schema"):
            self.check.fault(self.here, "the file must begin with schema = 1; write that as its first line")
        elif self._value("schema", int, required=True) not in (1, None):
            self.fault("schema", "this program reads schema = 1 only; write schema = 1")

    def id(self, kind: str) -> str:
        """The table's own id, noted as given in the whole set; "?" when it is missing or no id."""
        value = self._slug()
        if value:
            self.check.claim(kind, value, self.spot("id"))
        return value or "?"

    def local_id(self, seen: dict[str, int]) -> str:
        """The table's own id within its file; `seen` holds the line of those before it."""
        value = self._slug()
        line = self.section.line_of("id")
        first = seen.setdefault(value, line)
        if value and first != line:
            self.fault("id", f'the id "{value}" is already used in line {first}; choose another id')
        return value or "?"

    def word(self, key: str, required: bool = True) -> str:
        """A string that is no sentence: an id, a number, a name of something; "" when it is missing."""
        value = self._value(key, str, required)
        if value is None:
            return ""
        if problems := text_problems(value, 200):
            self.fault(key, problems[0])
            return ""
        if key != "number":  # five digits of a text code would look like a ZIP code
            self.check.written.append(Written(self.spot(key), self.here, value, is_name=True))
        return value

    def choice(self, key: str, choices: Collection[str], default: str | None) -> str:
        """One of `choices`; required when there is no default."""
        value = self.word(key, default is None)
        if value and value not in choices:
            self.fault(key, f'"{value}" is not known as {key}; {did_you_mean(value, choices)}')
        return value if value in choices else default or next(iter(choices))

    def icon(self) -> str:
        """The name of an icon that there is."""
        value = self.word("icon")
        icons = self.check.icons
        if value and icons is not None and value not in icons:
            self.fault("icon", f'there is no icon "{value}"; {did_you_mean(value, icons)}')
        return value

    def flag(self, key: str, required: bool = False) -> bool:
        """True or false; false when it is missing."""
        return bool(self._value(key, bool, required))

    def whole(self, key: str, low: int, high: int, default: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._value(key, int, required=False)
        if value is not None and not low <= value <= high:
            self.fault(key, f"{key} = {value} is out of range; write a number from {low} to {high}")
        return default if value is None else value

    def length(self, key: str, low: int, high: int) -> float | None:
        """A length in millimetres, or None when it is missing."""
        value = self.section.values.get(key)
        if value is None:
            return None
        if type(value) not in (int, float):
            self._wrong_type(key, float)
        elif isinstance(value, (int, float)) and low <= value <= high:
            return float(value)
        else:
            self.fault(key, f"{key} = {value} is out of range; write a number from {low} to {high}")
        return None

    def day(self, key: str, required: bool) -> date | None:
        """A day that is not after today."""
        value = self._value(key, date, required)
        if value is not None and value > self.check.today:
            today = self.check.today.isoformat()
            self.fault(key, f"{key} = {value} is in the future (today is {today}); write the day it was done")
        return value

    def text(self, key: str, text_id: str, limit: int) -> Text:
        """A required text of at most `limit` characters."""
        return self.maybe_text(key, text_id, limit, required=True) or Text(text_id, "")

    def maybe_text(self, key: str, text_id: str, limit: int, required: bool = False) -> Text | None:
        """A text of at most `limit` characters, or None when it is missing."""
        value = self._value(key, str, required)
        if value is None:
            return None
        self.written(key, value, limit)
        return Text(text_id, value)

    def name(self, key: str, limit: int, required: bool = True) -> str:
        """A proper name, which is not translated and may hold any word; "" when it is missing."""
        value = self.remark(key, limit, required)
        if value:
            self.check.names.append(value)
        return value

    def remark(self, key: str, limit: int, required: bool = True) -> str:
        """A string that is shown, if at all, as it stands: a source, a web address; "" when it is missing."""
        value = self._value(key, str, required)
        if value is None:
            return ""
        self.written(key, value, limit, is_name=True)
        return value

    def texts(self, key: str, text_id: str, limit: int, required: bool = False) -> tuple[Text, ...]:
        """A list of texts of at most `limit` characters each; the id gets ".0", ".1" and so on."""
        values = self.strings(key, required)
        for number, value in enumerate(values):
            self.written(key, value, limit, item=number)
        return tuple(Text(f"{text_id}.{number}", value) for number, value in enumerate(values))

    def strings(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of strings, () when it is missing."""
        value = self.section.values.get(key)
        if value is None:
            if required:
                self._missing(key, list)
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._wrong_type(key, list)
            return ()
        if required and not value:
            self.fault(key, f"{key} = [] is empty; write at least one")
        return tuple(value)

    def mentions(self, key: str, kind: str, required: bool) -> tuple[str, ...]:
        """A list of ids of a kind, noted to be looked up when all files are read."""
        ids = self.strings(key, required)
        for number, id_ in enumerate(ids):
            if id_ in ids[:number]:
                self.fault(key, f'"{id_}" is in the list twice; delete one', number)
            self.check.mentions.append(Mention(kind, id_, self.spot(key, number), self.here))
        return ids

    def written(
        self, key: str, value: str, limit: int, item: int | None = None, is_name: bool = False
    ) -> None:
        """Check one text by itself, and note it for the checks across the files."""
        for problem in text_problems(value, limit):
            self.fault(key, problem, item)
        self.check.written.append(
            Written(self.spot(key, item), self.here, value, is_name, is_public_address=key == "address")
        )

    def tables(self, name: str, at_least: int = 0, at_most: int = 1000) -> tuple[Section, ...]:
        """The tables written [[name]], in their order."""
        sections = self.section.tables.get(name, ())
        for section in sections:
            if not section.repeated:
                wrong = f"{section.title} needs double brackets; write [{section.title}]"
                self.check.fault(Spot(section.file, section.line), wrong)
        if len(sections) < at_least and name not in self._misspelled:
            self.check.fault(self.here, f"{self._double(name)} is missing; write at least {at_least}")
        for section in sections[at_most:]:
            many = f"there are more than {at_most} {section.title}; take out the rest"
            self.check.fault(Spot(section.file, section.line), many)
        return sections

    def table(self, name: str, required: bool = True) -> Section | None:
        """The one table written [name]."""
        sections = self.section.tables.get(name, ())
        if not sections:
            if required and name not in self._misspelled:
                self.check.fault(self.here, f"the table [{name}] is missing; write [{name}] above its keys")
            return None
        for section in sections if sections[0].repeated else ():
            single = f"there is one {name} in a file; write [{name}] once, with single brackets"
            self.check.fault(Spot(section.file, section.line), single)
        return sections[0]

    def _value(self, key: str, kind: type[Value], required: bool) -> Value | None:
        value = self.section.values.get(key)
        if value is None:
            if required:
                self._missing(key, kind)
            return None
        if type(value) is not kind:  # exactly: True is an int to Python, and a datetime is a date
            self._wrong_type(key, kind)
            return None
        return value

    def _slug(self) -> str:
        value = self.word("id")
        if value and (not _SLUG.fullmatch(value) or len(value) > _LONGEST_ID):
            form = 'use small letters, digits and hyphens: "safe-connections"'
            self.fault("id", f'"{value}" cannot be an id; {form}')
            return ""
        return value

    def _missing(self, key: str, kind: type) -> None:
        if key not in self._misspelled:
            where = self.section.title or "this file"
            hint = "write schema = 1" if key == "schema" else FORMS[kind].format(key=key)
            self.check.fault(self.here, f'"{key}" is missing in {where}; {hint}')

    def _wrong_type(self, key: str, kind: type) -> None:
        self.fault(key, f'"{key}" has the wrong form; {FORMS[kind].format(key=key)}')

    def _double(self, name: str) -> str:
        above = self.section.title.strip("[]")
        return f"[[{above}.{name}]]" if above else f"[[{name}]]"

    def _unknown(self, word: str, known: Collection[str], others: Collection[str]) -> None:
        section = self.section.tables.get(word, ())
        spot = Spot(self.section.file, section[0].line) if section else self.spot(word)
        where = f"in {self.section.title}" if self.section.title else "at the top of this file"
        what = f"{section[0].title} is not known here" if section else f'"{word}" is not known {where}'
        hint = INSTEAD.get(word) or did_you_mean(word, known)
        if word in others:
            hint = f"write it as a [[{word}]] header" if not section else f"write it as {word} = ..."
        self._misspelled.update(name for name in known if f'"{name}"' in hint)
        self._misspelled.update(name for name in others if name == word)
        self.check.fault(spot, f"{what}; {hint}")
