"""The cards that ask for an interpreter: `assets/words/interpreters.toml`, read and checked whole.

A card says which language somebody speaks and nothing else: not why they are here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

STATUSES = ("draft", "reviewed", "approved")
LONGEST = {"english": 20, "name": 20, "card": 90, "english_card": 90}
_KEYS = {"code", "english", "name", "card", "status", "reviewed_by"}


class Interpreter(NamedTuple):
    """One language: its name in its own letters, its card, and the same in English."""

    code: str
    english: str
    name: str
    card: str
    english_card: str
    is_reviewed: bool

    @property
    def is_right_to_left(self) -> bool:
        """True where its first letter runs from the right."""
        return next(map(unicodedata.bidirectional, self.name)) in {"R", "AL"}


class InterpretersError(ValueError):
    """The file cannot be used; the message says what to write instead."""


def read_interpreters(path: Path) -> tuple[Interpreter, ...]:
    """Return the languages in the order of the file. Raises InterpretersError with the first fault."""
    import tomllib  # noqa: PLC0415 - it is read beside the process that shows the first page

    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InterpretersError(f"{path}: this file cannot be read: {error}") from error
    tables = read.get("language")
    if read.get("schema") != 1 or not isinstance(tables, list) or not tables:
        raise InterpretersError(f"{path}: write schema = 1 and a [[language]] for each language")
    english_card = _text(path, "the file", read, "english_card")
    if english_card.count("{language}") != 1 or english_card.count("{") != 1:
        raise InterpretersError(
            f"{path}: english_card must hold {{language}} once, and nothing else in braces"
        )
    found: dict[str, Interpreter] = {}
    for table in tables:
        language = _language(path, table, english_card)
        if language.code in found:
            raise InterpretersError(f'{path}: the code "{language.code}" is there twice; delete one')
        found[language.code] = language
    return tuple(found.values())


def _language(path: Path, table: object, english_card: str) -> Interpreter:
    if not isinstance(table, dict):
        raise InterpretersError(f"{path}: write [[language]] with two brackets")
    code = str(table.get("code", ""))
    where = f'[[language]] "{code}"'
    if not (code.isascii() and code.isalpha() and code.islower() and len(code) in {2, 3}):
        raise InterpretersError(f'{path}: "{code}" is no code of a language; write one such as "so" or "prs"')
    if unknown := sorted(set(table) - _KEYS):
        raise InterpretersError(f'{path}: {where}: "{unknown[0]}" is not known; delete it')
    status = table.get("status")
    if status not in STATUSES:
        raise InterpretersError(f"{path}: {where}: write status = one of {', '.join(STATUSES)}")
    if status != "draft" and not table.get("reviewed_by"):
        raise InterpretersError(f'{path}: {where} is "{status}" by nobody; write reviewed_by = "name"')
    english = _text(path, where, table, "english")
    return Interpreter(
        code=code,
        english=english,
        name=_text(path, where, table, "name"),
        card=_text(path, where, table, "card"),
        english_card=english_card.replace("{language}", english),
        is_reviewed=status != "draft",
    )


def _text(path: Path, where: str, table: Mapping[str, object], key: str) -> str:
    text = table.get(key)
    if not isinstance(text, str) or not text.strip() or not text.replace("\u200c", "").isprintable():
        raise InterpretersError(f"{path}: {where}: write {key} as one line of text")
    if len(text) > LONGEST[key]:
        raise InterpretersError(f"{path}: {where}: shorten {key} to {LONGEST[key]} characters")
    return text
