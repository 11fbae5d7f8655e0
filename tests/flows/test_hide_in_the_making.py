"""While a page is being built: Hide does not wait for its painting, and nothing else acts on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from qrcode import util

from kiosk.ui import ahead
from kiosk.ui import window as window_module
from kiosk.visit.places import CategoryPlace, HelpPlace
from kiosk.visit.visit import Visit
from tests.flows.walker import Walker

TALK = "Talk to someone"
PRESS, RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease


class Painted(QObject):
    """Counts how often what it watches is painted."""

    count = 0

    def eventFilter(self, watched, event) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


@pytest.fixture(autouse=True)
def nothing_ahead(monkeypatch) -> None:
    """On a busy machine a page would be made before the finger is lifted."""
    monkeypatch.setattr(ahead, "AFTER_MS", 60_000)


@pytest.fixture
def painted(qapp) -> Painted:
    return Painted()


def meanwhile(monkeypatch, visitor: Walker, painted: Painted, *events: QEvent) -> None:
    """Have these events arrive while the next page is being built."""
    waiting = list(events)

    def page_for(place, scene):
        page = real(place, scene)
        page.installEventFilter(painted)
        while waiting:
            QCoreApplication.postEvent(visitor.window.windowHandle(), waiting.pop(0))
        return page

    real = window_module.page_for
    monkeypatch.setattr(window_module, "page_for", page_for)


def mouse(kind: QEvent.Type, spot: QPoint) -> QMouseEvent:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    held = left if kind == PRESS else none
    at = QPointF(spot)
    return QMouseEvent(kind, at, at, left, held, Qt.KeyboardModifier.NoModifier)


def escape() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)


@pytest.mark.parametrize("by", ["strip", "escape"])
def test_hide_covers_before_the_page_is_painted(visitor, painted, monkeypatch, by):
    lobby = visitor.glass()
    visitor.tap("Help")
    event = mouse(PRESS, visitor.strip()) if by == "strip" else escape()
    meanwhile(monkeypatch, visitor, painted, event)
    visitor.tap(TALK)
    assert visitor.visit == Visit()
    assert visitor.glass() == lobby
    assert painted.count == 0


def test_hide_covers_before_a_code_is_made(visitor, monkeypatch):
    def lost_point(modules):
        seen.append(visitor.glass())
        if len(seen) == 1:
            press = mouse(PRESS, visitor.strip())
            QCoreApplication.postEvent(visitor.window.windowHandle(), press)
        return real(modules)

    lobby, real, seen = visitor.glass(), util.lost_point, []
    visitor.tap("Help").tap(TALK).tap("ALIVE").tap("Keep in my numbers").tap("Kept")
    monkeypatch.setattr(util, "lost_point", lost_point)
    visitor.tap("One code for all")
    assert visitor.visit == Visit()
    assert len(seen) == 8, "one look at each mask (ISO/IEC 18004)"
    assert seen[0] != lobby
    assert seen[1:] == [lobby] * 7


def test_a_page_that_nothing_interrupts_is_painted(visitor, painted, monkeypatch):
    visitor.tap("Help")
    meanwhile(monkeypatch, visitor, painted)
    visitor.tap(TALK)
    assert isinstance(visitor.visit.place, CategoryPlace)
    assert painted.count > 0


def test_a_tap_meant_for_the_page_before_does_not_act_on_the_next(visitor, painted, monkeypatch):
    visitor.tap("Help").tap(TALK)
    spot = visitor.middle_of("ALIVE")
    visitor.tap("Back")
    assert visitor.visit.place == HelpPlace()
    meanwhile(monkeypatch, visitor, painted, mouse(PRESS, spot), mouse(RELEASE, spot))
    visitor.tap(TALK)
    assert isinstance(visitor.visit.place, CategoryPlace)
    monkeypatch.undo()
    visitor.tap("ALIVE")
    assert visitor.sees("314-993-2777")
