"""Where an edit can be seen: the page of the first thing that differs between two states of the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from kiosk.content.model import Library
from kiosk.settings import Settings
from kiosk.visit.places import (
    CategoryPlace,
    GuidePlace,
    LobbyPlace,
    Place,
    ResourcePlace,
    StaffPlace,
    TopicPlace,
)

Id = TypeVar("Id")
Part = TypeVar("Part")


def place_of_edit(before: tuple[Library, Settings], after: tuple[Library, Settings]) -> Place | None:
    """Return the page that shows what changed, None when nothing that is shown did."""
    return next(_places(before, after), None)


def _places(before: tuple[Library, Settings], after: tuple[Library, Settings]) -> Iterator[Place]:
    (old, old_site), (new, new_site) = before, after
    yield from _of_library(old, new)
    yield from _of_site(old_site, new_site, new)


def _of_library(old: Library, new: Library) -> Iterator[Place]:
    for service in _changed(old.services, new.services):
        yield ResourcePlace(service)
    for guide in _changed(old.guides, new.guides):
        yield GuidePlace(guide)
    for organization in _changed(old.organizations, new.organizations):
        yield from map(ResourcePlace, new.organizations[organization].services[:1])
    for category in _changed(old.categories, new.categories):
        if new.in_category(category):
            yield CategoryPlace(category)
    if old.staff_card != new.staff_card:
        yield StaffPlace()


def _of_site(old_site: Settings, new_site: Settings, new: Library) -> Iterator[Place]:
    for here in new_site.here:
        if here not in old_site.here and new.in_category(here.category):
            yield CategoryPlace(here.category)
    for tile in new_site.tiles:
        if tile not in old_site.tiles and not tile.opens_help:
            yield TopicPlace(tile.id)
    if old_site != new_site:
        yield LobbyPlace()


def _changed(old: Mapping[Id, Part], new: Mapping[Id, Part]) -> Iterator[Id]:
    return (id_ for id_, part in new.items() if old.get(id_) != part)
