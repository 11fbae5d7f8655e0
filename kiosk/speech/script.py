"""What is said of a page: its parts in reading order, from the names that the accessible tree has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.speech.digits import said
from kiosk.words.catalog import Words


class Role(Enum):
    """What a part of a page is to somebody who only hears it."""

    TEXT = auto()
    BUTTON = auto()
    CODE_HOLDS = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """One thing on a page: its accessible name and description."""

    role: Role
    name: str
    description: str = ""


def script(parts: Sequence[Part], words: Words) -> list[str]:
    """Return the utterances of a page, one for each part."""
    return [utterance(part, words) for part in parts if part.name.strip()]


def utterance(part: Part, words: Words) -> str:
    """Return what is said of one part."""
    match part.role:
        case Role.BUTTON:
            name = words("speech.button", name=part.name)
        case Role.CODE_HOLDS:
            name = words("speech.code_holds", text=part.name)
        case Role.TEXT:
            name = part.name
    return said("\n".join(filter(None, (name, part.description))))
