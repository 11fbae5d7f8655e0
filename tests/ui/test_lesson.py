"""The technician's screen for a keypad, by itself and as a command on a real display."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from kiosk.keypad import Key
from kiosk.technician.keys_table import table_of
from kiosk.ui.learn import LABELS, Lesson
from tests.ui.houses import DATA, ROOT

F13 = 191


@pytest.fixture
def lesson(qapp):
    found = Lesson(QSize(800, 600))
    found.show()
    yield found
    found.close()
    found.deleteLater()


def press(lesson: Lesson, code: int, key: Qt.Key = Qt.Key.Key_Tools, *, repeated: bool = False) -> None:
    kind, plain = QKeyEvent.Type.KeyPress, Qt.KeyboardModifier.NoModifier
    lesson.event(QKeyEvent(kind, key, plain, code, 0, 0, "", repeated))


def test_each_key_is_asked_for_in_its_turn(lesson):
    assert lesson.question == "Press the key for Up."
    for number, key in enumerate(Key):
        assert LABELS[key] in lesson.question
        press(lesson, F13 + number, Qt.Key.Key_Tab)
    assert lesson.codes == {key: F13 + number for number, key in enumerate(Key)}
    assert lesson.is_done


def test_a_touch_skips_and_a_code_is_taken_once(lesson):
    press(lesson, F13)
    press(lesson, F13)
    assert lesson.told == "This key is already Up. Press another, or skip."
    assert lesson.question == "Press the key for Down."
    QTest.mouseClick(lesson, Qt.MouseButton.LeftButton)
    assert lesson.question == "Press the key for Left."
    assert lesson.codes == {Key.UP: F13}


def test_what_cannot_be_used_is_refused(lesson):
    press(lesson, 0)
    assert "cannot be used" in lesson.told
    press(lesson, F13, repeated=True)
    assert lesson.codes == {}


def test_escape_ends_without_a_result(lesson):
    press(lesson, F13)
    press(lesson, 9, Qt.Key.Key_Escape)
    assert not lesson.is_done
    assert not lesson.isVisible()


@pytest.mark.parametrize("size", [(800, 600), (1080, 1920), (1024, 600)])
def test_it_can_be_painted(qapp, size):
    lesson = Lesson(QSize(*size))
    assert not lesson.grab().isNull()
    lesson.deleteLater()


PRESSES = """
import subprocess, sys, time
from Xlib import X, display
from Xlib.ext import xtest
screen = display.Display()
def shown(window):
    return any(child.get_attributes().map_state == X.IsViewable for child in window.query_tree().children)
asked = subprocess.Popen([sys.executable, "run_kiosk.py", "keys", *sys.argv[2:]])
while not shown(screen.screen().root):
    assert asked.poll() is None
    time.sleep(0.05)
time.sleep(0.3)
for code in map(int, sys.argv[1].split(",")):
    for kind in (X.KeyPress, X.KeyRelease):
        xtest.fake_input(screen, kind, code)
    screen.sync()
    time.sleep(0.05)
sys.exit(asked.wait(20))
"""


def pressed(codes, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The command on a screen of its own, with these keys pressed on it."""
    quiet = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
    presses = [sys.executable, "-c", PRESSES, ",".join(map(str, codes)), *map(str, arguments)]
    return subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 800x600x24", *presses],
        cwd=ROOT,
        env=quiet,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


LEARNED = {key: F13 + number for number, key in enumerate(Key)}


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="there is no virtual screen")
def test_the_command_prints_the_table(tmp_path):
    done = pressed(LEARNED.values())
    assert (done.returncode, done.stdout) == (0, table_of(LEARNED)), done.stderr


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="there is no virtual screen")
def test_the_command_writes_the_table_into_a_site_file_and_escape_does_not(tmp_path):
    site = Path(shutil.copy(DATA / "sites" / "police-lobby.toml", tmp_path))
    before = site.read_text(encoding="utf-8")
    assert pressed([F13, 9], "--site", site).returncode == 1
    assert site.read_text(encoding="utf-8") == before
    done = pressed(LEARNED.values(), "--site", site)
    assert (done.returncode, done.stdout) == (0, f"{site}: the [keys] table is written.\n"), done.stderr
    assert site.read_text(encoding="utf-8") == f"{before}\n{table_of(LEARNED)}"


def test_a_site_file_that_cannot_be_read_is_refused_before_anything_is_asked(tmp_path):
    site = tmp_path / "site.toml"
    site.write_text("schema = 1\n[site\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "run_kiosk.py", "keys", "--site", site],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"{site}:2:" in done.stderr
