"""Makes the one file that a kiosk needs of its content: the directory, its sites and their translations."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from kiosk.builtin import built_in_library, built_in_settings
from kiosk.checkup import WholeSet, read_whole
from kiosk.content.age import ages_of
from kiosk.content.along import Along, silently
from kiosk.content.faults import ContentError, Fault
from kiosk.content.leaving import days_of
from kiosk.content.model import Text
from kiosk.content.store import Edition, Extra, built
from kiosk.content.texts import texts_of
from kiosk.find.index import STEP, write_left, writing
from kiosk.find.rows import areas_of, rows_of
from kiosk.words.catalog import ENGLISH, NATIVE_NAMES, UNAPPROVED, Catalog, compiled_catalogs

Found = dict[str, dict[str, str]]


def find_index(connection: sqlite3.Connection, name: str, edition: Edition, along: Along = silently) -> None:
    """Write what Find looks things up in, in every language of the edition, drafts included."""

    def translated(language: str, text: Text) -> str | None:
        found = edition.words[language]
        ids = (text.id, UNAPPROVED + text.id)
        return next((found[id_][text.english] for id_ in ids if text.english in found.get(id_, {})), None)

    library = edition.library
    rows = rows_of(library, sorted(edition.words), translated, areas_of(library))
    steps = writing(connection, rows, name)
    for _ in along(range(2 * len(library.services) // STEP), "entries for Find"):
        next(steps, None)
    for _ in steps:
        pass
    write_left(connection, days_of(library, ages_of(library).newest), name)


def build(
    folder: Path,
    today: date,
    icons: frozenset[str] | None = None,
    extras: Sequence[Extra] | None = None,
    site: Path | None = None,
    along: Along = silently,
) -> tuple[bytes, WholeSet]:
    """Return the file of the set in `folder`, the same bytes each time, and the set.

    `extras` write tables of their own into it, the index of Find if nobody says; `site` is one more site
    file, wherever it is. Raises ContentError with every fault of the set, its sites and its compiled
    translations.
    """
    whole = read_whole(folder, today, icons, site, along)
    sites = (*whole.sites.values(), built_in_library(), built_in_settings())
    shared = folder / "words"
    editions = {"": Edition(whole.library, _translations((shared,), (whole.library, *sites)))}
    for name, own in sorted(whole.editions.items()):
        editions[name] = Edition(own.library, _translations((shared, own.words), (own.library, *sites)))
    wanted = (partial(find_index, along=along),) if extras is None else extras
    return built(editions, whole.sites, wanted, whole.clips), whole


def _translations(folders: Sequence[Path], parts: Iterable[object]) -> Mapping[str, Found]:
    texts = [text for part in parts for text in texts_of(part)]
    found: dict[str, Found] = {}
    faults = []
    for language in NATIVE_NAMES:
        for folder in folders if language != ENGLISH else ():
            try:
                for catalog in compiled_catalogs(language, [folder]):
                    _translate(catalog, texts, found.setdefault(language, {}))
            except (OSError, ValueError, struct.error):
                told = "the compiled translations cannot be read; run words again"
                faults.append(Fault(f"{folder.name}/{language}.mo", 1, told))
    if faults:
        raise ContentError(tuple(faults))
    return found


def _translate(catalog: Catalog, texts: Iterable[Text], found: Found) -> None:
    """Add what is translated, by id and English, where nothing is yet: a text of another English stays so."""
    for text in texts:
        for id_ in (text.id, UNAPPROVED + text.id):
            translation = catalog.pgettext(id_, text.english)
            if translation != text.english:
                found.setdefault(id_, {}).setdefault(text.english, translation)
