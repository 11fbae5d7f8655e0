"""The technician's screen that measures the panel: by touch, mouse and keys, and as a command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QPointingDevice
from PySide6.QtTest import QTest

from kiosk.site_file import load_settings
from kiosk.ui.measure import Measure, Measured, measure
from kiosk.ui.measure_words import Stage, inches, told_of_height
from kiosk.ui.widgets.buttons import ActionButton
from tests.ui.houses import DATA, ROOT

PANELS = [(1024, 600), (800, 480), (1280, 800), (1080, 1920), (1920, 1080), (3840, 2160), (2160, 3840)]


def screen(qapp, size=(1080, 1920), says=(268, 476), lower=None) -> Measure:
    found = Measure(QSize(*size), says, lower)
    found.show()
    QTest.qWaitForWindowExposed(found)
    return found


@pytest.fixture
def asks(qapp):
    found = screen(qapp)
    yield found
    found.close()
    found.deleteLater()


def button(asks: Measure, label: str) -> ActionButton:
    return next(b for b in asks.findChildren(ActionButton) if b.text() == label and b.isVisible())


def click(asks: Measure, label: str) -> None:
    QTest.mouseClick(button(asks, label), Qt.MouseButton.LeftButton)


def drag(asks: Measure, by: int) -> None:
    at = QPoint(asks.width() // 2, asks.height() // 2)
    QTest.mousePress(asks, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    for part in (by // 3, by):
        QTest.mouseMove(asks, at + QPoint(part, 0))
    QTest.mouseRelease(asks, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(by, 0))


def test_a_card_dragged_by_mouse_gives_the_width(asks):
    began = asks.card_px
    drag(asks, 55)
    assert asks.card_px == began + 55
    assert asks.width_mm == round(85.6 * 1080 / (began + 55), 1)
    assert f"{asks.width_mm:.1f} mm wide" in asks.told
    QTest.mouseMove(asks, QPoint(3, 3))
    assert asks.card_px == began + 55


def test_a_card_dragged_by_a_finger_gives_the_width(asks):
    finger = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    assert finger.type() is QPointingDevice.DeviceType.TouchScreen
    began, at = asks.card_px, QPoint(500, 900)
    QTest.touchEvent(asks, finger).press(0, at, asks)
    for way in (20, 41):
        QTest.touchEvent(asks, finger).move(0, at + QPoint(way, 0), asks)
    QTest.touchEvent(asks, finger).release(0, at + QPoint(41, 0), asks)
    assert asks.card_px == began + 41
    fits = button(asks, "The card fits")
    middle = fits.geometry().center()
    QTest.touchEvent(asks, finger).press(0, middle, asks)
    QTest.touchEvent(asks, finger).release(0, middle, asks)
    assert asks.stage is Stage.HEIGHT


def test_buttons_alone_reach_both_answers(asks):
    began = asks.card_px
    for label in ("+10", "+1", "+1", "\u221210", "\u22121"):
        click(asks, label)
    assert asks.card_px == began + 1
    click(asks, "The card fits")
    for label in ("+100", "+10", "\u22121"):
        click(asks, label)
    click(asks, "Back")
    assert asks.stage is Stage.CARD
    click(asks, "The card fits")
    click(asks, "Write it")
    assert asks.measured == Measured(asks.width_mm, 740 + 109)
    assert not asks.isVisible()


def test_keys_alone_reach_both_answers(asks):
    began = asks.card_px
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
        QTest.keyClick(asks, key)
    assert asks.card_px == began + 11
    QTest.keyClick(asks, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(asks, key)
    QTest.keyClick(asks, Qt.Key.Key_Backspace)
    QTest.keyClick(asks, Qt.Key.Key_Select)
    QTest.keyClick(asks, Qt.Key.Key_Enter)
    assert asks.measured == Measured(asks.width_mm, 740 - 109)


def test_the_height_can_be_left_as_it_is_and_escape_ends_without_a_result(asks, qapp):
    QTest.keyClick(asks, Qt.Key.Key_Delete)
    assert asks.stage is Stage.CARD
    QTest.keyClick(asks, Qt.Key.Key_Return)
    QTest.keyClick(asks, Qt.Key.Key_Delete)
    assert asks.measured == Measured(asks.width_mm, None)
    other = screen(qapp)
    QTest.keyClick(other, Qt.Key.Key_Return)
    QTest.keyClick(other, Qt.Key.Key_Escape)
    assert (other.measured, other.isVisible()) == (None, False)
    other.deleteLater()


def test_every_other_key_changes_nothing(asks):
    before = (asks.stage, asks.card_px, asks.lower_mm)
    names = [f"F{n}" for n in range(1, 25)] + [chr(n) for n in range(65, 91)] + ["Tab", "Home", "Menu", "0"]
    for name in names:
        QTest.keyClick(asks, Qt.Key[f"Key_{name}"])
    nothing = QKeyEvent(QKeyEvent.Type.KeyPress, 0x01FFFFAB, Qt.KeyboardModifier.NoModifier, 240, 0, 0)
    asks.event(nothing)
    assert (asks.stage, asks.card_px, asks.lower_mm) == before


@pytest.mark.parametrize("size", PANELS)
@pytest.mark.parametrize("by", [-10_000, 10_000])
def test_no_way_of_dragging_gives_a_width_that_a_site_file_refuses(qapp, size, by):
    asks = screen(qapp, size, None)
    asks.step(by)
    assert 100 <= asks.width_mm <= 3000
    asks.go_on()
    asks.step(by)
    assert asks.lower_mm in {0, 1500}
    assert ("too high" in asks.told) is (by > 0)
    asks.close()
    asks.deleteLater()


@pytest.mark.parametrize("says", [(60, 40), (2999, 2000), (223, 125)])
def test_whatever_the_panel_says_of_itself_is_bounded(qapp, says):
    asks = screen(qapp, (1024, 600), says, 99999)
    assert 100 <= asks.width_mm <= 3000
    assert asks.lower_mm == 1500
    asks.close()
    asks.deleteLater()


def test_a_panel_that_contradicts_the_card_is_told(asks):
    assert "of itself" not in asks.told
    asks.step(60)
    assert "It says 268 mm of itself" in asks.told


@pytest.mark.parametrize("size", PANELS)
def test_nothing_lies_above_anything_on_any_panel(qapp, size):
    asks = screen(qapp, size, None)
    for _ in Stage:
        shown = [b for b in asks.findChildren(ActionButton) if b.isVisible()]
        boxes = [b.geometry() for b in shown]
        assert all(asks.rect().contains(box) for box in boxes)
        assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])
        assert all(b.needed(b.width()) <= b.height() * 1.15 for b in shown), [b.text() for b in shown]
        assert asks._area().height() >= 0.2 * size[1]
        assert asks._area().bottom() < min(box.top() for box in boxes)
        assert not asks.grab().isNull()
        asks.go_on()
    asks.deleteLater()


def test_inches_are_those_of_a_tape():
    assert [inches(mm) for mm in (25.4, 740, 1220, 0, 12.7)] == ["1", "29 1/8", "48", "0", "0 1/2"]
    assert "too high" not in told_of_height(1020)
    assert "too high" in told_of_height(1021)


PRESSES = """
import subprocess, sys, time
from Xlib import X, display
from Xlib.ext import xtest
screen = display.Display()
def shown(window):
    return any(child.get_attributes().map_state == X.IsViewable for child in window.query_tree().children)
