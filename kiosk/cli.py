"""The door: shows the kiosk, or hands the command line to `commands`."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kiosk.options import plain_start, refuse

if TYPE_CHECKING:
    from argparse import Namespace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 faults found, 2 cannot run."""
    command = _command(sys.argv[1:] if arguments is None else list(arguments))
    sys.dont_write_bytecode = True
    try:
        return int(command())
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


def _command(words: list[str]) -> Callable[[], int]:
    """Read the command line. A kiosk that starts waits neither for other commands nor for their parser."""
    if plain := plain_start(words):
        return partial(_show, *plain)
    from kiosk.commands import parser_with

    gc.enable()  # the door turned it off; a start of the kiosk turns it off again
    options = parser_with(_run).parse_args(words)
    return partial(options.command, options)


def _run(options: Namespace) -> int:
    return _show(options.content, options.site, options.single, options.window)


def _show(
    content: Path, site: Path | None, single: bool = False, panel: tuple[int, int] | None = None
) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it; Qt's loop would never see Python's own
    gc.disable()  # a start makes much and drops little; the host turns it on again when it is through
    from kiosk.host.hardening import harden
    from kiosk.host.libraries import begin_to_load

    bus = harden()
    loaded = begin_to_load()
    from kiosk.running import run_alone, run_host

    loaded()
    if single or panel:
        return run_alone(content, site, panel, bus)
    return run_host(content, site, bus)
