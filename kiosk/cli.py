"""The door: shows the kiosk, or hands the command line to `commands`."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from kiosk.options import add_run_options, refuse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 faults found, 2 cannot run."""
    options = _options(arguments)
    sys.dont_write_bytecode = True
    try:
        return int(options.command(options))
    except OSError as error:  # a full disk, a folder that cannot be written
        return refuse(f"visitor-kiosk: {error.strerror or error}: {error.filename or 'no file'}")


def leave(code: int) -> NoReturn:
    """End this process with an exit code.

    Qt's Wayland client can wait for ever when it is taken apart at the end (seen with Qt 6.8 in cage, after
    every second `measure`), and by then nothing is left to do. What was printed is written first.
    """
    if "PySide6" not in sys.modules:
        sys.exit(code)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads it any more, or the disk is full
        code = code or 2
    os._exit(code)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line. A kiosk that starts does not wait for the code of all other commands."""
    only_run = argparse.ArgumentParser(prog=Path(sys.argv[0]).name, add_help=False)
    add_run_options(only_run)
    only_run.set_defaults(command=_run)
    options, others = only_run.parse_known_args(arguments)
    if not others:
        return options
    from kiosk.commands import parser_with

    gc.enable()  # the door turned it off; a start of the kiosk turns it off again
    return parser_with(_run).parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it; Qt's loop would never see Python's own
    gc.disable()  # a start makes much and drops little; the host turns it on again when it is through
    from kiosk.host.hardening import harden
    from kiosk.running import run_alone, run_host

    bus = harden()
    if options.single or options.window:
        return run_alone(options.content, options.site, options.window, bus)
    return run_host(options.content, options.site, bus)
