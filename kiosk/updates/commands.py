"""The commands `update` and `publish`. They import what only they need when they run."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.content.faults import ContentError, Fault
from kiosk.house import house_in, icon_names
from kiosk.shipped import SHOWN, built_at, root_json
from kiosk.updates.faults import NO_TUF
from kiosk.updates.publishing import add_publish_commands

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    Commands = _SubParsersAction[ArgumentParser]
    Run = Callable[[Namespace], int]

STATE: Final = Path("/var/lib/visitor-kiosk/update")


def add_update_commands(commands: Commands) -> None:
    """Add update and publish to the command line."""
    update = commands.add_parser("update", help="take new signed content from a web server or a folder")
    update.add_argument(
        "--from", dest="source", required=True, metavar="URL|DIR", help="where new content is"
    )
    update.add_argument(
        "--state", type=Path, default=STATE, metavar="DIR", help="where it keeps what it trusts"
    )
    update.add_argument("--content", type=Path, default=SHOWN, metavar="LINK", help="the kiosk's content")
    update.add_argument(
        "--root", type=Path, metavar="FILE", help="the agency's root.json, in place of this terminal's"
    )
    update.add_argument("--site", type=Path, metavar="FILE", help="the site file new content has to fit")
    update.add_argument(
        "--longest", type=_seconds, default=600.0, metavar="S", help="seconds; 600 if nobody says"
    )
    update.set_defaults(command=_with("tuf")(_update))
    publish = commands.add_parser("publish", help="sign content and put it where kiosks fetch it")
    steps = publish.add_subparsers(title="steps", metavar="STEP", required=True)
    add_publish_commands(steps, _with("tuf", "cryptography"))


def checker(today: date, site: Path | None = None) -> Callable[[Path], tuple[Fault, ...]]:
    """Return what finds every fault of a set, and of this kiosk's own site file with that set."""
    from kiosk.checkup import check_folder

    def check(content: Path) -> tuple[Fault, ...]:
        faults = check_folder(content, today, icon_names(), site)
        return faults or (_unfit(content, site) if site and content.is_file() else ())

    return check


def _unfit(built: Path, site: Path) -> tuple[Fault, ...]:
    """Return the faults of a site file with a built directory, as the kiosk would open the two."""
    try:
        house = house_in(built, site, icon_names())
    except ContentError as error:
        return error.faults
    if house.stored:
        house.stored.close()
    return ()


def _update(options: Namespace) -> int:
    from kiosk.updates.update import Task, address, update

    try:
        source = address(options.source)
    except ValueError as error:
        return _refuse(str(error))
    root = options.root or root_json()
    if not root.is_file():
        return _refuse(
            f"{root} is missing: the agency's root.json, from its metadata/1.root.json. "
            "A package that was built with --root-json brings it"
        )
    content = options.content.absolute()
    task = Task(source, options.state, content, root, options.longest, built_at())
    # the last day there is: a clock that was set back must not refuse content as checked "in the future"
    outcome = update(task, checker(date.max, options.site))
    said = f"visitor-kiosk update: {outcome.result}{f': {outcome.reason}' if outcome.reason else ''}"
    print(said, file=sys.stderr if outcome.code else sys.stdout)
    return int(outcome.code)


def _with(*packages: str) -> Callable[[Run], Run]:
    """Say how to install what is missing. A kiosk that only updates needs no `cryptography`."""

    def decorated(run: Run) -> Run:
        def guarded(options: Namespace) -> int:
            try:
                for package in packages:
                    import_module(package)
            except ImportError as error:
                return _refuse(NO_TUF.format(fault=error))
            return run(options)

        return guarded

    return decorated


def _seconds(words: str) -> float:
    try:
        seconds = float(words)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 86_400:
        raise ArgumentTypeError(f"{words} is no time; write seconds from 1 to 86400")
    return seconds


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2
