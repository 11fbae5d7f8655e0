"""Reads what the system says of itself. Nothing it meets can stop or hang it, and nothing is written.

A missing file, a pipe in its place, a program that hangs or never stops talking: all give None, or what
could be read in time.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

LARGEST_BYTES: Final = 256 * 1024
LONGEST_S: Final = 5.0
NOT_SYNCHRONISED: Final = 5
"""TIME_ERROR of adjtimex(2)."""


def bytes_of(path: Path) -> bytes | None:
    """Return the first bytes of a file; None when it cannot be read. Never waits for a pipe."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return None
    try:
        read = b""
        while len(read) < LARGEST_BYTES and (more := os.read(file, LARGEST_BYTES - len(read))):
            read += more
    except OSError:
        return None
    else:
        return read
    finally:
        os.close(file)


def text_of(path: Path) -> str | None:
    """Return a file as text, whatever its bytes are."""
    raw = bytes_of(path)
    return None if raw is None else raw.decode("utf-8", "replace")


def names_in(folder: Path) -> tuple[str, ...]:
    """Return the names in a folder in their order; () when it cannot be read."""
    try:
        return tuple(sorted(path.name for path in folder.iterdir()))
    except OSError:
        return ()


def answer_of(command: tuple[str, ...], environment: Mapping[str, str] | None = None) -> str | None:
    """Return what a program says within five seconds; None when it is missing, fails or hangs."""
    given = {**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})}
    try:
        program = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=given,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return None
    with program:
        try:
            said = _heard(program, time.monotonic() + LONGEST_S)
        finally:
            _end(program)
    return said.decode("utf-8", "replace") if said is not None and program.returncode == 0 else None


def _heard(program: subprocess.Popen[bytes], end: float) -> bytes | None:
    """Return all it says until it closes its output, or None when that takes too long or is too much."""
    if program.stdout is None:
        return None
    heard = b""
    while (left := end - time.monotonic()) > 0 and len(heard) < LARGEST_BYTES:
        if not select.select([program.stdout], [], [], left)[0]:
            return None
        if not (more := os.read(program.stdout.fileno(), LARGEST_BYTES)):
            try:
                program.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                return None
            return heard
        heard += more
    return None


def _end(program: subprocess.Popen[bytes]) -> None:
    """End it and whatever it started."""
    with suppress(ProcessLookupError):  # it ended by itself, and so did all it started
        os.killpg(program.pid, signal.SIGKILL)


def is_synchronised() -> bool | None:
    """Return whether something sets the kernel's clock (adjtimex with no modes); None when nobody knows."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(1024))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else state != NOT_SYNCHRONISED
