"""One example of every page and every entry: it drives the pictures, the checks and the walks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.house import House
from kiosk.takeaway.payload import can_be_kept, choices_of
from kiosk.visit.places import (
    AboutPlace,
    CategoryPlace,
    GuidePlace,
    HelpPlace,
    LanguagePlace,
    LobbyPlace,
    MyCodePlace,
    MyNumbersPlace,
    Place,
    ResourcePlace,
    StaffPlace,
    TakePlace,
    TopicPlace,
)
from kiosk.visit.visit import MOST_KEPT, Visit


@dataclass(frozen=True)
class Example:
    """A visit worth a picture; `name` is good for a file."""

    name: str
    visit: Visit


def examples(house: House) -> list[Example]:
    """Return the first part of every page that this house can show, and a few states between."""
    return [*_lobby(house), *_help(house), *_resources(house), *_takeaway(house), *_kept(house)]


def _lobby(house: House) -> Iterator[Example]:
    yield _example("lobby", LobbyPlace())
    for tile in house.settings.tiles:
        if not tile.opens_help:
            yield _example(f"topic-{tile.id}", TopicPlace(tile.id))
    yield _example("lobby-language", LanguagePlace())
    asking = Visit(trail=(LobbyPlace(), HelpPlace()), asking=True)
    yield Example("still-here", asking)


def _help(house: House) -> Iterator[Example]:
    yield _example("help", HelpPlace())
    library = house.library
    for category in library.categories:
        entries = library.in_category(category)
        if not entries:
            continue
        yield _example(f"category-{category}", CategoryPlace(category))
        if any(not entry.answers_in_writing_or_sign for entry in entries):
            yield _example(f"category-{category}-in-writing", CategoryPlace(category, in_writing=True))
    for guide in library.guides:
        yield _example(f"guide-{guide}", GuidePlace(guide))
    yield _example("staff", StaffPlace())
    yield _example("about", AboutPlace())
    yield _example("language", LanguagePlace(over_help=True))


def _resources(house: House) -> Iterator[Example]:
    for service in house.library.services:
        yield _example(f"resource-{service}", ResourcePlace(service))


def _takeaway(house: House) -> Iterator[Example]:
    for service in house.library.services.values():
        for index, choice in enumerate(choices_of(service)):
            name = f"take-{service.id}-{index}-{choice.way.value}"
            yield _example(name, TakePlace(service.id, choice=index))


def _kept(house: House) -> Iterator[Example]:
    services = [s.id for s in house.library.services.values() if can_be_kept(s)][:MOST_KEPT]
    for count in (0, 2, len(services)):
        trail = (LobbyPlace(), HelpPlace(), MyNumbersPlace())
        yield Example(f"my-numbers-{count}", Visit(trail=trail, kept=tuple(services[:count])))
    trail_to_code = (LobbyPlace(), HelpPlace(), MyNumbersPlace(), MyCodePlace())
    yield Example("my-code", Visit(trail=trail_to_code, kept=tuple(services)))


def _example(name: str, place: Place) -> Example:
    if isinstance(place, LobbyPlace):
        return Example(name, Visit(trail=(place,)))
    return Example(name, Visit(trail=(LobbyPlace(), place)))
