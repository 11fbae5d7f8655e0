"""Reads the files of a content folder one by one; what cannot be read is a fault, never an exception."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from kiosk.content.check import Check, Spot
from kiosk.content.headers import Shape
from kiosk.content.source import Section, read_source

MOST_READ_AT_START: Final = 1000
"""Entries: a folder of these is read in a second and a half, and each visit is a start."""

_SERVICE: Final = re.compile(rb"^\s*\[\[\s*service\s*\]\]", re.MULTILINE)
Part = TypeVar("Part")
Read = Callable[[Section, Check], Part | None]


def read_one(path: Path, name: str, check: Check, read: Read[Part], shape: Shape) -> Part | None:
    """Read one file, called `name` in faults, with the headers of `shape`. None when it cannot be read."""
    source = read_source(path, name, shape)
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
    shape: Shape,
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
        elif (part := read_one(path, label, check, read, shape)) is not None:
            yield part


def entries_in(folder: Path) -> int:
    """How many entries the files of a set announce. Only headings are counted: faults are told elsewhere."""
    files = [*folder.glob("organizations/[!.]*.toml"), *folder.glob("sites/*/organizations/[!.]*.toml")]
    return sum(len(_SERVICE.findall(path.read_bytes())) for path in files if path.is_file())


def slow_start(entries: int) -> str | None:
    """Say that a folder of so many entries is slow to start from; None for fewer."""
    if entries <= MOST_READ_AT_START:
        return None
    return f"{entries:,} entries are read anew at each start, which takes seconds"


def advice_on(entries: int) -> str | None:
    """What to do about a folder of so many entries that starts wait for their reading; None for fewer."""
    if not (told := slow_start(entries)):
        return None
    return (
        f"{told}; build them into one file that opens at once: "
        "run_kiosk.py build --content DIR --out directory.kiosk"
    )
