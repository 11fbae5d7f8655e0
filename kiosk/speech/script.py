"""What is said of a page: its parts in reading order, from the names that the accessible tree has.

What is in another language than the page is an utterance of its own, so that its own voice says it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from kiosk.speech.command import VOICES
from kiosk.speech.digits import said
from kiosk.words.catalog import ENGLISH, NATIVE_NAMES, Words
from kiosk.words.interpreters import Interpreter
from kiosk.words.numbers import by_language

_AROUND: Final = " \n,.:;!?\u2026\u00b7\u060c\u061b\u06d4\u1362\u0964\u3001\u3002\uff0c\u104b"
"""Spaces and stops, also Arabic, Ethiopic, Devanagari, Chinese and Burmese ones."""
_LATIN_END: Final = "\u024f"


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


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one voice says in one go: the text, and the language of the voice (BCP 47 code)."""

    text: str
    language: str


class Tongues:
    """Knows which language a text in another one is in: what languages say of themselves, else English."""

    def __init__(self, interpreters: Sequence[Interpreter] = ()) -> None:
        own: dict[str, str] = {name: code for code, name in NATIVE_NAMES.items()}
        for each in interpreters:
            own |= {each.name: each.code, each.card: each.code}
        self._own: Mapping[str, str] = {text.strip(_AROUND): code for text, code in own.items()}

    def of(self, text: str, language: str) -> str | None:
        """Return the language that says a foreign text on a page in `language`; None where no voice can.

        Without a voice, Latin letters are left to the voice of the page; of others it would name each sign.
        """
        found = self._own.get(text.strip(_AROUND), ENGLISH)
        if found in VOICES:
            return found
        return language if all(letter <= _LATIN_END for letter in text if letter.isalpha()) else None


def script(parts: Sequence[Part], words: Words, tongues: Tongues) -> list[Utterance]:
    """Return the utterances of a page, one for each part and language in it."""
    return [each for part in parts if part.name.strip() for each in utterances(part, words, tongues)]


def utterances(part: Part, words: Words, tongues: Tongues) -> list[Utterance]:
    """Return what is said of one part."""
    match part.role:
        case Role.BUTTON:
            name = words("speech.button", name=part.name)
        case Role.CODE_HOLDS:
            name = words("speech.code_holds", text=part.name)
        case Role.TEXT:
            name = part.name
    return spoken("\n".join(filter(None, (name, part.description))), words.language, tongues)


def spoken(text: str, language: str, tongues: Tongues) -> list[Utterance]:
    """Return a text of a page in `language` as it is said, by one voice after the other."""
    runs: list[tuple[str, str]] = []
    for run, is_foreign in by_language(text):
        by = tongues.of(run, language) if is_foreign else language
        if by and runs and runs[-1][1] == by:
            runs[-1] = (runs[-1][0] + run, by)
        elif by and run.strip(_AROUND):
            runs.append((run, by))
    return [Utterance(said(run.lstrip(_AROUND)), by) for run, by in runs]
