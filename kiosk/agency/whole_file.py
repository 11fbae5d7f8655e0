"""A file that is there whole or not at all: written beside its place, then put there in one step."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path
from typing import IO


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`. What stood there stays until all of it is on the disk.

    A link leads to its file, which keeps its mode; what is no file, such as /dev/stdout, is written to.
    Raises OSError with the name `path`.
    """
    copy_whole(path, io.BytesIO(content))


def copy_whole(path: Path, content: IO[bytes]) -> None:
    """Write the rest of an open file to `path`, as `write_whole` does, in pieces."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            with path.open("wb") as file:
                shutil.copyfileobj(content, file)
        else:
            _replace(path.resolve() if path.is_symlink() else path, content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(path: Path, content: IO[bytes]) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    with fresh.open("wb") as file:
        try:
            shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())
            if path.is_file():
                shutil.copymode(path, fresh)
            fresh.replace(path)
        except BaseException:
            fresh.unlink()
            raise
