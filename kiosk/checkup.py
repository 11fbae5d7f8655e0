"""Every fault of a content set, its sites and their overlays in one pass, for the person who wrote them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kiosk.content.along import Along, silently
from kiosk.content.check import Check
from kiosk.content.clips import Clips, read_clips
from kiosk.content.cross import check_across
from kiosk.content.faults import ContentError, Fault
from kiosk.content.folders import read_all, read_one
from kiosk.content.library import Gathered, library_of, read_set
from kiosk.content.model import Library
from kiosk.content.overlay import Overlay, place_of, read_overlay
from kiosk.content.persons import persons_in
from kiosk.content.stored import open_stored
from kiosk.settings import KNOWN_LANGUAGES, Settings
from kiosk.site_file import read_site
from kiosk.site_reader import SITE_SHAPE


@dataclass(frozen=True, slots=True)
class Edition:
    """The directory as one site with an overlay shows it, and the folder of that overlay's translations."""

    library: Library
    words: Path


@dataclass(frozen=True, slots=True)
class WholeSet:
    """A set without faults: the shared directory, sites and editions by the names of site files, clips."""

    library: Library
    sites: Mapping[str, Settings]
    editions: Mapping[str, Edition]
    clips: Clips


@dataclass(frozen=True, slots=True)
class Judged:
    """Every fault of a set in order; of a set without any, the texts that may name a person (`persons`)."""

    faults: tuple[Fault, ...] = ()
    persons: tuple[Fault, ...] = ()


def judge_folder(
    folder: Path,
    today: date,
    icons: frozenset[str] | None = None,
    site: Path | None = None,
    along: Along = silently,
) -> Judged:
    """Judge the set in `folder` with its site files and overlays.

    `site` is one more site file, which may stand anywhere. A built file in place of a folder is read whole
    and held to its seals; it has no lines in which somebody could be named.
    """
    try:
        if folder.is_file():
            return Judged(_faults_of_built(folder))
        return Judged(persons=_read(folder, today, icons, site, along).persons())
    except ContentError as error:
        return Judged(error.faults)


def check_folder(
    folder: Path,
    today: date,
    icons: frozenset[str] | None = None,
    site: Path | None = None,
    along: Along = silently,
) -> tuple[Fault, ...]:
    """Every fault of the set in `folder`, in order, as `judge_folder` finds them; () when it is good."""
    return judge_folder(folder, today, icons, site, along).faults


def read_whole(
    folder: Path,
    today: date,
    icons: frozenset[str] | None = None,
    site: Path | None = None,
    along: Along = silently,
) -> WholeSet:
    """The set in `folder` with all of its sites. Raises ContentError with every fault of any part."""
    found = _read(folder, today, icons, site, along)
    return WholeSet(found.library, found.sites, found.editions, found.clips)


def _read(folder: Path, today: date, icons: frozenset[str] | None, site: Path | None, along: Along) -> _Found:
    check = Check(today, icons, along=along)
    gathered = read_set(folder, check)
    shared = check.fork()
    read = tuple(read_all(folder, "sites", check, read_site, SITE_SHAPE))
    clips = read_clips(folder, KNOWN_LANGUAGES, check)
    check_across(check)
    overlaid = _Overlaid(folder, gathered, set(check.all_faults()), [check])
    paths = sorted(path for path in (folder / "sites").glob("[!.]*.toml") if path.is_file())
    for each in along([path for path in paths if place_of(path, folder)], "sites with a folder"):
        overlaid.add(each, shared.fork())
    own: tuple[Settings | None, ...] = ()
    if site and not site.is_relative_to(folder):
        apart = shared.fork()
        own = (read_one(site, str(site), apart, read_site, SITE_SHAPE),)
        overlaid.add(site, apart)
        paths.append(site)
    faults = overlaid.faults | _lost_overlays(folder)
    library = library_of(gathered, Overlay()) if gathered else None
    if faults or library is None:
        raise ContentError(tuple(sorted(faults)))
    settings = {path.name: one for path, one in zip(paths, (*read, *own), strict=True) if one}
    return _Found(library, settings, overlaid.editions, clips, overlaid.checks)


@dataclass(frozen=True, slots=True)
class _Found:
    """A set without faults, and what each pass over it has read."""

    library: Library
    sites: Mapping[str, Settings]
    editions: Mapping[str, Edition]
    clips: Clips
    checks: Sequence[Check]

    def persons(self) -> tuple[Fault, ...]:
        return tuple(sorted({named for check in self.checks for named in persons_in(check)}))


@dataclass(slots=True)
class _Overlaid:
    """What the sites make of the shared set: its editions, and the faults of them all."""

    folder: Path
    gathered: Gathered | None
    faults: set[Fault]
    checks: list[Check]
    editions: dict[str, Edition] = field(default_factory=dict)

    def add(self, site: Path, check: Check) -> None:
        """Read what this site changes, if it changes anything."""
        place = place_of(site, self.folder)
        if place:
            overlay = read_overlay(place, self.gathered.active() if self.gathered else (), check)
            library = library_of(self.gathered, overlay) if self.gathered else None
            if library:
                self.editions[site.name] = Edition(library, place.folder / "words")
        check_across(check)
        self.faults |= set(check.faults)
        self.checks.append(check)


def _lost_overlays(folder: Path) -> set[Fault]:
    """Folders of sites that no site file has the name of: nobody would ever read them."""
    sites = folder / "sites"
    lost = [path for path in sites.glob("[!.]*") if path.is_dir() and not path.with_suffix(".toml").is_file()]
    wanted = "no site file has this name; name the folder as its site file without .toml"
    return {Fault(f"sites/{path.name}", 1, wanted) for path in lost}


def _faults_of_built(path: Path) -> tuple[Fault, ...]:
    stored = open_stored(path)
    try:
        return stored.faults()
    finally:
        stored.close()
