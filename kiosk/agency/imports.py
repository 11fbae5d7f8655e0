"""`import`: a feed of others becomes a staging file, and its marked rows become new organization files."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from argparse import ArgumentTypeError
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.agency.whole_file import copy_whole, write_whole
from kiosk.content.check import Check
from kiosk.content.faults import ContentError, Fault
from kiosk.content.library import read_set
from kiosk.exchange.feed.limits import FeedRefusedError
from kiosk.exchange.feed.tally import Tally
from kiosk.exchange.plain_text import plain
from kiosk.exchange.staging import marked_rows, stage, summary_of
from kiosk.exchange.taking import Plan, plan
from kiosk.progress import bar, ticking

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    Commands = _SubParsersAction[ArgumentParser]

Checked = Callable[[Path], tuple[Fault, ...]]
"""Finds the faults of a content set."""


def add_import(commands: Commands, folder: Path) -> None:
    """Add import to the command line; `folder` is where the content is if nobody says."""
    command = commands.add_parser("import", help="stage the directory of others, then take marked rows over")
    command.add_argument("feed", nargs="?", type=Path, help="HSDS or Ohana: a file, folder or ZIP file")
    way = command.add_mutually_exclusive_group(required=True)
    way.add_argument("--out", type=_table, metavar="FILE.csv", help="where the staging file goes")
    way.add_argument("--take", type=Path, metavar="FILE.csv", help="take its marked rows into the content")
    command.add_argument("--content", type=Path, default=folder, metavar="DIR")
    command.set_defaults(command=_import)


def _table(words: str) -> Path:
    if not words.lower().endswith(".csv") and not words.startswith("/dev/"):
        raise ArgumentTypeError(f"{words} must end in .csv, so that a spreadsheet opens it")
    return Path(words)


def _import(options: Namespace) -> int:
    if (options.feed is None) == (options.take is None):
        print("Write either: import FEED --out FILE.csv, or: import --take FILE.csv", file=sys.stderr)
        return 2
    try:
        return _take(options) if options.take else _stage(options)
    except FeedRefusedError as error:
        print(f"{plain(str(error))}\nNothing is written.")  # it may quote the feed
    except ContentError as error:
        print(f"{error}\nNothing is written.")
    return 1


def _stage(options: Namespace) -> int:
    with (
        ticking("rows") as tick,
        tempfile.TemporaryFile() as file,  # without a name: gone with this process, whatever ends it
    ):
        tally = Tally(on_row=tick)
        stage(options.feed, file, tally)
        file.seek(0)
        copy_whole(options.out, file)
    for line in summary_of(tally):
        print(line)
    print(f"{options.out}: write x into take for each row to take over, and fill in the columns behind it.")
    return 0


def _take(options: Namespace) -> int:
    from kiosk.checkup import check_folder
    from kiosk.house import ASSETS

    today = date.today()  # noqa: DTZ011 - the day of whoever sits here
    icons = frozenset(path.stem for path in (ASSETS / "icons").glob("*.svg"))
    written, there = take(
        options.content, options.take, today, lambda each: check_folder(each, today, icons, along=bar)
    )
    for name in written:
        print(f"{options.content / name}: written.")
    for name in there:
        print(f"{options.content / name}: was there already, the same.")
    print("Read every page (proof), run words for the translations, and call every number.")
    return 0


def take(folder: Path, staging: Path, today: date, check: Checked) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the marked rows of `staging` into new files of the set in `folder`.

    Return the names of the files that were written, and of those that were there with the same content:
    a take that was cut off is finished by the same take again. Raises ContentError and FeedRefusedError
    with nothing written, and OSError.
    """
    if faults := check(folder):
        raise ContentError(faults)
    rows = marked_rows(staging)
    made = plan(staging.name, rows, _known(folder, today), today)
    new = {name: content for name, content in made.files.items() if not (folder / name).exists()}
    there = tuple(name for name in made.files if name not in new)
    if faults := _others(folder, there, made):
        raise ContentError(faults)
    with tempfile.TemporaryDirectory() as trial:
        copy = Path(shutil.copytree(folder, Path(trial) / "data"))
        for name, content in new.items():
            (copy / name).write_bytes(content)
        if faults := check(copy):
            raise ContentError(tuple(dict.fromkeys(map(made.fault_of, faults))))
    _write(folder, new, tuple(made.files))
    return tuple(new), there


def _known(folder: Path, today: date) -> dict[tuple[str, str], str]:
    check = Check(today, None)
    read_set(folder, check)
    return {given: spot.file for given, spot in check.known.items()}


def _others(folder: Path, names: tuple[str, ...], made: Plan) -> tuple[Fault, ...]:
    """A fault for each file that stands where a new one belongs."""
    there = "is already there; add these rows to it by hand"
    return tuple(
        Fault(made.name, min(made.rows[name].values()), f"{name} {there}")
        for name in names
        if (folder / name).read_bytes() != made.files[name]
    )


def _write(folder: Path, new: Mapping[str, bytes], names: tuple[str, ...]) -> None:
    """Write all files beside their places, then link each into place, which never replaces a file.

    `names` are those of the whole take: what an earlier one left beside them goes, too.
    """
    beside = {folder / name: (folder / name).with_name(f".{Path(name).name}.take") for name in names}
    placed: list[Path] = []
    path = folder
    try:
        for name, content in new.items():
            path = folder / name
            write_whole(beside[path], content)
        for name in new:
            path = folder / name
            os.link(beside[path], path)
            placed.append(path)
    except OSError as error:
        for each in placed:
            each.unlink()
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        for fresh in beside.values():
            fresh.unlink(missing_ok=True)
