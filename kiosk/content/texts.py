"""Every text that a visitor may read, in order: for translation, for the checks of words, for read-aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from kiosk.content.model import Text


def texts_of(part: object) -> tuple[Text, ...]:
    """Every text inside a library, a site's settings or any value of theirs, in order, each id once."""
    return _unique(_walk(part))


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
