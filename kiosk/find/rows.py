"""What of a directory is looked for: one row for each service, in the languages that are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from kiosk.content.model import Library, Service, Text
from kiosk.find.folded import fold
from kiosk.find.index import FindRow
from kiosk.words.catalog import ENGLISH

_DAY: Final = 24 * 60
_LOCAL = re.compile(r"count(?:y|ies)|city|town|township|village|parish|district|\d{5}")
_SPOKEN: Final[Mapping[str, str]] = {
    "es": "spanish",
    "bs": "bosnian",
    "vi": "vietnamese",
    "zh": "chinese|mandarin|cantonese",
    "ar": "arabic",
}
_ANY_SPOKEN: Final = r"(?:other|all|any|more) languages|interpret"


Translated = Callable[[str, Text], str | None]
"""A text in a language (BCP 47 code), or None where it has not been translated."""


def rows_of(
    library: Library, languages: Iterable[str], translated: Translated, areas: Sequence[str]
) -> Iterator[FindRow]:
    """Yield the row of each service, in English and in `languages`; `areas` is what `areas_of` returns."""
    others = [language for language in languages if language != ENGLISH]
    for service in library.services.values():
        yield _row(service, library, others, translated, areas)


def areas_of(library: Library) -> list[str]:
    """Return the English of each area that somebody could choose: one place, smaller than a state.

    A text with a comma lists several places and is none of them; each place it names is matched by its words.
    """
    found = dict.fromkeys(each.area.english for each in library.services.values() if each.area)
    return [area for area in found if "," not in area and ";" not in area and _LOCAL.search(fold(area))]


def _row(
    service: Service,
    library: Library,
    languages: Sequence[str],
    translated: Translated,
    areas: Sequence[str],
) -> FindRow:
    organization = library.organizations[service.organization]
    texts = _texts(service, library)
    also = (service.programme, organization.name, organization.alternate_name, service.website)
    return FindRow(
        service=service.id,
        name=service.name,
        also=tuple(filter(None, (*also, *(phone.shown_as for phone in service.phones)))),
        numbers=tuple(phone.digits for phone in service.phones),
        texts=_in_languages(texts, languages, translated),
        needs=service.categories,
        areas=_areas(service, areas),
        own_area=service.area.english if service.area else "",
        languages=_languages(service),
        in_writing=service.answers_in_writing_or_sign,
        day_and_night=service.is_open_24h,
        emergency=service.is_emergency,
        open_hours=tuple(_open_hours(service)),
    )


def _texts(service: Service, library: Library) -> list[Text]:
    """Return what a visitor can read of a service, and the names of its needs."""
    own = (
        service.summary,
        service.hint,
        service.offers,
        service.eligibility,
        service.cost,
        service.languages,
        service.area,
        service.address,
        *(phone.label for phone in service.phones),
    )
    needs = [library.categories[id_] for id_ in service.categories if id_ in library.categories]
    return [text for text in (*own, *(need.title for need in needs)) if text]


def _in_languages(texts: Sequence[Text], languages: Sequence[str], translated: Translated) -> dict[str, str]:
    found = {ENGLISH: "\n".join(text.english for text in texts)}
    for language in languages:
        found[language] = "\n".join(filter(None, (translated(language, text) for text in texts)))
    return found


def _areas(service: Service, areas: Sequence[str]) -> tuple[str, ...]:
    """Return the areas it serves; what serves a state, a country or does not say where serves all of them."""
    served = fold(service.area.english) if service.area else ""
    if not _LOCAL.search(served):
        return tuple(areas)
    return tuple(area for area in areas if fold(area) in served)


def _languages(service: Service) -> tuple[str, ...]:
    spoken = fold(service.languages.english) if service.languages else ""
    return tuple(
        code for code, names in _SPOKEN.items() if re.search(rf"\b(?:{names})\b|{_ANY_SPOKEN}", spoken)
    )


def _open_hours(service: Service) -> Iterator[tuple[int, int]]:
    for phone in service.phones:
        if phone.open_24h:
            yield 0, 7 * _DAY
        for schedule in phone.schedules:
            for day in schedule.byday:
                yield day * _DAY + schedule.opens_at, day * _DAY + schedule.closes_at
