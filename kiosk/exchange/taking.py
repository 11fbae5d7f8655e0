"""Marked rows of a staging file as new organization files, and where a fault of a file stands in the rows.

Staff has the last word on every text; what is put into a file is judged by `check` like everything else.
Two things are asked here on top: no text may give an address, an e-mail or a person's name, and a text may
speak of day and night only where staff wrote yes in open_24h.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kiosk.content.faults import ContentError, Fault
from kiosk.content.model import PhoneKind
from kiosk.content.persons import person_in
from kiosk.content.wording import TEXT_LIMITS
from kiosk.exchange.authoring import Draft, Lines
from kiosk.exchange.feed.limits import MOST_TAKEN
from kiosk.exchange.plain_text import has_address, has_email, one_line, says_day_and_night

YES = frozenset({"x", "yes", "y", "1", "true", "ja", "si"})
NO = frozenset({"", "no", "n", "0", "false", "-"})
_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)", re.ASCII)
_AMERICAN_DAY = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)
_OF_SERVICE = (
    *("checked", "category", "save_as", "summary", "organization", "alternate_name", "name", "programme"),
    *("website", "chat", "hint", "offers", "eligibility", "cost", "languages", "area", "cautions"),
    *("confidential", "address"),
)
_LISTS = re.compile(r"[,;\n]")
_NAMES = ("name", "programme", "organization", "alternate_name")
_ON_SCREEN = (*_NAMES, "label", "hint", "cautions", *TEXT_LIMITS)


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked row: its line in the staging file and its cells by column."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(slots=True)
class Plan:
    """What a take would write: the new files by name, and the row behind each of their lines."""

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    rows: dict[str, dict[int, int]] = field(default_factory=dict)

    def fault_of(self, fault: Fault) -> Fault:
        """Return a fault of a new file as one of the staging file, others as they are."""
        lines = self.rows.get(fault.file)
        if lines is None:
            return fault
        row = lines.get(fault.line, min(lines.values()))
        return Fault(self.name, row, fault.message)


def plan(name: str, rows: Iterable[Marked], known: Mapping[tuple[str, str], str], today: date) -> Plan:
    """Return the files for all marked rows of the staging file `name`.

    `known` are the ids that the set has, by kind and id, with the file of each; `today` bounds the days.
    Raises ContentError with one fault for each row that cannot be taken.
    """
    marked = _completed(list(rows))
    faults = [Fault(name, row.line, message) for row in marked if (message := _wrong_with(row, known, today))]
    if not marked:
        faults = [Fault(name, 1, "no row is marked; write x in the column take of each row to take over")]
    if len(marked) > MOST_TAKEN:
        faults = [Fault(name, 1, f"{len(marked)} rows are marked; take at most {MOST_TAKEN} at once")]
    if not faults:
        faults += _differences(name, marked) + _day_and_night(name, marked)
    if faults:
        raise ContentError(tuple(faults))
    return _planned(name, marked, known)


def _completed(rows: Sequence[Marked]) -> list[Marked]:
    """What staff wrote into one row of an entry counts for its other rows where they are empty."""
    first: dict[tuple[str, str], str] = {}
    for row in rows:
        for column in _OF_SERVICE:
            if row[column]:
                first.setdefault((row["entry"], column), row[column])
    return [
        Marked(
            row.line,
            {**row.cells, **{key: row[key] or first.get((row["entry"], key), "") for key in _OF_SERVICE}},
        )
        for row in rows
    ]


def _wrong_with(row: Marked, known: Mapping[tuple[str, str], str], today: date) -> str:
    """One message for all that a row lacks, "" when it lacks nothing."""
    needs = sorted(id_ for kind, id_ in known if kind == "category")
    wanted = []
    for column, what in (
        ("organization", "the name of who offers this"),
        ("name", "the name of the entry"),
        ("summary", f"what visitors read first, at most {TEXT_LIMITS['summary']} characters"),
        ("category", f"one or more of {', '.join(needs)}"),
    ):
        if not row[column]:
            wanted.append(f"{column} ({what})")
    if not row["save_as"] and row["number"] and row["kind"].lower() in ("", PhoneKind.VOICE):
        wanted.append('save_as (a neutral name for a saved contact, such as "Info AL")')
    if not _day(row["checked"], today):
        wanted.append(f"checked (the day on which somebody read it, not after today: {today})")
    unclear = [key for key in ("open_24h", "confidential", "chat") if row[key].lower() not in YES | NO]
    wanted += [f'{key} ("yes", or nothing)' for key in unclear]
    if wanted:
        return f"write {'; '.join(wanted)}"
    return _gives_away(row)


def _gives_away(row: Marked) -> str:
    for column in ("label", "hint", "cautions", *TEXT_LIMITS):  # a name may well be "Oak Street Center"
        if column != "address" and not row["address"] and has_address(row[column]):
            return f"{column} holds what may be an address; take it out (a public one goes into address)"
        if has_email(row[column]):
            return f"{column} holds an e-mail address; take it out"
        if person := person_in(row[column], [row[name] for name in _NAMES]):
            return f'{column} may name a person ("{person}"); take it out, and write the role or the desk'
    return ""


def _differences(name: str, rows: Sequence[Marked]) -> list[Fault]:
    """Rows of one entry must agree on what they say of the entry; an empty cell agrees with all."""
    faults = []
    first: dict[tuple[str, str], Marked] = {}
    for row in rows:
        for column in _OF_SERVICE:
            if column != "checked":  # each number may have its own day
                other = first.setdefault((row["entry"], column), row)
                if other[column] != row[column]:
                    message = f"{column} is not the same as in row {other.line}, which is of the same entry"
                    faults.append(Fault(name, row.line, message))
    return faults


def _day_and_night(name: str, rows: Sequence[Marked]) -> list[Fault]:
    """Texts that speak of day and night, where nobody said yes; a caution may, where somebody said no."""
    answered = {row["entry"] for row in rows if row["open_24h"].lower() in YES}
    denied = {row["entry"] for row in rows if row["open_24h"].lower() in NO - {""}}
    faults = []
    for row in rows:
        for column in _ON_SCREEN:
            settled = row["entry"] in answered or (column == "cautions" and row["entry"] in denied)
            if not settled and says_day_and_night(row[column]):
                instead = "write no there" if column == "cautions" else "say it in other words"
                ask = f"write yes in open_24h if somebody answers at any hour, or {instead}"
                faults.append(Fault(name, row.line, f"{column} speaks of day and night; {ask}"))
    return faults


def _day(words: str, today: date) -> date | None:
    """A day as 2026-11-20, or as American spreadsheets write it; None when it is none, or after `today`."""
    if match := _DAY.fullmatch(words):
        year, month, number = map(int, match.groups())
    elif match := _AMERICAN_DAY.fullmatch(words):
        month, number, year = map(int, match.groups())
    else:
        return None
    try:
        day = date(year, month, number)
    except ValueError:
        return None
    return day if day <= today else None


def _planned(name: str, rows: Sequence[Marked], known: Mapping[tuple[str, str], str]) -> Plan:
    made = Plan(name)
    owners: dict[str, list[Marked]] = {}
    for row in rows:
        owners.setdefault(row["organization"], []).append(row)
    files = {owner: f"organizations/70-{slug(owner)}.toml" for owner in owners}
    taken = {id_ for (kind, id_), file in known.items() if kind == "service" and file not in files.values()}
    faults = []
    for owner, of_owner in owners.items():
        file = files[owner]
        there = known.get(("organization", slug(owner)), file)
        if there != file or file in made.files:
            elsewhere = f'"{slug(owner)}" is already in {there}; add this entry there by hand, or clear take'
            faults.append(Fault(name, of_owner[0].line, elsewhere))
            continue
        lines = _file(owner, of_owner, taken)
        made.files[file], made.rows[file] = lines.content(), lines.rows
    if faults:
        raise ContentError(tuple(faults))
    return made


def _file(owner: str, rows: Sequence[Marked], taken: set[str]) -> Lines:
    entries: dict[str, list[Marked]] = {}
    for row in rows:
        entries.setdefault(row["entry"] or str(row.line), []).append(row)
    alternate = next((row["alternate_name"] for row in rows if row["alternate_name"]), "")
    lines = Lines()
    lines.organization(rows[0].line, slug(owner), owner, alternate)
    for of_entry in entries.values():
        draft = _draft(of_entry)
        draft.id = _free(slug(draft.cells["name"]), taken)
        taken.add(draft.id)
        lines.service(draft)
    return lines


def _draft(rows: Sequence[Marked]) -> Draft:
    """One entry from its rows; a cell that is empty in one row is taken from another."""
    cells = {column: next((row[column] for row in rows if row[column]), "") for column in _OF_SERVICE}
    draft = Draft(rows[0].line, "", cells)
    draft.categories = tuple(filter(None, (each.strip() for each in _LISTS.split(cells["category"]))))
    draft.cautions = tuple(filter(None, (each.strip() for each in cells["cautions"].split("\n"))))
    draft.is_confidential = cells["confidential"].lower() in YES
    draft.has_chat = cells["chat"].lower() in YES
    for row in rows:
        day = _day(row["checked"], date.max) or _day(cells["checked"], date.max) or date.min
        if row["number"]:
            draft.phones.append((row.line, row.cells, day, row["open_24h"].lower() in YES))
        else:
            draft.checked = day
    return draft


def slug(name: str) -> str:
    """Return an id for a name: small letters, digits and hyphens, at most 40 characters."""
    apart = unicodedata.normalize("NFKD", one_line(name).replace("'", "")).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", apart.lower())
    return "-".join(words)[:36].strip("-") or f"entry-{sum(map(ord, name)) % 10_000}"


def _free(wanted: str, taken: set[str]) -> str:
    number = 1
    id_ = wanted
    while id_ in taken:
        number += 1
        id_ = f"{wanted}-{number}"
    return id_
