"""Opens a feed: one file, a folder of files or a ZIP file. Nothing is ever unpacked onto the disk."""

from __future__ import annotations

import errno
import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from kiosk.exchange.feed.limits import (
    LARGEST_DIRECTORY,
    LARGEST_FEED,
    LARGEST_RATIO,
    MOST_FILES,
    RATIO_COUNTS_FROM,
    FeedRefusedError,
)

READ = (".json", ".csv")
_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP64_PLACE = b"PK\x06\x07"
_OTHERS = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7z", b"%PDF": "PDF"}
_XLS = b"\xd0\xcf\x11\xe0"
_LIES = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError),
    *(OverflowError, RuntimeError, ValueError, OSError),
)
"""What zipfile raises for files that are no ZIP files; an OSError only when it says "invalid argument"."""

_BROKEN = "is broken or cut off; fetch the ZIP file again"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a feed that is read: its name within the feed, and its bytes, never more than allowed."""

    name: str
    file: IO[bytes]


@dataclass(slots=True)
class Budget:
    """How many bytes of the whole feed may still be read."""

    left: int = LARGEST_FEED

    def spend(self, count: int) -> None:
        """Count `count` bytes. Raises FeedRefusedError when the feed is too large."""
        self.left -= count
        if self.left < 0:
            megabytes = LARGEST_FEED // 1024 // 1024
            raise FeedRefusedError(f"the feed is larger than {megabytes} MB; ask for a smaller part of it")


class _Counted(io.RawIOBase):
    """The bytes of one file, counted; `packed` is its size in a ZIP file, or None."""

    def __init__(self, name: str, file: IO[bytes], budget: Budget, packed: int | None = None) -> None:
        self._name = name
        self._file = file
        self._budget = budget
        self._packed = packed
        self._count = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._file.read(len(buffer))
        except _LIES as error:
            if isinstance(error, OSError) and (self._packed is None or error.errno != errno.EINVAL):
                raise
            raise FeedRefusedError(f"{self._name} {_BROKEN}") from error
        self._count += len(piece)
        self._budget.spend(len(piece))
        if self._packed is not None and self._count > max(RATIO_COUNTS_FROM, LARGEST_RATIO * self._packed):
            raise FeedRefusedError(
                f"{self._name} grows more than {LARGEST_RATIO} times: this is no directory"
            )
        buffer[: len(piece)] = piece
        return len(piece)


def members_of(path: Path, left_out: list[str]) -> Generator[Member, None, None]:
    """Yield each JSON and CSV file of a feed, in the order of their names; each is read before the next.

    The names of other files go to `left_out`. Raises FeedRefusedError for what is no feed, and OSError.
    """
    budget = Budget()
    if path.is_dir():
        yield from _of_folder(path, budget, left_out)
    elif not path.exists():
        raise FeedRefusedError(f"there is no {path}; look at its name")
    elif not path.is_file():
        raise FeedRefusedError(f"{path} is no plain file; copy the feed into a file")
    elif _beginning(path) == _ZIP:
        yield from _of_zip(path, budget, left_out)
    else:
        with _opened(path, path.name, budget) as file:
            yield Member(path.name, file)


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


@contextmanager
def _opened(path: Path, name: str, budget: Budget) -> Iterator[IO[bytes]]:
    with path.open("rb") as plain:
        yield _peeked(name, io.BufferedReader(_Counted(name, plain, budget)))


def _peeked(name: str, file: io.BufferedReader) -> IO[bytes]:
    """Refuse what is neither JSON nor a table, by how it begins."""
    begins = file.peek(4096)[:4096]
    for mark, kind in _OTHERS.items():
        if begins.startswith(mark):
            raise FeedRefusedError(f"{name} is a {kind} file; unpack or convert it to JSON, CSV or ZIP")
    if begins.startswith((_ZIP, _XLS)):
        raise FeedRefusedError(f"{name} is a spreadsheet or a ZIP file in another file; save it as CSV UTF-8")
    if begins.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise FeedRefusedError(f"{name} is XML or HTML, which is not read; ask for HSDS as JSON or CSV")
    return file


def _of_folder(folder: Path, budget: Budget, left_out: list[str]) -> Iterator[Member]:
    count = 0
    for where, folders, files in os.walk(folder):  # follows no links
        folders.sort()
        for name in sorted(files):
            path = Path(where, name)
            called = path.relative_to(folder).as_posix()
            if (count := count + 1) > MOST_FILES:
                raise FeedRefusedError(f"the folder has more than {MOST_FILES} files; give the feed alone")
            if not _is_read(called) or path.is_symlink() or not path.is_file():
                left_out.append(called)
                continue
            with _opened(path, called, budget) as file:
                yield Member(called, file)


def _is_read(name: str) -> bool:
    path = PurePosixPath(name.lower())
    return path.suffix in READ and path.name != "datapackage.json" and not path.name.startswith((".", "._"))


def _of_zip(path: Path, budget: Budget, left_out: list[str]) -> Iterator[Member]:
    _look_at_directory(path)
    try:
        archive = zipfile.ZipFile(path)
    except _LIES as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise
        raise FeedRefusedError(f"{path.name} {_BROKEN}") from error
    with archive:
        infos = archive.infolist()
        if len(infos) > MOST_FILES:
            raise FeedRefusedError(f"{path.name} has more than {MOST_FILES} members; give the feed alone")
        names = [info.filename for info in infos if not info.is_dir()]
        if len(names) != len(set(names)):
            raise FeedRefusedError(f"{path.name} has two members of one name; pack it again")
        for info in sorted(infos, key=lambda info: info.filename):
            _look_at_name(info.filename)
            if info.is_dir():
                continue
            if not _is_read(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
                left_out.append(info.filename)
                continue
            with closing(_unpacked(archive, info, budget)) as file:
                yield Member(info.filename, file)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> IO[bytes]:
    if info.flag_bits & 1:
        raise FeedRefusedError(f"{info.filename} is locked with a password; pack it without one")
    try:
        packed = archive.open(info)
    except _LIES as error:
        raise FeedRefusedError(f"{info.filename} {_BROKEN}") from error
    counted = _Counted(info.filename, packed, budget, info.compress_size)
    try:
        return _peeked(info.filename, io.BufferedReader(counted))
    except BaseException:
        counted.close()
        raise


def _look_at_name(name: str) -> None:
    """No member is written anywhere; a name that leads out of the folder still tells of an attack."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or any(ord(sign) < 32 for sign in name):
        raise FeedRefusedError(f"a member is called {name[:80]!r}, which leads elsewhere: do not use it")


def _look_at_directory(path: Path) -> None:
    """Refuse a list of members that would fill the memory, before zipfile reads it."""
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - 66_000))
        end = file.read()
    place = end.rfind(_ZIP_END)
    if place < 0 or len(end) < place + 22:
        raise FeedRefusedError(f"{path.name} {_BROKEN}")
    (length,) = struct.unpack_from("<L", end, place + 12)
    if length > LARGEST_DIRECTORY or _ZIP64_PLACE in end[max(0, place - 20) : place]:
        raise FeedRefusedError(f"{path.name} has too many members; give the feed alone")
