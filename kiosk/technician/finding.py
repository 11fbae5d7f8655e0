"""One finding of the doctor: how it stands, one sentence, and what to do."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path


class Level(IntEnum):
    """How a thing stands; the worst of all findings is the exit code."""

    OK = 0
    LOOK = 1
    WRONG = 2

    @property
    def label(self) -> str:
        """Return it in plain words."""
        return ("ok", "look at this", "wrong")[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `todo` is empty where nothing is to be done."""

    check: str
    level: Level
    said: str
    todo: str = ""


def command(words: str) -> str:
    """Return a command of the kiosk as it is written here: run_kiosk.py, or visitor-kiosk of the package."""
    return f"{Path(sys.argv[0]).name} {words}"


def plain(name: str) -> str:
    """Return a name that a device or file gave, without what a terminal would obey."""
    return "".join(letter for letter in name if letter.isprintable())[:60]


def ok(check: str, said: str) -> Finding:
    """Return a finding that asks for nothing."""
    return Finding(check, Level.OK, said)


def look(check: str, said: str, todo: str) -> Finding:
    """Return what a person should look at, such as something that cannot be seen from here."""
    return Finding(check, Level.LOOK, said, todo)


def wrong(check: str, said: str, todo: str) -> Finding:
    """Return what must be mended."""
    return Finding(check, Level.WRONG, said, todo)
