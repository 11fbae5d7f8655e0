"""Every fault of a content set and its sites in one pass, for the person who wrote them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kiosk.content.check import Check
from kiosk.content.cross import check_across
from kiosk.content.faults import Fault
from kiosk.content.library import read_all, read_set
from kiosk.settings import read_site


def check_folder(folder: Path, today: date, icons: frozenset[str] | None = None) -> tuple[Fault, ...]:
    """Every fault of the set in `folder` and of its site files, in order; () when it is good."""
    check = Check(today, icons)
    read_set(folder, check)
    for _ in read_all(folder, "sites", check, read_site):
        pass
    check_across(check)
    return check.all_faults()
