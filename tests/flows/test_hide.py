"""Hide: on press, at once, for good, and by everything that a person in a hurry might do."""

from __future__ import annotations

import random
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from kiosk.ui import window as window_module
from kiosk.ui.gallery import examples
from kiosk.ui.guard import watch_faults
from kiosk.visit.actions import Open
from kiosk.visit.places import HelpPlace, LobbyPlace, ResourcePlace, is_ordinary
from kiosk.visit.visit import Visit
from tests.flows.walker import Walker

ALIVE = "314-993-2777"


def on_a_number(visitor: Walker) -> Walker:
    visitor.tap("Help").tap("Español").tap("Hable con alguien").tap("ALIVE")
    assert visitor.sees(ALIVE)
    return visitor


def is_hidden(visitor: Walker) -> bool:
    return visitor.visit == Visit() and not visitor.sees(ALIVE) and visitor.sees("Welcome")


def test_the_press_hides_and_the_release_adds_nothing(visitor):
    lobby = visitor.glass()
    on_a_number(visitor)
    visitor.press(visitor.strip())
    assert is_hidden(visitor)
    assert visitor.glass() == lobby
    visitor.release(visitor.strip())
    assert is_hidden(visitor)
    assert visitor.glass() == lobby


def test_every_page_is_hidden_by_its_strip_in_the_same_place(at_portrait, house):
    visitor = at_portrait
    lobby = visitor.glass()
    strip = visitor.page.strip_rect()
    for example in examples(house)[::2]:
        visitor.session._visit = example.visit
        visitor.session.changed.emit()
        visitor.settle()
        assert visitor.page.strip_rect() == strip
        visitor.wait(1).press(strip.center()).release(strip.center())
        assert visitor.visit == Visit(), example.name
        assert visitor.glass() == lobby, example.name


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F12])
def test_a_key_hides(qapp, house_with_hide_key, key):
    visitor = Walker(house_with_hide_key)
    on_a_number(visitor).key(key)
    assert is_hidden(visitor)
    visitor.leave()


def test_a_palm_hides(visitor):
    on_a_number(visitor)
    visitor.touch(*[QPoint(300 + 60 * n, 500 + 20 * n) for n in range(4)])
    assert is_hidden(visitor)


def test_three_fingers_do_not_hide_and_one_finger_taps(visitor):
    visitor.tap("Help")
    spots = [QPoint(5, 300 + 60 * n) for n in range(3)]
    visitor.touch(*spots).lift(*spots)
    assert visitor.visit.place == HelpPlace()
    spot = visitor.middle_of("Talk to someone")
    visitor.time.now += 1
    visitor.touch(spot).lift(spot)
    assert visitor.sees("Safe Connections")


def test_a_finger_on_the_strip_hides_on_touch(visitor):
    on_a_number(visitor).touch(visitor.strip())
    assert is_hidden(visitor)


def test_mashing_keys_hides_and_typing_slowly_does_not(visitor):
    on_a_number(visitor)
    for key in "asdf":
        QTest.keyClick(visitor.window.windowHandle(), key)
    assert not is_hidden(visitor)
    QTest.keyClick(visitor.window.windowHandle(), "g")
    visitor.settle()
    assert is_hidden(visitor)
    on_a_number(visitor)
    visitor.key(*[Qt.Key.Key_A] * 12)
    assert not is_hidden(visitor)


def test_a_key_that_is_held_down_counts_once(visitor):
    on_a_number(visitor)
    for _ in range(20):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", True)
        QCoreApplication.sendEvent(visitor.window.windowHandle(), held)
    visitor.settle()
    assert not is_hidden(visitor)


def test_home_on_ordinary_pages_is_the_same_strip(visitor):
    visitor.tap("Restrooms").tap("Español")
    visitor.press(visitor.strip()).release(visitor.strip())
    assert visitor.visit == Visit()
    assert visitor.sees("Welcome")


