"""Writing so that a power cut leaves the old or the new, and never half of either (rename(2), fsync(2))."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

AT_FDCWD: Final = -100
RENAME_EXCHANGE: Final = 2


def put_whole(path: Path, content: bytes) -> None:
    """Write a file and make certain of it: all of it is on the disk before its name is. Raises OSError.

    One writer at a time: the name it has until then is always the same, so that power cuts leave no heap.
    """
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def settle_all(folder: Path) -> None:
    """Wait until all files and folders below `folder`, and itself, are on the disk."""
    for where, _, names in os.walk(folder):
        for name in names:
            fd = os.open(Path(where, name), os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(fd)
            finally:
                os.close(fd)
        settle(Path(where))


def point(link: Path, target: Path) -> None:
    """Let a symbolic link lead to `target`, in one step. Raises OSError."""
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)
    settle(link.parent)


def exchange(one: Path, other: Path) -> None:
    """Swap the names of two folders in one step (renameat2(2), RENAME_EXCHANGE). Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if libc.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], ctypes.c_uint(RENAME_EXCHANGE)) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(one))
    settle(one.parent)


class BusyError(Exception):
    """Somebody else works in this folder."""


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder against other programs of this kind. Raises BusyError, OSError."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
                raise BusyError(str(folder)) from None
            raise
        yield
    finally:
        os.close(fd)
