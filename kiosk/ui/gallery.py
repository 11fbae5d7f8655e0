"""One example of every page and every entry: it drives the pictures, the checks and the walks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.content.age import CALL_FIRST_DAYS
from kiosk.house import House
from kiosk.takeaway.payload import can_be_kept, choices_of
from kiosk.visit.places import (
    AboutPlace,
    CategoryPlace,
    FindPlace,
    FindView,
    GuidePlace,
    HelpPlace,
    InterpreterPlace,
    InterpretersPlace,
    LanguagePlace,
    LobbyPlace,
    MyCodePlace,
    MyNumbersPlace,
    Narrowed,
    Place,
    ResourcePlace,
    StaffPlace,
    TakePlace,
    TopicPlace,
    VoicePlace,
)
from kiosk.visit.visit import MOST_KEPT, Visit
from kiosk.words.interpreters import Interpreter


@dataclass(frozen=True)
class Example:
    """A visit worth a picture; `name` is good for a file."""

    name: str
    visit: Visit


def house_later(house: House) -> House:
    """Return the same house when its numbers say "call first"."""
    later = timedelta(days=CALL_FIRST_DAYS + 1)

    def now(zone: ZoneInfo) -> datetime:
        return house.now(zone) + later

    return replace(house, now=now)


def examples_later(house: House) -> list[Example]:
    """Return the pages that change when numbers grow old, for `house_later(house)`."""
    services = list(house_later(house).shown_now().services.values())
    spoken = [service for service in services if can_be_kept(service)]
    chosen = {
        "many": max(spoken, key=lambda service: len(service.phones)),
        "always": next((service for service in spoken if service.is_open_24h), spoken[0]),
        "by-day": next((service for service in spoken if not service.is_open_24h), spoken[0]),
        "no-number": next((service for service in services if not service.phones), spoken[0]),
    }
    found = [_example(f"old-{name}", ResourcePlace(service.id)) for name, service in chosen.items()]
    found.append(_example("old-category", CategoryPlace(chosen["by-day"].categories[0])))
    found += [_example(f"old-guide-{guide}", GuidePlace(guide)) for guide in house.library.guides]
    found.append(_example("old-take", TakePlace(chosen["by-day"].id)))
    kept = tuple(service.id for service in spoken)[:MOST_KEPT]
    trail_to_code = (LobbyPlace(), HelpPlace(), MyNumbersPlace(), MyCodePlace())
    found.append(Example("old-my-code", Visit(trail=trail_to_code, kept=kept)))
    return [*found, Example("old-my-numbers", Visit(trail=(LobbyPlace(), MyNumbersPlace()), kept=kept))]


def examples(house: House) -> list[Example]:
    """Return the first part of every page that this house can show, and a few states between."""
    return [
        *_lobby(house),
        *_help(house),
        *_resources(house),
        *_takeaway(house),
        *_kept(house),
        *_find(house),
    ]


def _lobby(house: House) -> Iterator[Example]:
    yield _example("lobby", LobbyPlace())
    for tile in house.settings.tiles:
        if not tile.opens_help:
            yield _example(f"topic-{tile.id}", TopicPlace(tile.id))
    yield _example("lobby-language", LanguagePlace())
    yield Example("voice", Visit(trail=(LobbyPlace(), VoicePlace()), speaks=True))
    if house.settings.speech:  # the banner has one control more
        yield Example("lobby-heard", Visit(speaks=True))
        kept = tuple(each.id for each in house.shown_now().services.values() if can_be_kept(each))[:1]
        yield Example("help-heard", Visit(trail=(LobbyPlace(), HelpPlace()), kept=kept, speaks=True))
    asking = Visit(trail=(LobbyPlace(), HelpPlace()), asking=True)
    yield Example("still-here", asking)


def _help(house: House) -> Iterator[Example]:
    yield _example("help", HelpPlace())
    library = house.shown_now()
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
    yield from _interpreters(house)
    yield _example("about", AboutPlace())
    yield _example("language", LanguagePlace(over_help=True))


def _interpreters(house: House) -> Iterator[Example]:
    """The list, and a card from each side: the ones between differ in their words alone."""
    if not house.interpreters:
        return
    yield _example("interpreters", InterpretersPlace(over_help=True))
    for right_to_left in (False, True):
        longest = max(
            (each for each in house.interpreters if each.is_right_to_left is right_to_left),
            key=_card_length,
        )
        yield _example(f"interpreter-{longest.code}", InterpreterPlace(longest.code, over_help=True))


def _card_length(interpreter: Interpreter) -> int:
    return len(interpreter.card)


def _resources(house: House) -> Iterator[Example]:
    for service in house.shown_now().services:
        yield _example(f"resource-{service}", ResourcePlace(service))


def _takeaway(house: House) -> Iterator[Example]:
    for service in house.shown_now().services.values():
        for index, choice in enumerate(choices_of(service)):
            name = f"take-{service.id}-{index}-{choice.way.value}"
            yield _example(name, TakePlace(service.id, choice=index))


def _kept(house: House) -> Iterator[Example]:
    services = [s.id for s in house.shown_now().services.values() if can_be_kept(s)][:MOST_KEPT]
    for count in (0, 2, len(services)):
        trail = (LobbyPlace(), HelpPlace(), MyNumbersPlace())
        yield Example(f"my-numbers-{count}", Visit(trail=trail, kept=tuple(services[:count])))
    trail_to_code = (LobbyPlace(), HelpPlace(), MyNumbersPlace(), MyCodePlace())
    yield Example("my-code", Visit(trail=trail_to_code, kept=tuple(services)))


def _find(house: House) -> Iterator[Example]:
    """Find where this house offers it: untouched, with a name typed, with nothing found, and its choices."""
    if not house.finder(house.today(house.when())).is_wanted:
        return
    some = next(iter(house.library.services.values()))
    category = next(iter(some.categories))
    yield _example("find", FindPlace())
    yield _example("find-letter", FindPlace("e"))
    yield _example("find-name", FindPlace(some.name[:5].lower()))
    yield _example("find-nothing", FindPlace("zqxj"))
    yield _example("find-narrowed", FindPlace("", Narrowed(category, open_now=True, in_writing=True)))
    yield _example("find-list", FindPlace("a", view=FindView.LIST))
    yield _example("find-list-nothing", FindPlace("zqxj", view=FindView.LIST))
    for view in (FindView.NARROW, FindView.NEED, FindView.AREA, FindView.LANGUAGE):
        yield _example(f"find-{view.value}", FindPlace("e", view=view))
    yield _example("find-latin", FindPlace("e", latin=True))


def _example(name: str, place: Place) -> Example:
    if isinstance(place, LobbyPlace):
        return Example(name, Visit(trail=(place,)))
    return Example(name, Visit(trail=(LobbyPlace(), place)))
