"""The [keys] table of a site file, as the technician's screen writes it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from kiosk.agency.whole_file import write_whole
from kiosk.keypad import Key

_HEADER = re.compile(rb"[ \t]*\[[ \t]*keys[ \t]*\][ \t]*(#.*)?\r?\n?")


class KeysNotWrittenError(Exception):
    """The site file cannot take the table without changing something else in it."""


def table_of(codes: Mapping[Key, int]) -> str:
    """Return the [keys] table, a line for each key."""
    return "".join(["[keys]\n", *(f"{key} = {code}\n" for key, code in codes.items())])


def with_keys(raw: bytes, codes: Mapping[Key, int]) -> bytes:
    """Return the bytes of a site file with this [keys] table; all others stay. Raises KeysNotWrittenError."""
    ending = b"\r\n" if b"\r\n" in raw else b"\n"
    table = table_of(codes).encode().replace(b"\n", ending)
    lines = raw.splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines) if _HEADER.fullmatch(line)), None)
    if start is None:
        gap = ending if raw.endswith(b"\n") or not raw else ending * 2
        written = raw + gap + table
    else:
        end = _end_of_table(lines, start)
        written = b"".join([*lines[:start], table, *lines[end:]])
    _only_keys_differ(raw, written, codes)
    return written


def write_keys(site: Path, codes: Mapping[Key, int]) -> None:
    """Put the table into a site file, whole or not at all. Raises KeysNotWrittenError and OSError."""
    write_whole(site, with_keys(site.read_bytes(), codes))


def _end_of_table(lines: list[bytes], start: int) -> int:
    """Return the line after the last key of the table: notes above the next header belong to that one."""
    end = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number].strip()
        if line.startswith(b"["):
            break
        if line and not line.startswith(b"#"):
            end = number + 1
    return end


def _only_keys_differ(raw: bytes, written: bytes, codes: Mapping[Key, int]) -> None:
    try:
        before, after = tomllib.loads(raw.decode()), tomllib.loads(written.decode())
    except ValueError as error:
        raise KeysNotWrittenError from error
    before["keys"] = {str(key): code for key, code in codes.items()}
    if before != after:
        raise KeysNotWrittenError
