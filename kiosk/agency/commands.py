"""The commands of those who own the content: check it, hand it on, call its numbers."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.agency.imports import add_import
from kiosk.agency.keep import keep_good_set
from kiosk.agency.whole_file import write_whole
from kiosk.content.faults import ContentError, Fault
from kiosk.content.folders import advice_on, entries_in
from kiosk.content.library import libraries_of, load_library
from kiosk.house import icon_names
from kiosk.progress import bar

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from kiosk.checkup import Judged

    Commands = _SubParsersAction[ArgumentParser]

NO_TOOLS = 'The translation tools are missing. Install them: pip install ".[test]"'


def add_commands(commands: Commands, folder: Path, site_file: Path | None) -> None:
    """Add the commands of this package; `folder` is the content if nobody says.

    `site_file` is the site file of this terminal, which `check` reads with that content.
    """
    check = commands.add_parser("check", help="read all content and site files and list every fault")
    check.add_argument("path", nargs="?", type=Path, help="the folder with the content, or a built file")
    check.add_argument("--site", type=Path, metavar="FILE", help="one more site file, wherever it is")
    check.add_argument("--keep", type=Path, metavar="DIR", help="copy the set there if nothing is wrong")
    check.add_argument("--release", action="store_true", help="list also what is lacking before it goes live")
    check.add_argument("--json", action="store_true", help="answer as JSON, for another program")
    check.set_defaults(command=_check, usual=(folder, site_file))
    build = commands.add_parser("build", help="make the one file that a kiosk needs of its content")
    build.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the file goes")
    build.add_argument("--content", type=Path, default=folder, metavar="DIR")
    build.add_argument("--site", type=Path, metavar="FILE", help="one more site file, wherever it is")
    build.set_defaults(command=_build)
    export = commands.add_parser("export", help="write the directory as HSDS 3.1 JSON (Open Referral)")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the JSON goes")
    export.add_argument("--site", type=Path, metavar="FILE", help="as this site shows it")
    export.add_argument("--content", type=Path, default=folder, metavar="DIR")
    export.set_defaults(command=_export)
    add_import(commands, folder)
    calls = commands.add_parser("calls", help="make a sheet of every number, to call them one by one")
    way = calls.add_mutually_exclusive_group(required=True)
    way.add_argument("--out", type=Path, metavar="FILE", help="where the sheet goes: FILE.pdf, or FILE.csv")
    way.add_argument(
        "--record", type=Path, metavar="FILE.csv", help="write the days of this table into the set"
    )
    calls.add_argument("--paper", choices=("letter", "a4"), default="letter", help="letter if nobody says")
    calls.add_argument("--content", type=Path, default=folder, metavar="DIR")
    calls.set_defaults(command=_calls)


def _check(options: Namespace) -> int:
    """Say every fault; with --release, of a set without faults, what it lacks. Return 1 for either."""
    from kiosk.checkup import judge_folder

    if options.path is None:
        options.path, of_terminal = options.usual
        options.site = options.site or of_terminal
    if options.release and options.path.is_file():
        return _refuse("--release reads the folder that a file was built from; name that folder.")
    judged = judge_folder(options.path, _today(), _icons(), options.site, bar)
    lacks: tuple[Fault, ...] = ()
    if options.release and not judged.faults:
        try:
            from kiosk.agency.release import lacks_of

            lacks = lacks_of(options.path, _today())
        except ModuleNotFoundError:
            return _refuse(NO_TOOLS)
    if options.json:
        _say_json(options, judged, lacks)
    else:
        _say(options, judged, lacks)
    if judged.faults or lacks:
        return 1
    if options.keep:
        keep_good_set(options.path, options.keep)
        if not options.json:
            print(f"Kept as the last good set in {options.keep}.")
    return 0


def _say(options: Namespace, judged: Judged, lacks: tuple[Fault, ...]) -> None:
    faults = judged.faults
    for fault in (*faults, *lacks):
        print(fault)
    if faults:
        print(f"{_counted(len(faults))}. The kiosk refuses this set and goes on with the last good one.")
    elif lacks:
        print(f"No fault found. Things to do before this set may go live: {len(lacks)}.")
    else:
        print(f"{options.path}: {'ready to go live.' if options.release else 'no fault found.'}")
    if not faults and (advice := advice_on(entries_in(options.path))):
        print(f"Advice: {advice}")
    for named in judged.persons:
        print(f"Advice: {named}")
    if faults and options.release:
        print("What it lacks is told when it has no fault.")


def _say_json(options: Namespace, judged: Judged, lacks: tuple[Fault, ...]) -> None:
    """Faults and lacks as lists of {"file", "line", "message"}; "lacks" is null where nobody looked."""
    import json

    faults = judged.faults
    looked = options.release and not faults
    said = {
        "path": str(options.path),
        "faults": [fault._asdict() for fault in faults],
        "lacks": [lack._asdict() for lack in lacks] if looked else None,
        "advice": advice_on(entries_in(options.path)) if not faults else None,
        "persons": [each._asdict() for each in judged.persons],
        "counts": {"faults": len(faults), "lacks": len(lacks) if looked else None},
    }
    print(json.dumps(said, indent=2))


def _build(options: Namespace) -> int:
    """Write the file if nothing is wrong. Return 1 for a set with faults; an earlier file then stays."""
    from kiosk.agency.build import build
    from kiosk.content.age import first_leaving

    try:
        whole_file, whole = build(options.content, _today(), _icons(), site=options.site, along=bar)
    except ContentError as error:
        print(f"{error}\n{_counted(len(error.faults))}. Nothing is written.")
        return 1
    write_whole(options.out, whole_file)
    count, size = len(whole.library.services), len(whole_file) / 1e6
    clips = sum(map(len, whole.clips.values()))
    recordings = f", {clips} recordings" if clips else ""
    print(f"{options.out}: {count} entries, {len(whole.sites)} sites{recordings}, {size:.1f} MB.")
    if leaves := first_leaving(whole.library):
        print(f"Have the numbers checked before {leaves}: on that day the first is too old to be shown.")
    return 0


def _export(options: Namespace) -> int:
    from kiosk.exchange.hsds import json_of
    from kiosk.exchange.losses import losses_of

    try:
        library = load_library(options.content, _today(), _icons(), options.site, bar)
    except ContentError as error:
        return _refuse(f"Mend the content first:\n{error}")
    write_whole(options.out, json_of(library))
    print(f"{options.out}: {len(library.services)} entries as HSDS 3.1.")
    print("What HSDS has no place for, with how often it is there:")
    for loss in losses_of(library):
        print(loss)
    return 0


def _calls(options: Namespace) -> int:
    """Make the sheet, or with --record take the days over from a table. Return 1 for a table with a fault."""
    if options.record:
        return _record(options)
    try:
        libraries = libraries_of(options.content, _today(), _icons(), bar)
    except ContentError as error:
        return _refuse(f"Mend the content first:\n{error}")
    if options.out.suffix.lower() == ".csv":
        from kiosk.agency.record import table_of

        write_whole(options.out, table_of(options.content))
        print(f"{options.out}: fill in the last two columns, then give it to --record.")
        return 0
    try:
        from kiosk.agency.calls import rows_of, sheet_of
    except ImportError as error:
        return _refuse(f"Pillow cannot be loaded: {error}. Install it: pip install .")
    rows = rows_of(libraries, options.content)
    write_whole(options.out, sheet_of(rows, options.paper, _today().isoformat(), bar))
    print(f"{options.out}: {len(rows)} numbers to call.")
    return 0


def _record(options: Namespace) -> int:
    from kiosk.agency.record import LARGEST_TABLE, record
    from kiosk.checkup import check_folder

    with options.record.open("rb") as file:
        raw = file.read(LARGEST_TABLE + 1)
    try:
        count = record(
            options.content, raw, _today(), lambda folder: check_folder(folder, _today(), _icons(), along=bar)
        )
    except ContentError as error:
        print(f"{error}\nNothing is written.")
        return 1
    print(f"{options.content}: the calls to {count} numbers are written.")
    return 0


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day of whoever sits here


def _icons() -> frozenset[str]:
    return icon_names()


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def _counted(faults: int) -> str:
    return f"{faults} fault" if faults == 1 else f"{faults} faults"
