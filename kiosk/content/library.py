"""Reads a whole content set. Either all of it is right, or none of it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from kiosk.content.check import Check, Spot
from kiosk.content.cross import check_across
from kiosk.content.faults import ContentError
from kiosk.content.guides import read_categories, read_guide, read_staff_card
from kiosk.content.model import Category, Guide, Library, Service, ServiceId, StaffCard
from kiosk.content.services import OrganizationFile, read_organization
from kiosk.content.source import Section, read_source

Part = TypeVar("Part")


def load_library(folder: Path, today: date, icons: frozenset[str] | None = None) -> Library:
    """The checked set in `folder`, with its active services only.

    `today` is the last day on which a number can have been checked; `icons` are the names of the icons there
    are, None to let every name pass. Raises ContentError with all faults of the set.
    """
    check = Check(today, icons)
    library = read_set(folder, check)
    check_across(check)
    if check.faults or library is None:
        raise ContentError(check.all_faults())
    return library


@dataclass(slots=True)
class _Gathered:
    files: list[OrganizationFile] = field(default_factory=list)
    guides: list[Guide] = field(default_factory=list)
    categories: tuple[Category, ...] = ()
    staff_card: StaffCard | None = None


def read_set(folder: Path, check: Check) -> Library | None:
    """Read everything but the sites; the faults go to `check`."""
    if not folder.is_dir():
        check.fault(Spot(folder.name, 1), "this folder is missing; put it back, or copy the last good set")
        return None
    gathered = _Gathered()
    gathered.categories = _read_one(folder, "categories.toml", check, read_categories) or ()
    gathered.staff_card = _read_one(folder, "staff_card.toml", check, read_staff_card)
    gathered.files += read_all(folder, "organizations", check, read_organization)
    gathered.guides += read_all(folder, "guides", check, read_guide)
    return _library(gathered)


def _read_one(
    folder: Path, name: str, check: Check, read: Callable[[Section, Check], Part | None]
) -> Part | None:
    source = read_source(folder / name, name)
    check.faults += source.faults
    check.comments += ((Spot(name, line), words) for line, words in source.comments)
    part = read(source.root, check) if source.root else None
    if part is None:
        check.incomplete.add("category" if name == "categories.toml" else "service")
    return part


def read_all(
    folder: Path, name: str, check: Check, read: Callable[[Section, Check], Part | None]
) -> Iterator[Part]:
    """Read each .toml file of the folder `name`, in the order of their names."""
    try:
        paths = sorted((folder / name).iterdir())
    except OSError:
        check.fault(Spot(name, 1), "this folder is missing; put it back, or copy it from the last good set")
        check.incomplete.add("service")
        return
    paths = [path for path in paths if not path.name.startswith(".")]
    if any(path.suffix != ".toml" for path in paths) or not paths:
        check.incomplete.add("service")  # one fault, not one more for each link to what is not there
    if not paths:
        check.fault(Spot(name, 1), "this folder is empty; put its .toml files back")
    for path in paths:
        called = f"{name}/{path.name}"
        if path.suffix != ".toml":
            check.fault(Spot(called, 1), "only .toml files belong here; rename it, or move it away")
        elif (part := _read_one(folder, called, check, read)) is not None:
            yield part


def _library(gathered: _Gathered) -> Library | None:
    if gathered.staff_card is None:
        return None
    active = {id_ for file in gathered.files for id_ in file.active}
    services = [service for file in gathered.files for service in file.services if service.id in active]
    return Library(
        organizations=MappingProxyType({file.organization.id: file.organization for file in gathered.files}),
        services=MappingProxyType({each.id: _with_live_links(each, active) for each in services}),
        categories=MappingProxyType({each.id: each for each in gathered.categories}),
        guides=MappingProxyType({each.id: _guide_with_live_links(each, active) for each in gathered.guides}),
        staff_card=gathered.staff_card,
    )


def _with_live_links(service: Service, active: set[ServiceId]) -> Service:
    """A paused entry is no longer offered in place of another."""
    return replace(service, instead=tuple(id_ for id_ in service.instead if id_ in active))


def _guide_with_live_links(guide: Guide, active: set[ServiceId]) -> Guide:
    steps = tuple(step if step.service in active else replace(step, service=None) for step in guide.steps)
    return replace(guide, steps=steps)
