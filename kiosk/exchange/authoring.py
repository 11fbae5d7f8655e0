"""Organization files as an author would write them, with the row of the staging file behind each line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kiosk.content.addresses import looks_like_address
from kiosk.content.wording import TEXT_LIMITS, text_problems

LONGEST_SOURCE = 200


@dataclass(slots=True)
class Draft:
    """One entry to be written. `phones` are of row, cells, day of the check and whether it answers always."""

    row: int
    id: str
    cells: Mapping[str, str]
    categories: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    is_confidential: bool = False
    has_chat: bool = False
    checked: date | None = None
    phones: list[tuple[int, Mapping[str, str], date, bool]] = field(default_factory=list)


@dataclass(slots=True)
class Lines:
    """The lines of one file; `rows` leads from a line (1 is the first) to a row of the staging file."""

    rows: dict[int, int] = field(default_factory=dict)
    _lines: list[str] = field(default_factory=list)

    def content(self) -> bytes:
        """Return the file."""
        return ("\n".join(self._lines) + "\n").encode()

    def organization(self, row: int, id_: str, name: str, alternate_name: str) -> None:
        """Begin the file with who they are."""
        self._add(row, "# Taken over from a feed; who took it read every text and number. Call each number.")
        self._add(row, "schema = 1", "", "[organization]")
        self._texts(row, {"id": id_, "name": name, "alternate_name": alternate_name})

    def service(self, draft: Draft) -> None:
        """Add one entry with its lines."""
        row, cells = draft.row, draft.cells
        self._add(row, "", "[[service]]")
        self._texts(row, {"id": draft.id, "name": cells["name"], "programme": cells["programme"]})
        self._add(row, f"category = {_list(draft.categories)}")
        self._texts(row, {key: cells.get(key, "") for key in TEXT_LIMITS if key != "address"})
        self._texts(row, {"website": cells["website"]})
        if draft.has_chat:
            self._add(row, "chat = true")
        if draft.cautions:
            self._add(row, f"cautions = {_list(draft.cautions)}")
        self._texts(row, {"save_as": cells["save_as"]})
        if draft.is_confidential or cells["address"]:
            self._add(row, f'location = "{"confidential" if draft.is_confidential else "public"}"')
        self._texts(row, {"address": cells["address"]})
        if not draft.phones:
            self._add(row, f"checked = {draft.checked or date.min}")
        for line, of_line, day, is_always in draft.phones:
            self._phone(line, of_line, day, is_always)

    def _phone(self, row: int, cells: Mapping[str, str], checked: date, is_always: bool) -> None:
        self._add(row, "", "[[service.phone]]")
        kind = cells.get("kind", "").lower()
        said = {key: cells.get(key, "") for key in ("number", "shown_as", "label")}
        self._texts(row, {"kind": kind, **said})
        if kind == "text":
            keyword = cells.get("keyword", "")
            self._add(row, f"keyword = {_text(keyword)}" if keyword else "no_keyword = true")
        if is_always:
            self._add(row, "open_24h = true")
        lines = cells.get("hours", "").replace("\n", ";").split(";")
        if hours := [line.strip() for line in lines if line.strip()]:
            self._add(row, f"hours = {_list(hours)}")
        self._texts(row, {"source": source_of(cells)})
        self._add(row, f"checked = {checked}", 'how = "read"')

    def _texts(self, row: int, texts: Mapping[str, str]) -> None:
        self._add(row, *(f"{key} = {_text(text)}" for key, text in texts.items() if text))

    def _add(self, row: int, *lines: str) -> None:
        for line in lines:
            self._lines.append(line)
            self.rows[len(self._lines)] = row


def source_of(cells: Mapping[str, str]) -> str:
    """Return where a row comes from, by its record; by its entry where the record cannot be written."""
    said = f"{cells.get('source', '')}, record {cells.get('record', '')}"
    if text_problems(said, LONGEST_SOURCE) or looks_like_address(said):
        said = f"imported feed, entry {cells.get('entry', '')}".strip()
    return said


def _text(words: str) -> str:
    """A TOML string: JSON's escapes are among those of TOML."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(texts: tuple[str, ...] | list[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"
