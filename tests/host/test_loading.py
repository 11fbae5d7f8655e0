"""What is loaded beside the first imports is Qt's own, changes nothing else, and may be missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kiosk.host import loading

ROOT = Path(__file__).parents[2]
FONT = "Noto Sans Khmer"
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><rescan><int>1</int></rescan></fontconfig>"""

LOADED = """
import sys
from pathlib import Path
from kiosk.host.loading import load_beside
load_beside().join()
maps = Path("/proc/self/maps").read_text()
print(*(name in maps for name in ("libQt6Core", "libQt6Gui", "libQt6Widgets", "libQt6Svg", "libfontconfig")))
print("PySide6" in sys.modules)
import kiosk.ui
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
print(application.thread() is QThread.currentThread(), application.thread().isRunning())
label = QLabel("A")
label.show()
QTimer.singleShot(1, application.quit)
print(application.exec())
"""

RENEWED = """
import shutil, sys, time
from kiosk.host.loading import load_beside
load_beside().join()
time.sleep(1.1)  # fontconfig counts whole seconds
shutil.copy(sys.argv[1], sys.argv[2])
time.sleep(1.1)
import kiosk.ui
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication([])
print(QFontDatabase.families())
"""


def run(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CACHE_HOME": "/proc/self/nowhere"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env=surroundings | environment,
    )


def test_the_libraries_are_there_before_anything_is_imported_and_qt_runs_as_ever() -> None:
    told = run(LOADED)
    assert told.stdout.split() == [*["True"] * 5, "False", "True", "True", "0"]
    assert told.stderr == ""


def test_without_qt_nothing_is_loaded_and_nothing_said(monkeypatch, capfd) -> None:
    monkeypatch.setattr(loading, "find_spec", lambda _: None)
    monkeypatch.setattr(loading, "FONTS", "libnowhere.so.1")
    loading.load_beside().join()
    assert capfd.readouterr() == ("", "")


def test_a_visit_sees_fonts_that_came_after_the_host_had_read_the_list(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    font = next(Path("/usr/share/fonts").rglob("NotoSansKhmer-Regular.ttf"))
    settings = tmp_path / "fonts.conf"
    settings.write_text(FONTS.format(folder=folder))
    told = run(RENEWED, str(font), str(folder), FONTCONFIG_FILE=str(settings))
    assert FONT in told.stdout
