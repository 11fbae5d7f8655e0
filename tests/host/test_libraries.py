"""Qt's libraries are there before Python asks for them, and no thread is left when the host forks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOADS = """
import sys, threading
from pathlib import Path
from kiosk.host.libraries import WIDGETS, load_beside
load_beside().join()
maps = Path("/proc/self/maps").read_text()
assert WIDGETS in maps
assert "PySide6.QtCore" not in sys.modules
assert threading.active_count() == 1
import PySide6.QtWidgets
lines = Path("/proc/self/maps").read_text().splitlines()
assert len({line.split()[-1] for line in lines if WIDGETS in line}) == 1
"""
NOWHERE = """
from kiosk.host import libraries
libraries.WIDGETS = "libnothing.so.6"
libraries.load_beside().join()
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_library_that_python_imports_is_loaded_before() -> None:
    done = run(LOADS)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_library_that_is_not_found_is_left_to_python() -> None:
    done = run(NOWHERE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


FONTS_FOUND = """
import threading
from pathlib import Path
from kiosk.host.libraries import FONTS, find_fonts_beside
find_fonts_beside().join()
assert FONTS in Path("/proc/self/maps").read_text()
assert threading.active_count() == 1
"""


def test_fonts_are_found_before_qt_asks_for_them() -> None:
    done = run(FONTS_FOUND)
    assert (done.returncode, done.stderr) == (0, "")
