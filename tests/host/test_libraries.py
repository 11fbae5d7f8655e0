"""Qt's libraries come into the host beside its own modules, whole before anything is forked."""

import subprocess
import sys
from pathlib import Path

from kiosk.host.libraries import begin_to_load

ROOT = Path(__file__).parents[2]


def printed(script: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.split()


LOADED = """
import sys
from pathlib import Path
from kiosk.host.libraries import begin_to_load
wait = begin_to_load()
wait()
maps = Path("/proc/self/maps").read_text()
print("libQt6Core" in maps, "libQt6Gui" in maps, "libQt6Widgets" in maps)
print(*(name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))))
"""


def test_the_libraries_are_there_and_nothing_of_python_is() -> None:
    assert printed(LOADED) == ["True", "True", "True"]


FIRST_FORK = """
import os, sys, time
from pathlib import Path
from kiosk import cli
from kiosk.host import libraries
start = libraries.start_new_thread
def start_late(work, words):
    start(lambda: (time.sleep(0.5), work()), words)
libraries.start_new_thread = start_late
def fork():
    print("libQt6Widgets" in Path("/proc/self/maps").read_text())
    sys.stdout.flush()
    os._exit(0)
os.fork = fork
cli.main(["--content", "data"])
"""


def test_nothing_is_forked_before_they_are_loaded() -> None:
    assert printed(FIRST_FORK) == ["True"]


def test_where_qt_for_python_is_missing_nothing_is_waited_for(monkeypatch):
    monkeypatch.setattr(sys, "path", [])
    assert begin_to_load()() is None


def test_a_library_that_cannot_be_loaded_is_not_waited_for_for_ever(monkeypatch, tmp_path):
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "QtWidgets.abi3.so").write_bytes(b"no library")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert begin_to_load()() is True
