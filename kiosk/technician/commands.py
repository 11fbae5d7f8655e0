"""The commands of whoever mounts and keeps the machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.display import NO_LIBRARIES

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Callable

    Commands = _SubParsersAction[ArgumentParser]
    Size = Callable[[str], tuple[int, int]]


def add_commands(commands: Commands, size: Size) -> None:
    """Add site and keys to the command line; `size` reads "1080x1920"."""
    site = commands.add_parser("site", help="what may stand in a site file")
    site.add_argument("--reference", action="store_true", required=True, help="every key, as Markdown")
    site.set_defaults(command=_site)
    keys = commands.add_parser("keys", help="learn the keys of a keypad, one after the other")
    keys.add_argument("--site", type=Path, metavar="FILE", help="write the [keys] table into this site file")
    keys.add_argument("--window", type=size, metavar="WxH", help="a window of this size")
    keys.set_defaults(command=_keys)


def _site(_: Namespace) -> int:
    from kiosk.technician.reference import reference

    print(reference(), end="")
    return 0


def _keys(options: Namespace) -> int:
    from kiosk.content.source import read_source
    from kiosk.keypad import KeysNotWrittenError, table_of, write_keys

    site = options.site
    if site and (faults := read_source(site, str(site)).faults):
        return _refuse("\n".join(map(str, faults)))
    try:
        from kiosk.ui.learn import learn
    except ImportError as error:
        return _refuse(NO_LIBRARIES.format(fault=error))
    codes = learn(options.window)
    if not codes:
        print("No key was learned; nothing is written.", file=sys.stderr)
        return 1
    if not site:
        print(table_of(codes), end="")
        return 0
    try:
        write_keys(site, codes)
    except KeysNotWrittenError:
        return _refuse(
            f"{site} has a form that cannot be changed here; write this into it:\n{table_of(codes)}"
        )
    print(f"{site}: the [keys] table is written.")
    return 0


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2
