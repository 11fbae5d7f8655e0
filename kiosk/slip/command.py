"""The programs that print a slip. Its dots go to their standard input; their arguments are always the same.

dd, timeout (coreutils), setpriv (util-linux), lp and cancel (CUPS); each has a manual page. A program that
prints ends with the visit; one that empties outlives it, but for two seconds at most.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.fittings import Printer
from kiosk.slip.raster import Raster, as_bands, as_png, emptied

ENDS_WITH_THE_VISIT: Final = ("setpriv", "--pdeathsig", "KILL", "--")
ENDS_SOON: Final = ("timeout", "--signal=KILL", "2")
TITLE: Final = "slip"
SETTLED: Final = {"LC_ALL": "C.UTF-8", "HOME": "/proc/self/nowhere"}  # CUPS reads settings below it
PASSED_ON: Final = ("PATH",)


@dataclass(frozen=True, slots=True, repr=False)
class Order:
    """One program to run, and what it reads."""

    command: tuple[str, ...]
    reads: bytes = b""


def printing(printer: Printer, raster: Raster, *, is_first: bool) -> tuple[Order, ...]:
    """Return what prints a slip. Before the first of a visit whatever others left is dropped."""
    if printer.device:
        return (Order((*ENDS_WITH_THE_VISIT, *_writer(printer.device)), as_bands(raster)),)
    slip = Order((*ENDS_WITH_THE_VISIT, *_sender(printer.queue)), as_png(raster))
    return (Order((*ENDS_WITH_THE_VISIT, *_canceller(printer.queue))), slip) if is_first else (slip,)


def emptying(printer: Printer) -> Order:
    """Return what makes printer or queue forget every slip that is not on paper yet."""
    if printer.device:
        return Order((*ENDS_SOON, *_writer(printer.device)), emptied(printer.width))
    return Order((*ENDS_SOON, *_canceller(printer.queue)))


def surroundings(printer: Printer, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the few variables that the programs get."""
    server = {"CUPS_SERVER": printer.server} if printer.server else {}
    return {name: environment[name] for name in PASSED_ON if name in environment} | SETTLED | server


def missing(printer: Printer) -> str:
    """Return the first program that is not installed; empty when all are there."""
    programs = ("dd",) if printer.device else ("lp", "cancel")
    wanted = (ENDS_WITH_THE_VISIT[0], ENDS_SOON[0], *programs)
    return next((program for program in wanted if not shutil.which(program)), "")


def _writer(device: str) -> tuple[str, ...]:
    """Write to the device as it takes it; never make a file where the printer is unplugged."""
    return "dd", f"of={device}", "bs=4096", "conv=notrunc,nocreat", "status=none"


def _sender(queue: str) -> tuple[str, ...]:
    """Send a picture at its own size, without a cover sheet (which would bear a name and a time)."""
    size = ("-o", "ppi=203", "-o", "position=top", "-o", "job-sheets=none")
    return "lp", "-s", "-d", queue, "-t", TITLE, *size, "-"


def _canceller(queue: str) -> tuple[str, ...]:
    """Cancel all jobs of the queue and delete their files."""
    return "cancel", "-a", "-x", queue
