"""Who gets a processor first: the display, the programs measured, and the process that watches."""

from __future__ import annotations

import atexit
import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

DISPLAY_NICE = -20  # a display server that waits behind other programs would be measured, not they
PROGRAM_NICE = -10
"""About 100 and 10 times the share of others, as CPUWeight=10000 and 1000 in the units of the kiosk."""
EYE_NICE = -15


def come_first() -> None:
    """Let this process look whenever it wants, where it may; the programs it starts are ordinary ones."""
    with contextlib.suppress(PermissionError):
        policy = os.SCHED_OTHER | os.SCHED_RESET_ON_FORK
        os.sched_setscheduler(0, policy, os.sched_param(0))
        os.setpriority(os.PRIO_PROCESS, 0, EYE_NICE)
    before = share_of_session("self", EYE_NICE)
    if before is not None:
        atexit.register(share_of_session, "self", before)  # it may be that of a terminal window


@contextlib.contextmanager
def first_of_all(wanted: bool = True) -> Iterator[None]:
    """Let this process run as soon as a sleep of it is over, where it may; what it starts is ordinary.

    With both processors busy the kernel kept it waiting for up to 10 ms (`calibrate.py --load`). It has to
    sleep between looks: else nobody would get its processor. A start is slower by it, of the kiosk by 4 %.
    """
    policy, priority = os.sched_getscheduler(0), os.sched_getparam(0)
    with contextlib.suppress(PermissionError):
        if wanted:
            os.sched_setscheduler(0, os.SCHED_FIFO | os.SCHED_RESET_ON_FORK, os.sched_param(1))
    try:
        yield
    finally:
        if os.sched_getscheduler(0) != policy:
            os.sched_setscheduler(0, policy, priority)


def share_of_session(process: int | str, nice: int) -> int | None:
    """Give the session of a process another share of the processors, where that may be; return the old one.

    Where the kernel shares them between sessions first (CONFIG_SCHED_AUTOGROUP, sched(7)), the nice value of
    a process counts among its own session only.
    """
    group = Path(f"/proc/{process}/autogroup")
    try:
        before = int(group.read_text().split()[-1])
        group.write_text(str(nice))
    except (OSError, ValueError, IndexError):
        return None
    return before
