"""A content set as one file: the same set gives the same bytes, and nothing in it can leave its folder."""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from operator import itemgetter
from pathlib import Path
from typing import Final

from kiosk.updates.disk import settle, settle_all
from kiosk.updates.faults import PublishError, RefusedError

LARGEST_ARCHIVE: Final = 16 * 1024 * 1024
"""Bytes. The set of a city has a few hundred kB."""

LARGEST_SET: Final = 64 * 1024 * 1024
BUILT: Final = "directory.kiosk"
"""What a built file (`run_kiosk.py build`) is called in the archive, whatever it was called before."""

MOST_FILES: Final = 20_000
_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can name
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
_DEEPEST = 4


def pack(content: Path) -> bytes:
    """Return a set, a folder or a built file, as a zip file; hidden files stay out. Raises PublishError."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, name in [(content, BUILT)] if content.is_file() else _files(content):
            if not _is_plain(name):
                raise PublishError(
                    f"{name}: name content files with the letters a to z, digits, - _ and . only, "
                    f"at most {_DEEPEST} folders deep."
                )
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.create_system, entry.external_attr = (
                zipfile.ZIP_DEFLATED,
                3,
                0o644 << 16,
            )
            archive.writestr(entry, path.read_bytes())
    if len(packed.getvalue()) > LARGEST_ARCHIVE:
        raise PublishError(
            f"The set is larger than {LARGEST_ARCHIVE} bytes; take out what kiosks do not need."
        )
    return packed.getvalue()


def unpack(packed: bytes, folder: Path) -> None:
    """Write the set of a zip file into the new folder `folder`, on the disk when this returns.

    Raises RefusedError for what is no plain set of files, OSError.
    """
    folder.mkdir()
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = archive.infolist()
            _judge(entries)
            for entry in entries:
                path = folder / entry.filename
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(_read(archive, entry))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise RefusedError(f"the archive cannot be read ({error})") from error
    settle_all(folder)
    settle(folder.parent)


def set_in(folder: Path) -> Path:
    """Return the set that was unpacked into `folder`: the built file, where there is nothing else."""
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return folder / BUILT if names == [BUILT] else folder


def _files(folder: Path) -> list[tuple[Path, str]]:
    found = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*folders, *names):
            if Path(where, name).is_symlink():
                raise PublishError(f"{Path(where, name)} is a link; put the file itself there.")
        found += [Path(where, name) for name in names if not name.startswith(".")]
    if strange := [path for path in found if not path.is_file()]:
        raise PublishError(f"{strange[0]} is no plain file; take it out.")
    return sorted(((path, path.relative_to(folder).as_posix()) for path in found), key=itemgetter(1))


def _judge(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST_SET:
        raise RefusedError("the archive holds more than a content set can")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise RefusedError("the archive holds a file twice")
    for name in names:
        if not _is_plain(name):
            raise RefusedError(f"the archive holds a file whose name is not plain: {name[:100]!r}")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read one file, and not one byte more than it says it has."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise RefusedError(f"the archive lies about the size of {entry.filename}")
    return content


def _is_plain(name: str) -> bool:
    parts = name.split("/")
    return len(parts) <= _DEEPEST and all(_PLAIN.fullmatch(part) for part in parts)