asked = subprocess.Popen([sys.executable, "run_kiosk.py", "measure", *sys.argv[2:]])
while not shown(screen.screen().root):
    assert asked.poll() is None
    time.sleep(0.05)
time.sleep(0.3)
for name in sys.argv[1].split(","):
    for kind in (X.KeyPress, X.KeyRelease):
        xtest.fake_input(screen, kind, screen.keysym_to_keycode(int(name, 16)))
    screen.sync()
    time.sleep(0.05)
sys.exit(asked.wait(20))
"""
RIGHT, UP, RETURN, ESCAPE = "ff53", "ff52", "ff0d", "ff1b"


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="there is no virtual screen")
def test_the_command_writes_what_was_measured_and_escape_writes_nothing(tmp_path):
    site = Path(shutil.copy(DATA / "sites" / "police-lobby.toml", tmp_path))
    before = site.read_text(encoding="utf-8")
    assert pressed([RIGHT, ESCAPE], site).returncode == 1
    assert site.read_text(encoding="utf-8") == before
    done = pressed([RIGHT, UP, RETURN, UP, RETURN], site)
    assert done.returncode == 0, done.stderr
    settings = load_settings(site, None)
    assert f"width_mm = {settings.panel_width_mm}, lower_edge_mm = 750 is written" in done.stdout
    assert settings.lower_edge_mm == 750
    for line in before.splitlines():
        assert line == "width_mm = 268.0" or line in site.read_text(encoding="utf-8").splitlines()


def pressed(keys: list[str], site: Path) -> subprocess.CompletedProcess[str]:
    quiet = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
    presses = [sys.executable, "-c", PRESSES, ",".join(keys), "--site", str(site)]
    return subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1080x1920x24", *presses],
        cwd=ROOT,
        env=quiet,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_screen_nothing_is_measured(qapp, monkeypatch):
    """As under Wayland while the panel is switched off: Qt has a screen of no size."""
    monkeypatch.setattr("kiosk.ui.measure.make_application", lambda: qapp)
    monkeypatch.setattr("kiosk.ui.measure.QGuiApplication.primaryScreen", lambda: Dark())
    assert measure(None, None, None) is None


class Dark:
    def geometry(self) -> QRect:
        return QRect()
