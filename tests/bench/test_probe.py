"""Display and programs have the shares of the processors that the units of a terminal give them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import probe

WAITS = [sys.executable, "-c", "input()"]
HAS_SHARES = Path("/proc/self/autogroup").exists() and probe.os.geteuid() == 0


def share(process: int) -> int:
    return int(Path(f"/proc/{process}/autogroup").read_text().split()[-1])


@pytest.mark.skipif(not HAS_SHARES, reason="sessions have no shares here, or only root may set them")
def test_the_display_comes_before_programs_and_they_before_others():
    with probe.VirtualScreen(320, 240) as screen:
        display = screen._children[0]
        program = screen.spawn(["sleep", "60"])
        assert share(display.pid) == probe.DISPLAY_NICE < share(program.pid) == probe.PROGRAM_NICE < 0


@pytest.mark.skipif(not HAS_SHARES, reason="sessions have no shares here, or only root may set them")
def test_the_share_of_a_session_is_set_and_what_it_was_is_returned():
    with subprocess.Popen(WAITS, stdin=subprocess.PIPE, start_new_session=True) as waiting:
        assert probe.share_of_session(waiting.pid, 5) == 0
        assert share(waiting.pid) == 5
        waiting.communicate(b"\n")
    assert probe.share_of_session(waiting.pid, 5) is None, "a process that is gone"
