"""Every text that a visitor may read, in order: for translation, for the checks of words, for read-aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from kiosk.content.model import Library, Text
from kiosk.settings import Settings


def texts_of(library: Library) -> tuple[Text, ...]:
    """All texts of the content set, each id once, in the order of the files."""
    return _unique(_walk(library))


def texts_of_site(settings: Settings) -> tuple[Text, ...]:
    """All texts of a site file, each id once, in its order."""
    return _unique(_walk(settings))


def _unique(texts: Iterator[Text]) -> tuple[Text, ...]:
    by_id: dict[str, Text] = {}
    for text in texts:
        by_id.setdefault(text.id, text)
    return tuple(by_id.values())


def _walk(part: object) -> Iterator[Text]:
    if isinstance(part, Text):
        yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from _walk(each)
    elif isinstance(part, tuple):
        for each in part:
            yield from _walk(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _walk(getattr(part, field.name))
