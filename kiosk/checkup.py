"""Every fault of a content set, its sites and their overlays in one pass, for the person who wrote them."""

from __future__ import annotations

from collections.abc import Mapping
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


def check_folder(
    folder: Path,
    today: date,
    icons: frozenset[str] | None = None,
    site: Path | None = None,
    along: Along = silently,
) -> tuple[Fault, ...]:
    """Every fault of the set in `folder`, of its site files and overlays, in order; () when it is good.

    `site` is one more site file, which may stand anywhere. A built file in place of a folder is read whole
    and held to its seals.
    """
    try:
        if folder.is_file():
            return _faults_of_built(folder)
        read_whole(folder, today, icons, site, along)
    except ContentError as error:
        return error.faults
    return ()


def read_whole(
    folder: Path,
    today: date,
    icons: frozenset[str] | None = None,
    site: Path | None = None,
    along: Along = silently,
) -> WholeSet:
    """The set in `folder` with all of its sites. Raises ContentError with every fault of any part."""
    check = Check(today, icons, along=along)
    gathered = read_set(folder, check)
    shared = check.fork()
    read = tuple(read_all(folder, "sites", check, read_site, shape=SITE_SHAPE))
    clips = read_clips(folder, KNOWN_LANGUAGES, check)
    check_across(check)
    found = _Found(folder, gathered, set(check.all_faults()))
    paths = sorted(path for path in (folder / "sites").glob("[!.]*.toml") if path.is_file())
    for each in along([path for path in paths if place_of(path, folder)], "sites with a folder"):
        found.add_overlay(each, shared.fork())
    own: tuple[Settings | None, ...] = ()
    if site and not site.is_relative_to(folder):
        apart = shared.fork()
        own = (read_one(site, str(site), apart, read_site, SITE_SHAPE),)
        found.add_overlay(site, apart)
        paths.append(site)
    faults = found.faults | _lost_overlays(folder)
    library = library_of(gathered, Overlay()) if gathered else None
    if faults or library is None:
        raise ContentError(tuple(sorted(faults)))
    settings = {path.name: one for path, one in zip(paths, (*read, *own), strict=True) if one}
    return WholeSet(library, settings, found.editions, clips)


@dataclass(slots=True)
class _Found:
    folder: Path
    gathered: Gathered | None
    faults: set[Fault]
    editions: dict[str, Edition] = field(default_factory=dict)

    def add_overlay(self, site: Path, check: Check) -> None:
        """Read what this site changes, if it changes anything."""
        place = place_of(site, self.folder)
        if place:
            overlay = read_overlay(place, self.gathered.active() if self.gathered else (), check)
            library = library_of(self.gathered, overlay) if self.gathered else None
            if library:
                self.editions[site.name] = Edition(library, place.folder / "words")
        check_across(check)
        self.faults |= set(check.faults)


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
