"""The words that are shipped, for the tests beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from kiosk.content.library import load_library
from kiosk.content.model import Library
from kiosk.content.texts import texts_of
from kiosk.site_file import load_settings
from kiosk.words.catalog import read_english
from kiosk.words.workshop import Pairs, pairs_of

ROOT = Path(__file__).parents[2]
INTERFACE = ROOT / "assets" / "words"
CONTENT = ROOT / "data" / "words"
TODAY = date(2026, 11, 20)
LANGUAGES = tuple(sorted(po.stem for po in INTERFACE.glob("*.po")))


@dataclass(frozen=True)
class Text:
    """An authored text by hand."""

    id: str
    english: str


@cache
def library() -> Library:
    return load_library(ROOT / "data", TODAY)


@cache
def english() -> dict[str, str]:
    return read_english(INTERFACE / "en.toml")


@cache
def content() -> Pairs:
    texts = list(texts_of(library()))
    for path in sorted((ROOT / "data" / "sites").glob("*.toml")):
        texts += texts_of(load_settings(path, library()))
    return pairs_of(texts)


@cache
def translations(language: str, folder: Path) -> dict[str, str]:
    """What stands in a .po, by id."""
    with (folder / f"{language}.po").open("rb") as file:
        return {str(each.context): str(each.string) for each in read_po(file) if each.id}


def entries(folder: Path) -> Pairs:
    return tuple(english().items()) if folder == INTERFACE else content()
