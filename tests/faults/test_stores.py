"""Under X11 pages and lobby are shown from memory of the display server: it shows what Qt would paint."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def shown(script: str, screen, scale: str = "1") -> subprocess.CompletedProcess[str]:
    """Runs a script with windows on this X server."""
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        check=False,
    )


SHOWN = """
import os
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
import kiosk.ui.cover as cover_module
from kiosk.house import open_house
from kiosk.ui.pictures import _Store
from kiosk.ui.run import limits_of, make_application
from kiosk.ui.session import Session
from kiosk.ui.window import KioskWindow
from kiosk.ui.widgets.tap import Tap
from kiosk.visit.actions import Open

def plain(picture):
    image = picture if isinstance(picture, QImage) else picture.toImage()
    return image.convertToFormat(QImage.Format.Format_RGB32)

def glass():
    QGuiApplication.sync()
    return plain(screen.grabWindow(0))

cover_module.BAND_PX = 100_000  # several bands on a small screen, too
application = make_application()
screen = QGuiApplication.primaryScreen()
house = open_house(Path("data"), Path("data/sites/police-lobby.toml"))
session = Session(limits_of(house.settings))
window = KioskWindow(house, session, screen.geometry().size())
window.warm_up()
window.setGeometry(screen.geometry())
window.show()
QTest.qWait(500)
lobby, cover = glass(), window._lobby_picture
known = []
make_known = _Store.make_known
_Store.make_known = lambda store, part: (make_known(store, part), known.append(glass() == lobby))
window.prepare_hide()
QTest.qWait(300)
print("at rest", len(known) > 2, all(known), not cover._missing)
for begun in (0, 2):
    tap = next(b for b in window.page.buttons() if isinstance(b, Tap) and isinstance(b.action, Open))
    spot = tap.mapTo(window, tap.rect().center())
    QTest.mousePress(window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.qWait(100)
    print("ahead", isinstance(window._ahead._built.picture, _Store))
    QTest.mouseRelease(window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
    page = plain(window.grab())
    print("page", page != lobby, glass() == page, plain(window.backingStore().paintDevice().copy()) == page)
    QTest.qWait(300)
    print("stays", glass() == page)
    if begun:  # Hide comes while it is made
        cover.drop()
        for _ in range(begun):
            cover._on_time()
        cover._timer.stop()
    print("a store", isinstance(cover._picture, _Store), "whole", not cover._missing)
    seen = []
    window.repaint = lambda: (seen.append(glass() == lobby), KioskWindow.repaint(window))
    window.hide_everything()
    print("covered before Qt paints", *seen)
    QTest.qWait(100)
    print("lobby", glass() == lobby)
print(end="", flush=True)
os._exit(0)
"""


@pytest.mark.parametrize("scale", ["1", "2"])
def test_page_and_lobby_are_on_the_glass_before_qt_paints_them(screen, scale):
    ran = shown(SHOWN, screen, scale)
    page = ["ahead True", "page True True True", "stays True"]
    covered = ["covered before Qt paints True", "lobby True"]
    whole, half = "a store True whole True", "a store True whole False"
    assert ran.stdout.splitlines() == [
        "at rest True True True",
        *page,
        whole,
        *covered,
        *page,
        half,
        *covered,
    ], ran.stderr


MADE = """
import os
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from Xlib import display
from Xlib.ext import res
from kiosk.ui.pictures import picture_for
from kiosk.ui.run import make_application

application = make_application()
other = display.Display()

def taken():
    other.sync()
    return other.res_query_client_pixmap_bytes(int(window.winId())).bytes

window = QWidget()
window.resize(600, 400)
window.show()
QTest.qWait(300)
before = taken()
picture = picture_for(window)
print(taken() - before >= 600 * 400 * 4, end="", flush=True)
os._exit(0)
"""


def test_the_server_makes_its_part_of_a_store_before_a_picture_is_shown(screen):
    ran = shown(MADE, screen)
    assert ran.stdout == "True", ran.stderr


TAKEN = """
import os
import kiosk.ui.pictures as pictures
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from kiosk.ui.run import make_application

application = make_application()
window = QWidget()
window.resize(600, 400)
window.show()
QTest.qWait(300)
taken = []
take_at_once = pictures.take_at_once
pictures.take_at_once = lambda image, part: (taken.append(part.getRect()), take_at_once(image, part))
picture = pictures.picture_for(window)
for part in (QRect(0, 0, 600, 100), QRect(0, 100, 600, 300), window.rect(), QRect(0, 50, 600, 100)):
    picture.paint(window, part)
print(taken, end="", flush=True)
os._exit(0)
"""


@pytest.mark.parametrize("scale", [1, 2])
def test_the_memory_of_a_picture_is_asked_for_once_before_it_is_painted(screen, scale):
    ran = shown(TAKEN, screen, str(scale))
    parts = [(0, 0, 600, 100), (0, 100, 600, 300)]
    assert ran.stdout == str([tuple(scale * edge for edge in part) for part in parts]), ran.stderr


KNOWN = """
import os
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from kiosk.ui.pictures import picture_for
from kiosk.ui.run import make_application

application = make_application()
screen = QGuiApplication.primaryScreen()
window, red = QWidget(), QWidget()
for widget, colour in ((window, "black"), (red, "red")):
    widget.setStyleSheet(f"background: {colour}")
    widget.resize(600, 400)
window.setGeometry(0, 0, 600, 400)
window.show()
QTest.qWait(300)
picture = picture_for(window)
picture.paint(red, window.rect())
picture.make_known(QRect(0, 100, 600, 100))
QGuiApplication.sync()
glass = screen.grabWindow(0).toImage()
print(*(glass.pixelColor(300, y).name() for y in (99, 100, 199, 200)), end="", flush=True)
os._exit(0)
"""


def test_the_server_reads_the_part_that_is_made_known_and_no_other(screen):
    ran = shown(KNOWN, screen)
    assert ran.stdout == "#000000 #ff0000 #ff0000 #000000", ran.stderr
