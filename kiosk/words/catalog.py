"""Every word on the screen, by id, in the visitor's language; English where a translation is missing.

The English interface words stand in `assets/words/en.toml`, those of the content in its own files. A
translation is a gettext catalog whose context (msgctxt) is the id and whose msgid is the English text:
when the English changes, its old translation no longer matches and English is shown until it is renewed.
A safety text (`kiosk/words/safety.py`) that nobody approved is shown by demonstration sites only.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from kiosk.later import dataclass
from kiosk.words.numbers import foreign, foreign_english, isolate_latin, isolate_numbers

ENGLISH = "en"
UNAPPROVED = "unapproved:"
"""Stands before the id of a compiled safety text that is not approved: only a demonstration looks for it."""
NATIVE_NAMES: Mapping[str, str] = {
    "en": "English",
    "es": "Español",
    "bs": "Bosanski",
    "vi": "Tiếng Việt",
    "zh": "简体中文",
    "ar": "العربية",
}
RIGHT_TO_LEFT = frozenset({"ar"})


class Catalog(Protocol):
    """Translations of one language, as gettext has them."""

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of a text by its id and its English; the English where there is none."""
        ...


class Translatable(Protocol):
    """An authored text of the content: its id and its English wording."""

    @property
    def id(self) -> str: ...  # noqa: D102 - said above
    @property
    def english(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Words:
    """One language: call it with an interface id, or give `text` an authored text."""

    language: str
    english: Mapping[str, str]
    catalogs: tuple[Catalog, ...] = ()
    shows_unapproved: bool = False

    def __call__(self, id_: str, **values: str | int) -> str:
        """Return the interface words of an id. Raises KeyError for an id that does not exist."""
        english = self.english[id_]
        found = self._translated(id_, english)
        return self._typeset(found.format(**values), is_english=found == english)

    def text(self, text: Translatable) -> str:
        """Return an authored text in this language."""
        found = self._translated(text.id, text.english)
        return self._typeset(found, is_english=found == text.english)

    def name(self, name: str) -> str:
        """Return a proper name as it is set on the screen; names are never translated."""
        return self._typeset(name, is_english=True)

    def native(self, code: str) -> str:
        """Return the name that a language has in itself."""
        return NATIVE_NAMES[code] if code == self.language else foreign(NATIVE_NAMES[code])

    def has(self, text: Translatable) -> bool:
        """Return True when the text exists in this language."""
        return self.language == ENGLISH or self._translated(text.id, text.english) != text.english

    @property
    def is_right_to_left(self) -> bool:
        """True for scripts that run from the right."""
        return self.language in RIGHT_TO_LEFT

    @property
    def is_draft(self) -> bool:
        """True while nobody qualified has reviewed this language: its entry review.status says "draft"."""
        return self.language != ENGLISH and self._translated("review.status", "reviewed") == "draft"

    def _translated(self, id_: str, english: str) -> str:
        for catalog in self.catalogs:
            translation = catalog.pgettext(id_, english)
            if translation == english and self.shows_unapproved:
                translation = catalog.pgettext(UNAPPROVED + id_, english)
            if translation != english:
                return translation
        return english

    def _typeset(self, text: str, *, is_english: bool) -> str:
        """Authors write straight apostrophes; the screen shows typographic ones. Numbers stay in order.

        English on a page of another language is marked as such.
        """
        shown = isolate_numbers(text.replace("'", "\u2019"))
        if is_english and self.language != ENGLISH:
            return foreign_english(shown)
        return isolate_latin(shown) if self.is_right_to_left else shown


def read_english(path: Path) -> dict[str, str]:
    """Return {"hide.label": "Hide", ...} from the tables of the English words file."""
    import tomllib  # noqa: PLC0415 - it is read beside the process that shows the first page

    return dict(_flattened(tomllib.loads(path.read_text(encoding="utf-8")), ""))


def load_words(
    language: str,
    english: Mapping[str, str],
    folders: Sequence[Path],
    *,
    more: Catalog | None = None,
    shows_unapproved: bool = False,
) -> Words:
    """Return one language with the compiled catalogs (LANGUAGE.mo) found in `folders`, then `more`."""
    if language == ENGLISH:
        return Words(language, english)
    catalogs: list[Catalog] = [*compiled_catalogs(language, folders), *([more] if more else [])]
    return Words(language, english, tuple(catalogs), shows_unapproved)


class Compiled(gettext.GNUTranslations):
    """A catalog that can be pickled, but for the code that gettext makes of its rule for plurals."""

    def plural(self, number: int) -> int:
        """Return the form of a plural: what gettext takes without a rule. No text here has such forms."""
        return int(number != 1)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "plural"}


def compiled_catalogs(language: str, folders: Sequence[Path]) -> Iterator[Compiled]:
    """Yield the catalogs LANGUAGE.mo that are there. Raises OSError and ValueError for a torn one."""
    for folder in folders:
        path = folder / f"{language}.mo"
        if path.is_file():
            with path.open("rb") as file:
                yield Compiled(file)


def _flattened(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flattened(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
