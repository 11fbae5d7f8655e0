"""Every number that is shown, with the table in which it is authored, for those who call it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.content.source import Section, read_source


@dataclass(frozen=True, slots=True)
class Listed:
    """One [[service.phone]] table of an active entry, in the order of the files and of `Service.phones`."""

    service: str
    table: Section

    @property
    def number(self) -> str:
        """The number as its author wrote it."""
        return str(self.table.values.get("number", ""))


def listed_phones(folder: Path) -> Iterator[Listed]:
    """Yield the numbers of a content set that `check` finds no fault in; those that sites add come last.

    Raises OSError.
    """
    shared = sorted((folder / "organizations").glob("[!.]*.toml"))
    for path in (*shared, *sorted((folder / "sites").glob("[!.]*/organizations/[!.]*.toml"))):
        root = read_source(path, path.relative_to(folder).as_posix()).root
        for service in root.tables.get("service", ()) if root else ():
            if service.values.get("status", "active") == "active":
                for phone in service.tables.get("phone", ()):
                    yield Listed(str(service.values.get("id", "")), phone)
