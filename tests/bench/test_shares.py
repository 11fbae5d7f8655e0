"""Display and programs have the shares of the processors that the units of a terminal give them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import shares
from tests.bench.probe import VirtualScreen

WAITS = [sys.executable, "-c", "input()"]
HAS_SHARES = Path("/proc/self/autogroup").exists() and os.geteuid() == 0


def share(process: int) -> int:
    return int(Path(f"/proc/{process}/autogroup").read_text().split()[-1])


@pytest.mark.skipif(not HAS_SHARES, reason="sessions have no shares here, or only root may set them")
def test_the_display_comes_before_programs_and_they_before_others():
    with VirtualScreen(320, 240) as screen:
        display = screen._children[0]
        program = screen.spawn(["sleep", "60"])
        assert share(display.pid) == shares.DISPLAY_NICE < share(program.pid) == shares.PROGRAM_NICE < 0


@pytest.mark.skipif(not HAS_SHARES, reason="sessions have no shares here, or only root may set them")
def test_the_share_of_a_session_is_set_and_what_it_was_is_returned():
    with subprocess.Popen(WAITS, stdin=subprocess.PIPE, start_new_session=True) as waiting:
        assert shares.share_of_session(waiting.pid, 5) == 0
        assert share(waiting.pid) == 5
        waiting.communicate(b"\n")
    assert shares.share_of_session(waiting.pid, 5) is None, "a process that is gone"


def may_come_first() -> bool:
    """Return whether this process may have a real-time policy: not every root may, in a container."""
    ask = "import os; os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))"
    return subprocess.run([sys.executable, "-c", ask], capture_output=True, check=False).returncode == 0


def policy_of_a_child() -> str:
    """Return the scheduling policy of a process that is started now."""
    ask = [sys.executable, "-c", "import os; print(os.sched_getscheduler(0))"]
    return subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("wanted", [True, False])
def test_the_watcher_comes_first_while_it_waits_and_what_it_starts_does_not(wanted):
    before = os.sched_getscheduler(0)
    with shares.first_of_all(wanted):
        now, child = os.sched_getscheduler(0), policy_of_a_child()
    assert now == (os.SCHED_FIFO | os.SCHED_RESET_ON_FORK if wanted and may_come_first() else before)
    assert child == str(os.SCHED_OTHER)
    with pytest.raises(KeyError), shares.first_of_all(wanted):
        raise KeyError
    assert os.sched_getscheduler(0) == before
