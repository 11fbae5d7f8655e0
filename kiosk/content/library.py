"""Reads a whole content set. Either all of it is right, or none of it is used."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from kiosk.content.along import Along, silently
from kiosk.content.check import Check, Spot
from kiosk.content.cross import check_across
from kiosk.content.faults import ContentError
from kiosk.content.folders import read_all, read_one
from kiosk.content.guides import (
    CARD_SHAPE,
    CATEGORIES_SHAPE,
    GUIDE_SHAPE,
    read_categories,
    read_guide,
    read_staff_card,
)
from kiosk.content.model import Category, Guide, Library, Organization, Service, ServiceId, StaffCard
from kiosk.content.overlay import Overlay, place_of, read_overlay
from kiosk.content.services import SHAPE, OrganizationFile, read_organization


def load_library(
    folder: Path,
    today: date,
    icons: frozenset[str] | None = None,
    site: Path | None = None,
    along: Along = silently,
) -> Library:
    """The checked set in `folder`, with its active services only; as `site` shows it, if one is named.

    `site` is a site file, whose overlay is the folder of its name beside it. `today` is the last day on which
    a number can have been checked; `icons` are the names of the icons there are, None to let every name pass.
    Raises ContentError with all faults of the set.
    """
    check = Check(today, icons, along=along)
    gathered = read_set(folder, check)
    place = place_of(site, folder) if site else None
    overlay = read_overlay(place, gathered.active() if gathered else (), check) if place else Overlay()
    library = library_of(gathered, overlay) if gathered else None
    check_across(check)
    if check.faults or library is None:
        raise ContentError(check.all_faults())
    return library


def libraries_of(
    folder: Path, today: date, icons: frozenset[str] | None = None, along: Along = silently
) -> tuple[Library, ...]:
    """The shared directory, then for each site with an overlay what it adds, in the order of `listed_phones`.

    Raises ContentError with the faults of the first that has any.
    """
    shared = load_library(folder, today, icons, along=along)
    sites = sorted((folder / "sites").glob("[!.]*.toml"), key=lambda path: path.stem)
    differing = along([site for site in sites if place_of(site, folder)], "sites with a folder")
    with_overlay = [load_library(folder, today, icons, site) for site in differing]
    own = [
        {id_: each for id_, each in library.services.items() if id_ not in shared.services}
        for library in with_overlay
    ]
    added = [
        replace(library, services=MappingProxyType(services))
        for library, services in zip(with_overlay, own, strict=True)
    ]
    return shared, *added


@dataclass(slots=True)
class Gathered:
    """A set as its files hold it."""

    files: list[OrganizationFile] = field(default_factory=list)
    guides: list[Guide] = field(default_factory=list)
    categories: tuple[Category, ...] = ()
    staff_card: StaffCard | None = None

    def active(self) -> list[Service]:
        """The entries that are not paused or closed."""
        return [service for file in self.files for service in file.services if service.id in file.active]


def read_set(folder: Path, check: Check) -> Gathered | None:
    """Read everything but the sites; the faults go to `check`."""
    if folder.is_file():
        check.fault(Spot(folder.name, 1), "this is a file; name the folder that it was built from")
        return None
    if not folder.is_dir():
        check.fault(Spot(folder.name, 1), "this folder is missing; put it back, or copy the last good set")
        return None
    gathered = Gathered()
    needs, card = "categories.toml", "staff_card.toml"
    gathered.categories = read_one(folder / needs, needs, check, read_categories, CATEGORIES_SHAPE) or ()
    gathered.staff_card = read_one(folder / card, card, check, read_staff_card, CARD_SHAPE)
    gathered.files += read_all(folder, "organizations", check, read_organization, SHAPE)
    gathered.guides += read_all(folder, "guides", check, read_guide, GUIDE_SHAPE)
    return gathered


def library_of(gathered: Gathered, overlay: Overlay) -> Library | None:
    """The directory that a set and one site's overlay make; None when the set is not whole."""
    if gathered.staff_card is None:
        return None
    files = [*gathered.files, *overlay.files]
    services = overlay.over(gathered.active())
    services += [each for file in overlay.files for each in file.services if each.id in file.active]
    there = {service.id for service in services}
    guides = [*gathered.guides, *overlay.guides]
    return Library(
        organizations=MappingProxyType({file.organization.id: _owner(file, there) for file in files}),
        services=MappingProxyType({each.id: _with_live_links(each, there) for each in services}),
        categories=MappingProxyType({each.id: each for each in gathered.categories}),
        guides=MappingProxyType({each.id: _guide_with_live_links(each, there) for each in guides}),
        staff_card=gathered.staff_card,
    )


def _owner(file: OrganizationFile, there: set[ServiceId]) -> Organization:
    return replace(file.organization, services=tuple(i for i in file.organization.services if i in there))


def _with_live_links(service: Service, active: set[ServiceId]) -> Service:
    """A paused entry is no longer offered in place of another."""
    return replace(service, instead=tuple(id_ for id_ in service.instead if id_ in active))


def _guide_with_live_links(guide: Guide, active: set[ServiceId]) -> Guide:
    steps = tuple(step if step.service in active else replace(step, service=None) for step in guide.steps)
    return replace(guide, steps=steps)
