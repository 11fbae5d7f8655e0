"""The kiosk made worse on purpose, to see that it is noticed: a late press, a leak, a file, a slow standby.

    python tests/faults/mutants.py late|leaking|leaking-visit|writing|slow-to-show [options of the kiosk]

Each is the installed program with one thing changed while it runs; nothing in the product knows of it.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from kiosk import cli
from kiosk.host.host import Host
from kiosk.host.supervisor import SHOW_S
from kiosk.ui.served import Served
from kiosk.ui.session import Session
from kiosk.ui.triggers import Triggers
from kiosk.visit.actions import Hide
from tests.faults.watched import FILE, install

SLEEPS_S = 0.04
LEAKS_BYTES = 10_000
FOLDER = "VISITOR_KIOSK_MUTANT"
"""Names the folder that the writing one writes into."""


def late() -> None:
    """Sleep in the handler of every press."""
    pressed = Triggers._pressed

    def pressed_late(self, spot) -> bool:
        time.sleep(SLEEPS_S)
        return pressed(self, spot)

    Triggers._pressed = pressed_late


def leaking() -> None:
    """Keep 10 kB in the host for each visit that it starts."""
    start, kept = Host._start, []

    def start_and_keep(self, built_in: bool) -> None:
        kept.append(os.urandom(LEAKS_BYTES))
        start(self, built_in)

    Host._start = start_and_keep


def leaking_visit() -> None:
    """Keep 10 kB at each Hide, in a process that outlives it: that of --single."""
    kept: list[bytes] = []
    _at_hide(lambda: kept.append(os.urandom(LEAKS_BYTES)))


def writing() -> None:
    """Write a small file at each Hide."""
    _at_hide(lambda: (Path(os.environ[FOLDER]) / "last").write_text("seen"))


def slow_to_show() -> None:
    """Take longer to show a standby than the host waits for it."""
    show = Served._show

    def show_late(self) -> None:
        time.sleep(1.5 * SHOW_S)
        show(self)

    Served._show = show_late


def _at_hide(what) -> None:
    dispatch = Session.dispatch

    def dispatch_and_more(self, action) -> None:
        dispatch(self, action)
        if isinstance(action, Hide):
            what()

    Session.dispatch = dispatch_and_more


MUTANTS = {
    "late": late,
    "leaking": leaking,
    "leaking-visit": leaking_visit,
    "writing": writing,
    "slow-to-show": slow_to_show,
}

if __name__ == "__main__":
    MUTANTS[sys.argv.pop(1)]()
    if os.environ.get(FILE):
        install(os.environ[FILE])
    sys.exit(cli.main())
