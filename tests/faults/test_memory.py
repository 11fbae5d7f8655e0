"""Nothing left: what a visitor kept is in one process, and gone with it. Nothing says who was there."""

import os
from pathlib import Path

import pytest

from tests.faults.drills import end_visit
from tests.faults.running import RunningKiosk, copies
from tests.faults.sites import HASTY, site_with

# The contact of all kept numbers is put together only for the visitor who kept one: as it is printed, which
# the page holds as long as it is shown, and as the code has it, which may be gone from memory before.
PRINTED = "VERSION:3.0 N:Info FN:Info TEL;TYPE=X-"
CODED = "VERSION:3.0\r\nN:Info\r\nFN:Info\r\nTEL;TYPE=X-"
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may read the memory of the kiosk")


@needs_root
@pytest.mark.parametrize(
    "way", ["hide", "hang", *(pytest.param(way, marks=pytest.mark.slow) for way in ("key", "crash", "idle"))]
)
def test_what_was_kept_is_found_on_screen_and_nowhere_after_the_swap(screen, tmp_path, way):
    kiosk = RunningKiosk(screen, site=site_with(tmp_path, HASTY))
    kiosk.wait_for_standby()
    kiosk.walk("mycode")
    shown = kiosk.visits()[0]
    assert copies(shown, PRINTED) > 0
    end_visit(kiosk, way)
    pids = (kiosk.host, *kiosk.visits())
    assert sum(copies(pid, kept) for pid in pids for kept in (PRINTED, CODED)) == 0


def test_what_libraries_write_in_a_visit_goes_nowhere(kiosk):
    """A line of theirs at each start, as fontconfig has for stale caches, would count the visits."""
    for pid in kiosk.visits():
        outs = {str(Path(f"/proc/{pid}/fd/{fd}").readlink()) for fd in (1, 2)}
        assert outs == {os.devnull}


def test_no_visitor_fact_stands_in_log_arguments_or_environment(kiosk):
    kiosk.walk("resource-alive")
    for pid in (kiosk.host, *kiosk.visits()):
        told = Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()
        assert b"alive" not in told.lower()
    for _ in range(4):
        kiosk.walk("help")
        kiosk.tap((270, 1000))
        kiosk.end_visit()
    assert kiosk.screen.log() == ""
