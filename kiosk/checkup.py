"""Every fault of a content set, its sites and their overlays in one pass, for the person who wrote them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kiosk.content.check import Check
from kiosk.content.cross import check_across
from kiosk.content.faults import Fault
from kiosk.content.folders import read_all, read_one
from kiosk.content.library import Gathered, read_set
from kiosk.content.overlay import place_of, read_overlay
from kiosk.settings import read_site


def check_folder(
    folder: Path, today: date, icons: frozenset[str] | None = None, site: Path | None = None
) -> tuple[Fault, ...]:
    """Every fault of the set in `folder`, of its site files and overlays, in order; () when it is good.

    `site` is one more site file, which may stand anywhere.
    """
    check = Check(today, icons)
    gathered = read_set(folder, check)
    shared = check.fork()
    for _ in read_all(folder, "sites", check, read_site):
        pass
    check_across(check)
    faults = set(check.all_faults())
    for each in sorted((folder / "sites").glob("[!.]*.toml")):
        if place_of(each, folder):
            faults |= _of_overlay(each, folder, gathered, shared.fork())
    if site and not site.is_relative_to(folder):
        apart = shared.fork()
        read_one(site, str(site), apart, read_site)
        faults |= _of_overlay(site, folder, gathered, apart)
    return tuple(sorted(faults | _lost_overlays(folder)))


def _of_overlay(site: Path, folder: Path, gathered: Gathered | None, check: Check) -> set[Fault]:
    if place := place_of(site, folder):
        read_overlay(place, gathered.active() if gathered else (), check)
    check_across(check)
    return set(check.faults)


def _lost_overlays(folder: Path) -> set[Fault]:
    """Folders of sites that no site file has the name of: nobody would ever read them."""
    sites = folder / "sites"
    lost = [path for path in sites.glob("[!.]*") if path.is_dir() and not path.with_suffix(".toml").is_file()]
    wanted = "no site file has this name; name the folder as its site file without .toml"
    return {Fault(f"sites/{path.name}", 1, wanted) for path in lost}
