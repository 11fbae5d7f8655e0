"""Puts a new content set in place of the old: a link changes, in one step, and only when all of it is right.

    content            -> content.versions/7-3f2a9c04d1e8
    content.versions/  7-3f2a9c04d1e8, 6-90ab..: the set in use and the one before

The number is the version that two people signed. The link may also lead to a set that came with the package;
that one is never removed.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from kiosk.content.faults import Fault
from kiosk.updates.archive import set_in, unpack
from kiosk.updates.disk import point, settle
from kiosk.updates.faults import RefusedError

Check = Callable[[Path], tuple[Fault, ...]]
_VERSION = re.compile(r"(\d+)-([0-9a-f]{12})(-\d+)?")
MOST_FAULTS_TOLD = 5


def versions_of(content: Path) -> Path:
    """Return the folder with the sets that the link `content` leads to."""
    return content.with_name(f"{content.name}.versions")


def installed(content: Path) -> tuple[int, str]:
    """Return (version, how the archive's SHA-256 begins) of the set in use; (0, "") if unknown."""
    name = _in_use(content)
    found = _VERSION.fullmatch(name)
    return (int(found[1]), found[2]) if found else (0, "")


def _in_use(content: Path) -> str:
    """Return the name of the folder in `content.versions` that the link leads to or into; "" if elsewhere."""
    parts = content.readlink().parts if content.is_symlink() else ()
    home = versions_of(content).name
    return parts[parts.index(home) + 1] if home in parts[:-1] else ""


def install(packed: bytes, version: int, digest: str, content: Path, check: Check) -> None:
    """Unpack, check and switch. Raises RefusedError, with the old set in place, and OSError."""
    versions = versions_of(content)
    fresh = versions / ".new"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        unpack(packed, fresh)
        _refuse(check(set_in(fresh)))
        place = _free(versions, f"{version}-{digest[:12]}", content)
        fresh.rename(place)
        settle(versions)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    before = _in_use(content)
    point(content, set_in(place).relative_to(content.parent))
    _remove_others(versions, {place.name, before})


def _refuse(faults: tuple[Fault, ...]) -> None:
    if faults:
        said = "; ".join(map(str, faults[:MOST_FAULTS_TOLD]))
        more = f"; and {len(faults) - MOST_FAULTS_TOLD} more" if len(faults) > MOST_FAULTS_TOLD else ""
        raise RefusedError(f"the content has faults: {said}{more}")


def _free(versions: Path, name: str, content: Path) -> Path:
    """Return a name for the new set. What an interrupted update left is removed, never what is in use."""
    in_use = _in_use(content)
    if in_use == name:
        name += "-2"
    elif in_use == f"{name}-2":
        name += "-3"
    shutil.rmtree(versions / name, ignore_errors=True)
    return versions / name


def _remove_others(versions: Path, keep: set[str]) -> None:
    """Remove older sets, but none that a visit still holds (it locks the set while it lives)."""
    for path in versions.iterdir():
        if path.name in keep or not path.is_dir():
            continue
        fd = os.open(set_in(path), os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(path, ignore_errors=True)
        finally:
            os.close(fd)
