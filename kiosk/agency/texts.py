"""All texts that are to be translated: of the screen, of a content set with its sites, of their overlays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kiosk.content.library import load_library
from kiosk.content.overlay import place_of
from kiosk.content.texts import texts_of
from kiosk.house import ASSETS
from kiosk.site_file import load_settings
from kiosk.words.catalog import ENGLISH, read_english


def word_entries(content: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return (id, English) of the interface, and of a content set with all its sites."""
    library = load_library(content, date.max)
    texts = {text.id: text.english for text in texts_of(library)}
    for path in sorted((content / "sites").glob("*.toml")):
        texts |= {text.id: text.english for text in texts_of(load_settings(path, library))}
    return list(read_english(ASSETS / "words" / "en.toml").items()), list(texts.items())


def overlay_entries(content: Path, site: Path) -> list[tuple[str, str]]:
    """Return (id, English) of what a site adds or rewords over a content set."""
    shared = {text.id: text.english for text in texts_of(load_library(content, date.max))}
    own = texts_of(load_library(content, date.max, None, site))
    return [(text.id, text.english) for text in own if shared.get(text.id) != text.english]


def overlay_words(content: Path) -> Iterator[tuple[list[Path], list[tuple[str, str]]]]:
    """Yield for each site with texts of its own its .po files, and the (id, English) of these texts."""
    for site in sorted((content / "sites").glob("[!.]*.toml")):
        if place := place_of(site, content):
            languages = load_settings(site, load_library(content, date.max)).languages
            entries = overlay_entries(content, site)
            files = [place.folder / "words" / f"{code}.po" for code in languages if code != ENGLISH]
            if entries:
                yield files, entries
