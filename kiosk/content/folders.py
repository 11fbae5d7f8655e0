"""Reads the files of a content folder one by one; what cannot be read is a fault, never an exception."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from kiosk.content.check import Check, Spot
from kiosk.content.source import Section, read_source

Part = TypeVar("Part")
Read = Callable[[Section, Check], Part | None]


def read_one(
    path: Path, name: str, check: Check, read: Callable[[Section, Check], Part | None]
) -> Part | None:
    """Read one file, called `name` in faults. None when it cannot be read."""
    source = read_source(path, name)
    check.faults += source.faults
    check.comments += ((Spot(name, line), words) for line, words in source.comments)
    part = read(source.root, check) if source.root else None
    if part is None:
        check.incomplete.add("category" if name == "categories.toml" else "service")
    return part


def read_all(
    folder: Path,
    name: str,
    check: Check,
    read: Read[Part],
    called: str = "",
) -> Iterator[Part]:
    """Read each .toml file of the folder `name`, in the order of their names; `called` is its name in faults.

    Folders of sites are overlays, which `kiosk.content.overlay` reads. What editors leave beside a file for
    themselves ("x.toml~", "#x.toml#", ".x.toml.swp") is no content.
    """
    called = called or name
    try:
        paths = sorted((folder / name).iterdir())
    except OSError:
        check.fault(Spot(called, 1), "this folder is missing; put it back, or copy it from the last good set")
        check.incomplete.add("service")
        return
    paths = [path for path in paths if not path.name.startswith((".", "#")) and path.name[-1] != "~"]
    paths = [path for path in paths if name != "sites" or not path.is_dir()]
    if any(path.suffix != ".toml" for path in paths) or not paths:
        check.incomplete.add("service")  # one fault, not one more for each link to what is not there
    if not paths:
        check.fault(Spot(called, 1), "this folder is empty; put its .toml files back")
    for path in check.along(paths, called):
        label = f"{called}/{path.name}"
        if path.suffix != ".toml":
            check.fault(Spot(label, 1), "only .toml files belong here; rename it, or move it away")
        elif (part := read_one(path, label, check, read)) is not None:
            yield part