def test_nothing_of_the_visit_is_left_in_the_window(visitor):
    on_a_number(visitor).press(visitor.strip()).release(visitor.strip())
    everything = [str(child.property("text")) for child in visitor.window.findChildren(object)]
    assert not any("993" in text or "ALIVE" in text for text in everything)
    assert visitor.session._visit == Visit()


def test_a_fault_while_a_page_is_built_shows_the_lobby_and_tells_nothing(at_portrait, monkeypatch, capsys):
    visitor = at_portrait
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    watch_faults(visitor.window.hide_everything)
    visitor.tap("Help")

    def broken(*_):
        raise KeyError("alive 314-993-2777")

    monkeypatch.setattr(window_module, "page_for", broken)
    try:
        visitor.session.dispatch(Open(ResourcePlace("alive")))
    except KeyError as fault:
        sys.excepthook(type(fault), fault, fault.__traceback__)
    assert visitor.visit == Visit()
    assert visitor.sees("Welcome")
    said = capsys.readouterr().err
    assert said == "visitor-kiosk: KeyError; the lobby is shown\n"


class Chance:
    """Random input of every kind; taps on lobby tiles are the only normal way in."""

    def __init__(self, visitor: Walker, seed: int) -> None:
        self.random = random.Random(seed)
        self.visitor = visitor

    def spot(self) -> QPoint:
        size = self.visitor.window.size()
        return QPoint(self.random.randrange(size.width()), self.random.randrange(size.height()))

    def one(self) -> None:
        visitor, handle = self.visitor, self.visitor.window.windowHandle()
        visitor.time.now += self.random.choice([0.01, 0.2, 0.5, 2.0, 30.0])
        visitor.session.check_idle()
        kind = self.random.randrange(7)
        if kind == 0:
            visitor.press(self.spot())
        elif kind == 1:
            visitor.release(self.spot())
        elif kind == 2:
            QTest.mouseClick(handle, Qt.MouseButton.RightButton, pos=self.spot())
        elif kind == 3:
            keys = [Qt.Key.Key_Back, Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Tab]
            modifier = self.random.choice([Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier])
            QTest.keyClick(handle, self.random.choice(keys), modifier)
        elif kind == 4:
            spots = [self.spot() for _ in range(self.random.randrange(1, 6))]
            visitor.touch(*spots).lift(*spots)
        elif kind == 5:
            QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, pos=self.spot())
        else:
            QTest.keyClick(handle, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
        visitor.settle()


@pytest.mark.parametrize("seed", range(3))
def test_after_hide_500_random_inputs_do_not_bring_the_page_back(at_portrait, seed):
    visitor = at_portrait
    on_a_number(visitor).press(visitor.strip()).release(visitor.strip())
    chance = Chance(visitor, seed)
    before = visitor.visit
    for _ in range(500):
        chance.one()
        after = visitor.visit
        # The earlier language never returns by itself, and a page that is not ordinary has Help before it.
        assert is_ordinary(after.place) or after.trail[:2] == (LobbyPlace(), HelpPlace())
        assert len(after.trail) <= len(before.trail) + 1
        if visitor.sees(ALIVE):
            assert any(isinstance(place, ResourcePlace) for place in after.trail) or after.kept
        before = after


def test_another_panel_begins_a_fresh_visit(at_portrait):
    visitor = at_portrait
    on_a_number(visitor)
    visitor.window.resize(QSize(1280, 800))
    visitor.settle()
    assert is_hidden(visitor)
    visitor.tap("Help")
    assert visitor.visit.place == HelpPlace()
    visitor.press(visitor.strip())
    assert visitor.visit == Visit()


def test_an_unplugged_panel_changes_nothing_and_hide_works(at_portrait):
    """Qt gives a window no size when its last screen goes."""
    visitor = at_portrait
    on_a_number(visitor)
    before, size = visitor.visit, visitor.window.size()
    visitor.window.resize(QSize(0, 0))
    visitor.settle()
    assert visitor.visit == before
    visitor.window.resize(size)
    visitor.settle()
    assert visitor.visit == before
    visitor.press(visitor.strip())
    assert is_hidden(visitor)
