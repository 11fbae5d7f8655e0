"""One .po file as its entries, and back again. An entry is one line of each part, so that a change shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.words.ledger import entry_of, fingerprint

if TYPE_CHECKING:
    from babel.messages.catalog import Message

_HEADER = re.compile(r'\A(?:#[^\n]*\n)*msgid ""\nmsgstr ""\n(?:"[^\n]*"\n)*')
_LINE = re.compile(r'(#.*|((msgctxt|msgid|msgstr) )?"([^"\\]|\\.)*")?\s*')
_CONTEXT = re.compile(r'msgctxt "((?:[^"\\]|\\.)*)"\s*')


class UnreadableError(Exception):
    """This .po file cannot be read; it was not changed. `line` is where, `message` what to do."""

    def __init__(self, po: Path, line: int, message: str) -> None:
        super().__init__(f"{po}:{line}: {message}")
        self.line, self.message = line, message


@dataclass(frozen=True, slots=True)
class Unit:
    """One entry: the id of a text, its English, and its translation with what was said of it.

    `line` is where it stands in the file; 1 when it is not there yet.
    """

    id: str
    english: str
    translation: str = ""
    comments: tuple[str, ...] = ("status: missing",)
    previous: tuple[str, ...] = ()
    is_fuzzy: bool = False
    line: int = 1

    @property
    def is_usable(self) -> bool:
        """True for a translation that is shown."""
        return bool(self.translation) and not self.is_fuzzy and not self.is_of_another_english

    @property
    def is_of_another_english(self) -> bool:
        """True where somebody read another English than the one that is shown."""
        noted = entry_of(self.id, self.comments).english
        return bool(noted) and noted != fingerprint(self.english)


def read_units(po: Path) -> Mapping[str, Unit]:
    """Return the entries by id, in their order; {} for a file that is not there. Raises UnreadableError."""
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - only authors and tests have babel

    if not po.is_file():
        return {}
    try:
        raw = po.read_bytes()
        _refuse_odd_lines(po, raw.decode())
        catalog = read_po(BytesIO(raw), abort_invalid=True)
    except (PoFileError, UnicodeError, ValueError) as error:
        undo = "take back the last change, or save the file as UTF-8"
        raise UnreadableError(po, 1, f"this file cannot be read ({error}); {undo}") from error
    lines = _lines(raw.decode())
    units: dict[str, Unit] = {}
    for message in catalog:
        if message.id:
            unit = _unit(message, lines)
            if not unit.id or unit.id in units:
                wrong = f'"{unit.english}" has no msgctxt, or one that another text has'
                raise UnreadableError(po, message.lineno or 1, f"{wrong}; put back what words wrote there")
            units[unit.id] = unit
    return units


def _refuse_odd_lines(po: Path, text: str) -> None:
    """Babel reads over a forgotten quotation mark and loses a letter; better not to read such a file."""
    for number, line in enumerate(text.split("\n"), 1):
        if not _LINE.fullmatch(line):
            quote = 'write msgstr "..." with a " at both ends, and \\" for a " inside'
            raise UnreadableError(po, number, f"this line cannot be read; {quote}")


def _lines(text: str) -> dict[str, int]:
    """Return the line of each id."""
    found = ((number, _CONTEXT.fullmatch(line)) for number, line in enumerate(text.split("\n"), 1))
    return {match[1]: number for number, match in found if match}


def _unit(message: Message, lines: Mapping[str, int]) -> Unit:
    said = message.user_comments
    comments = tuple(line for line in said if not line.startswith("|"))
    previous = tuple(line[1:].strip() for line in said if line.startswith("|"))
    english, translation = str(message.id), str(message.string or "")
    id_ = message.context or ""
    line = lines.get(id_, message.lineno or 1)
    return Unit(id_, english, translation, comments, previous, message.fuzzy, line)


def header_of(po: Path) -> str:
    """Return the head of the file as its author wrote it, or a plain one. No date changes by itself."""
    text = po.read_text(encoding="utf-8") if po.is_file() else ""
    if match := _HEADER.match(text):
        return match.group()
    lines = (
        f"Language: {po.stem}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines)


def block_of(unit: Unit) -> str:
    """Return one entry. A text is one line, so that a changed word is one changed line."""
    lines = [f"# {comment}".rstrip() for comment in unit.comments]
    if unit.is_fuzzy:
        lines.append("#, fuzzy")
    lines += [f"#| {line}" for line in unit.previous]
    lines += [f"msgctxt {quoted(unit.id)}", f"msgid {quoted(unit.english)}"]
    lines.append(f"msgstr {quoted(unit.translation)}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a text as it stands in a .po, between its quotation marks."""
    from babel.messages.pofile import normalize  # noqa: PLC0415 - only authors and tests have babel

    return normalize(text, width=0)


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and only when it changes."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)  # a site's own words begin with a folder
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
