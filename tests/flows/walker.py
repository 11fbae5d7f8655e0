"""A visitor in a test: taps, presses keys, looks. Input goes in where a screen's would, times are made up."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from kiosk.house import House
from kiosk.ui.hearing import Hearing
from kiosk.ui.run import limits_of
from kiosk.ui.session import Session
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.still_here import StillHere
from kiosk.ui.window import KioskWindow
from kiosk.visit.visit import Visit
from kiosk.words.numbers import plain

PORTRAIT = QSize(1080, 1920)


@dataclass
class Time:
    """A clock that stands still until it is moved, in seconds."""

    now: float = 1000.0

    def seconds(self) -> float:
        return self.now

    def milliseconds(self) -> float:
        return self.now * 1000


def strike(window: QWindow, key: Qt.Key) -> None:
    """Press and release a key. QTest of Qt 6.8 aborts at keys of keypads and of loudness."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


class Walker:
    def __init__(self, house: House, size: QSize = PORTRAIT, hearing: Hearing | None = None) -> None:
        self.time = Time()
        self.session = Session(limits_of(house.settings), self.time.seconds)
        self.window = KioskWindow(house, self.session, size, self.time.milliseconds, hearing)
        self.window.show()
        self.finger = QTest.createTouchDevice()
        self.settle()

    # What the visitor does

    def tap(self, label: str) -> Walker:
        """Touch the button whose name begins with `label`, like a finger that is quick and exact."""
        return self.tap_at(self.middle_of(label))

    def tap_at(self, spot: QPoint) -> Walker:
        self.wait(1)
        self.press(spot)
        return self.release(spot)

    def press(self, spot: QPoint) -> Walker:
        QTest.mousePress(self.window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
        return self.settle()

    def release(self, spot: QPoint) -> Walker:
        QTest.mouseRelease(self.window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
        return self.settle()

    def key(self, *keys: Qt.Key) -> Walker:
        for key in keys:
            self.wait(0.2)
            strike(self.window.windowHandle(), key)
            self.settle()
        return self

    def touch(self, *spots: QPoint) -> Walker:
        """Put several fingers on the glass at once."""
        event = QTest.touchEvent(self.window.windowHandle(), self.finger)
        for number, spot in enumerate(spots):
            event.press(number, spot, self.window.windowHandle())
        event.commit()
        return self.settle()

    def lift(self, *spots: QPoint) -> Walker:
        event = QTest.touchEvent(self.window.windowHandle(), self.finger)
        for number, spot in enumerate(spots):
            event.release(number, spot, self.window.windowHandle())
        event.commit()
        return self.settle()

    def wait(self, seconds: float) -> Walker:
        """Let time pass without a touch."""
        self.time.now += seconds
        self.session.check_idle()
        return self.settle()

    # What the visitor sees

    @property
    def visit(self) -> Visit:
        return self.session.visit

    @property
    def page(self) -> Page:
        return self.window.page

    def text(self) -> str:
        """Everything that stands on the glass now."""
        shown = [w for w in self.window.findChildren(QLabel) if w.isVisible() and self._is_on_top(w)]
        buttons = [
            w for w in self.window.findChildren(QAbstractButton) if w.isVisible() and self._is_on_top(w)
        ]
        words = [w.text() for w in shown]
        words += [f"{w.accessibleName()} {w.accessibleDescription()}" for w in buttons]
        return plain("\n".join(words))

    def sees(self, words: str) -> bool:
        return words in self.text()

    def glass(self) -> QImage:
        return self.window.grab().toImage()

    def middle_of(self, label: str) -> QPoint:
        for button in self.page.buttons():
            if plain(button.accessibleName()).startswith(label):
                return button.mapTo(self.window, button.rect().center())
        names = [plain(button.accessibleName()) for button in self.page.buttons()]
        raise AssertionError(f"no button {label!r} among {names}")

    def strip(self) -> QPoint:
        return self.page.strip_rect().center()

    def settle(self) -> Walker:
        """Let Qt deliver what is due and destroy what was dropped."""
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return self

    def leave(self) -> None:
        self.window.hide()
        self.window.deleteLater()
        self.session.deleteLater()
        self.settle()

    def _is_on_top(self, widget: QLabel | QAbstractButton) -> bool:
        """True unless a page lies above it."""
        if isinstance(widget, StillHere):  # the window answers for it: no finger finds it
            return True
        spot = widget.mapTo(self.window, widget.rect().center())
        above = self.window.childAt(spot)
        return above is widget or (
            above is not None and (widget.isAncestorOf(above) or above.isAncestorOf(widget))
        )
