"""What `check` advises of a set without faults: nothing here keeps it from visitors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kiosk.content.check import Check
from kiosk.content.faults import Fault
from kiosk.content.library import read_set
from kiosk.content.overlay import place_of, read_overlay
from kiosk.content.persons import persons_in


def persons_named(folder: Path, today: date) -> tuple[Fault, ...]:
    """Return each text of the set in `folder` and of its sites' folders that may name a person."""
    if folder.is_file():  # a built file has no lines
        return ()
    check = Check(today, None)
    gathered = read_set(folder, check)
    for site in sorted((folder / "sites").glob("[!.]*.toml")):
        if gathered and (place := place_of(site, folder)):
            read_overlay(place, gathered.active(), check)
    return tuple(sorted(set(persons_in(check))))
