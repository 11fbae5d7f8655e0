"""Forks a visit from the host, with a pipe between the two."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import NoReturn

from kiosk.host.hardening import die_with
from kiosk.host.link import Link, linked

VisitMain = Callable[[Link, bool, bool], int]
"""What a visit does, as `visit_main(link, built_in, hurried)`; it returns the exit code.

`hurried` is True until a visit was ready to be shown."""


def fork_visit(
    visit_main: VisitMain, built_in: bool, hurried: bool, let_go: Callable[[], object] = lambda: None
) -> tuple[int, Link]:
    """Return the process id of a new visit and this end of the pipe to it. Raises OSError.

    In the child, `let_go` closes what is the host's; the child ends with its host, and never returns.
    """
    ours, theirs = linked()
    parent = os.getpid()
    visit = os.fork()
    if visit == 0:
        _become(partial(visit_main, theirs, built_in, hurried), parent, ours, let_go)
    theirs.close()
    return visit, ours


def _become(main: Callable[[], int], parent: int, host_end: Link, let_go: Callable[[], object]) -> NoReturn:
    """In the child: let go of all that is the host's, then serve."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        die_with(parent)
        host_end.close()
        let_go()
        code = main()
    except BaseException as fault:  # noqa: BLE001 - the kind of fault only: no values, no places
        sys.stderr.write(f"visitor-kiosk: {type(fault).__name__} in a visit\n")
        sys.stderr.flush()
    finally:
        os._exit(code)
