"""A bar for who waits at a terminal, and not a byte for anybody else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from datetime import date
from io import BytesIO

from tests.ui.houses import ROOT

TODAY = date(2026, 11, 20)
LONG = """
import sys, time
from kiosk.progress import bar
for _ in bar([1, 2, 3, 4], "slow steps"):
    time.sleep(0.4)
"""
COUNTED = """
import time
from kiosk.progress import ticking
with ticking("rows") as tick:
    for _ in range(3):
        time.sleep(0.4)
        tick()
"""
QUICK = LONG.replace("0.4", "0.0")
WITHOUT = "import sys; sys.modules['tqdm'] = None\n" + LONG.replace("0.4", "0.3")


def on_a_terminal(code: str) -> str:
    """What a person would see on standard error."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 4096):
                seen += piece
        except OSError:  # the other end is closed
            pass
        assert process.wait(30) == 0
    os.close(ours)
    return seen.decode()


def test_a_person_sees_how_far_a_long_work_is():
    seen = on_a_terminal(LONG)
    assert "slow steps" in seen
    assert "3/4" in seen


def test_short_work_shows_nothing():
    assert on_a_terminal(QUICK) == ""


def test_without_the_library_all_works_in_silence():
    assert on_a_terminal(WITHOUT) == ""


def test_a_file_or_a_pipe_gets_nothing():
    run = subprocess.run([sys.executable, "-c", LONG], cwd=ROOT, capture_output=True, check=True)
    assert (run.stdout, run.stderr) == (b"", b"")


def test_work_whose_end_nobody_knows_is_counted():
    assert "rows" in on_a_terminal(COUNTED)
    assert on_a_terminal(COUNTED.replace("0.4", "0.0")) == ""
    assert on_a_terminal("import sys; sys.modules['tqdm'] = None\n" + COUNTED) == ""


def test_building_and_importing_show_how_far_they_are(tmp_path):
    told = []

    def along(steps, what):
        told.append(what)
        return steps

    from kiosk.agency.build import build
    from kiosk.exchange.feed.tally import Tally
    from kiosk.exchange.staging import stage
    from tests.exchange.feeds import a_service, page

    build(ROOT / "data", TODAY, along=along)
    assert "entries for Find" in told
    assert len(told) > 2
    rows = []
    stage(page(tmp_path, a_service()), BytesIO(), Tally(on_row=lambda: rows.append(1)))
    assert len(rows) > 1
