"""One [[service.phone]] table: a line, its hours, and where and when its number was read."""

from __future__ import annotations

import re
from datetime import date

from kiosk.content.check import Check, Line
from kiosk.content.hours import is_always, overlap, parse_hours
from kiosk.content.model import How, Phone, PhoneKind, Schedule
from kiosk.content.phones import digits_of, hyphenated, spelling_problem
from kiosk.content.reader import Reader
from kiosk.content.source import Section
from kiosk.content.wording import LONGEST_LABEL

KEYS = (
    "kind",
    "number",
    "shown_as",
    "label",
    "keyword",
    "no_keyword",
    "open_24h",
    "hours",
    "source",
    "checked",
    "how",
    "called_by",
)
_KEYWORD = re.compile(r"[A-Za-z0-9]{1,20}", re.ASCII)


def read_phone(section: Section, check: Check, text_id: str, owner: tuple[str, str]) -> Phone:
    """The line of one table; `owner` is the organization's id and name. Faults go to `check`."""
    reader = Reader(section, check, KEYS)
    kind = PhoneKind(reader.choice("kind", tuple(PhoneKind), PhoneKind.VOICE))
    digits, number = _number(reader, kind)
    _claim(reader, digits, kind, owner)
    how = How(reader.choice("how", tuple(How), None))
    return Phone(
        kind=kind,
        digits=digits,
        number=number,
        source=reader.remark("source", 200),
        checked=reader.day("checked", required=True) or date.min,
        how=how,
        shown_as=_shown_as(reader, digits),
        label=reader.maybe_text("label", f"{text_id}.label", LONGEST_LABEL),
        keyword=_keyword(reader, kind),
        open_24h=reader.flag("open_24h"),
        schedules=_schedules(reader),
        called_by=_called_by(reader, how),
    )


def _number(reader: Reader, kind: PhoneKind) -> tuple[str, str]:
    authored = reader.word("number")
    if not authored:
        return "", ""
    takes_code = kind is PhoneKind.TEXT
    try:
        return digits_of(authored, takes_code), hyphenated(authored, takes_code)
    except ValueError as error:
        reader.fault("number", str(error))
        return "", authored


def _claim(reader: Reader, digits: str, kind: PhoneKind, owner: tuple[str, str]) -> None:
    if not digits:
        return
    line = Line(owner[0], owner[1], reader.spot("number"))
    first = reader.check.lines.setdefault((digits, kind), line)
    if first.organization != line.organization:
        reader.fault(
            "number",
            f'{digits} is already the number of "{first.organization_name}" in {first.spot}; '
            "compare both with their sources",
        )


def _shown_as(reader: Reader, digits: str) -> str | None:
    shown_as = reader.word("shown_as", required=False)
    if shown_as and digits and (problem := spelling_problem(shown_as, digits)):
        reader.fault("shown_as", problem)
    return shown_as or None


def _keyword(reader: Reader, kind: PhoneKind) -> str | None:
    keyword = reader.word("keyword", required=False)
    any_message = reader.flag("no_keyword")
    if kind is not PhoneKind.TEXT:
        for key in ("keyword", "no_keyword"):
            if reader.has(key):
                reader.fault(key, f'"{key}" is only for text lines; delete it, or write kind = "text"')
    elif keyword and any_message:
        reader.fault("no_keyword", 'there is a keyword too; delete "no_keyword" or "keyword"')
    elif not reader.has("keyword") and not any_message:
        wanted = 'a text line needs the word to send; write keyword = "START", or no_keyword = true'
        reader.check.fault(reader.here, wanted)
    elif keyword and not _KEYWORD.fullmatch(keyword):
        reader.fault("keyword", f'"{keyword}" is not one plain word; write letters and digits only')
    return keyword or None


def _called_by(reader: Reader, how: How) -> str | None:
    if reader.has("called_by") and how is not How.CALLED:
        reader.fault("called_by", 'nobody has called it yet; write how = "called", or delete called_by')
    return reader.remark("called_by", 40, required=False) or None


def _schedules(reader: Reader) -> tuple[Schedule, ...]:
    lines = reader.strings("hours")
    if reader.has("hours") and reader.flag("open_24h"):
        reader.fault("hours", "there are hours beside open_24h = true; delete one of the two")
    read: list[tuple[int, Schedule]] = []
    for number, line in enumerate(lines):
        try:
            read.append((number, parse_hours(line)))
        except ValueError as error:
            reader.fault("hours", str(error), number)
    schedules = tuple(schedule for _, schedule in read)
    if clash := overlap(schedules):
        first, second = (read[place][0] for place in clash)
        both = f'the hours "{lines[first]}" and "{lines[second]}" overlap; write each hour once'
        reader.fault("hours", both, second)
    elif is_always(schedules):
        reader.fault("hours", "these hours fill the whole week; write open_24h = true instead")
    return schedules
