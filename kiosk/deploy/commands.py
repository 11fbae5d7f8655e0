"""The commands of whoever installs and locks a terminal: package, lock, and display for its unit."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from kiosk.deploy.package import Updates

    Commands = _SubParsersAction[ArgumentParser]


def add_deploy_commands(commands: Commands) -> None:
    """Add package, lock and display to the command line."""
    package = commands.add_parser("package", help="build the Debian package")
    package.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the package goes")
    package.add_argument("--as", dest="version", metavar="VERSION", help="a version, such as 0.1.0+city1")
    package.add_argument(
        "--maintainer", metavar="NAME", help="who answers for it: 'IT of the city <it@city.example>'"
    )
    package.add_argument(
        "--root-json", type=Path, metavar="FILE", help="the agency's root.json: whose content terminals take"
    )
    package.add_argument("--update-from", metavar="URL", help="the web server that terminals ask for content")
    package.set_defaults(command=_package)
    lock = commands.add_parser("lock", help="close every way from the screen into the system (root)")
    way = lock.add_mutually_exclusive_group()
    way.add_argument("--undo", action="store_true", help="take away what the lock wrote")
    way.add_argument("--check", action="store_true", help="say what is not locked; exit code 1 if anything")
    lock.add_argument(
        "--usb-sticks", action="store_true", help="leave USB storage usable, for updates by stick"
    )
    lock.add_argument(
        "--root", type=Path, default=Path("/"), metavar="DIR", help="a system below DIR, not this one"
    )
    lock.set_defaults(command=_lock)
    display = commands.add_parser("display", help="watch the compositor; for the display's unit")
    display.add_argument("--site", type=Path, metavar="FILE", help="the site file, for the rotation")
    display.add_argument(
        "--notes",
        type=Path,
        metavar="DIR",
        help="start the compositor anew when a screen stays dark, and count that here",
    )
    display.add_argument("--connectors", type=Path, metavar="DIR", help="in place of /sys/class/drm")
    display.set_defaults(command=_display)


def _package(options: Namespace) -> int:
    from kiosk.deploy.package import NotBuiltError, build

    try:
        updates = _updates(options)
        print(build(options.out, options.version, options.maintainer, updates))
    except NotBuiltError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _updates(options: Namespace) -> Updates | None:
    """Return what the package says of updates, judged by its own date. Raises NotBuiltError."""
    from kiosk.deploy.package import ROOT, NotBuiltError, Updates, built_at
    from kiosk.updates.faults import NO_TUF, PublishError

    if options.root_json is None:
        if options.update_from is not None:
            raise NotBuiltError(
                "--update-from names a server but nobody to trust; give --root-json FILE as well"
            )
        return None
    try:
        from kiosk.updates.seed import read_seed

        seed = read_seed(options.root_json, datetime.fromtimestamp(built_at(ROOT), UTC))
    except ImportError as error:
        raise NotBuiltError(NO_TUF.format(fault=error)) from None
    except PublishError as error:
        raise NotBuiltError(str(error)) from None
    return Updates(seed, options.update_from)


def _lock(options: Namespace) -> int:
    from kiosk.deploy import lock

    if not (options.root / "etc").is_dir():
        print(f"{options.root} has no etc; name the root folder of a system", file=sys.stderr)
        return 2
    if options.check:
        found = lock.check(options.root)
        for line in found.open:
            print(f"open: {line}")
        for line in found.notes:
            print(f"note: {line}")
        print("Not locked." if found.open else "Locked.")
        return 1 if found.open else 0
    if options.undo:
        lock.undo(options.root)
        print("The lock is taken away. Restart the machine.")
        return 0
    for path in lock.lock(options.root, usb_sticks=options.usb_sticks):
        print(f"kept as it is, since somebody else wrote it: {path}")
    print("Locked from the next start of the machine on; then look again with lock --check.")
    return 0


def _display(options: Namespace) -> int:
    from kiosk.deploy.openings import read_tables, rotation_of
    from kiosk.host.dark import CONNECTORS, DarkScreen
    from kiosk.host.health import Health
    from kiosk.host.screen import watch_screen

    tables = read_tables(options.site) if options.site else {}
    dark = DarkScreen(options.notes, options.connectors or CONNECTORS)
    return watch_screen(rotation_of(tables), Health(), dark)
