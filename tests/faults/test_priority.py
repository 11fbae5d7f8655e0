"""With busy processors the visit on screen comes before everybody else, with all its threads."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from kiosk.host.hardening import EASY, PRESSING

COMES_FIRST = subprocess.run(["nice", "-n", str(PRESSING), "true"], capture_output=True, check=False)


def priorities(visit: int) -> dict[str, int]:
    """Return the nice value of each thread, by number and name."""
    return {
        f"{task.name} {(task / 'comm').read_text().strip()}": os.getpriority(os.PRIO_PROCESS, int(task.name))
        for task in Path(f"/proc/{visit}/task").iterdir()
    }


@pytest.mark.skipif(COMES_FIRST.stderr != b"", reason="no process may come to the front here")
def test_no_thread_of_the_visit_on_screen_waits_behind_other_programs(kiosk):
    """Qt reads what the display says in a thread of its own; when it waits, Hide waits."""
    for _ in range(2):  # the first has never been a standby
        shown, standby = kiosk.visits()
        threads = priorities(shown)
        assert len(threads) > 1, threads
        assert set(threads.values()) == {PRESSING}, threads
        assert set(priorities(standby).values()) == {EASY}
        kiosk.walk("help")
        kiosk.end_visit()
        kiosk.wait_for_standby()
