"""Numbers written into one table of a site file. Notes, order and everything else stay as they are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from kiosk.agency.whole_file import write_whole

Numbers = Mapping[str, float | int]


class NotWrittenError(Exception):
    """The site file cannot take the numbers without changing something else in it."""


def table_of(table: str, numbers: Numbers) -> str:
    """Return the table as TOML."""
    return "".join([f"[{table}]\n", *(f"{name} = {value}\n" for name, value in numbers.items())])


def write_numbers(site: Path, table: str, numbers: Numbers) -> None:
    """Write the numbers into the file, whole or not at all. Raises NotWrittenError and OSError."""
    write_whole(site, with_numbers(site.read_bytes(), table, numbers))


def with_numbers(raw: bytes, table: str, numbers: Numbers) -> bytes:
    """Return a site file with these numbers in [table]: new ones below its header. Raises NotWrittenError."""
    ending = b"\r\n" if b"\r\n" in raw else b"\n"
    lines = raw.splitlines(keepends=True)
    header = re.compile(rb"[ \t]*\[[ \t]*%b[ \t]*\][ \t]*(#.*)?\r?\n?" % re.escape(table.encode()))
    start = next((n for n, line in enumerate(lines) if header.fullmatch(line)), None)
    if start is None:
        gap = ending if raw.endswith(b"\n") or not raw else ending * 2
        written = raw + gap + table_of(table, numbers).encode().replace(b"\n", ending)
    else:
        written = b"".join(_renewed(lines, start, numbers, ending))
    _only_numbers_differ(raw, written, table, numbers)
    return written


def _renewed(lines: list[bytes], start: int, numbers: Numbers, ending: bytes) -> list[bytes]:
    """Return the lines with each number in the place of the old one, its note behind it kept."""
    end = next((n for n in range(start + 1, len(lines)) if lines[n].lstrip().startswith(b"[")), len(lines))
    renewed, missing = lines[:], []
    for name, value in numbers.items():
        old = re.compile(
            rb"(?P<key>[ \t]*%b[ \t]*=[ \t]*)[^#\s]+(?P<rest>.*)" % re.escape(name.encode()), re.DOTALL
        )
        for number in range(start + 1, end):
            if found := old.fullmatch(lines[number]):
                renewed[number] = found["key"] + str(value).encode() + found["rest"]
                break
        else:
            missing.append(f"{name} = {value}".encode() + ending)
    if missing and not renewed[start].endswith(b"\n"):
        renewed[start] += ending
    return [*renewed[: start + 1], *missing, *renewed[start + 1 :]]


def _only_numbers_differ(raw: bytes, written: bytes, table: str, numbers: Numbers) -> None:
    try:
        before, after = tomllib.loads(raw.decode()), tomllib.loads(written.decode())
        before[table] = {**before.get(table, {}), **numbers}
    except (ValueError, TypeError) as error:
        raise NotWrittenError from error
    if before != after:
        raise NotWrittenError
