"""A visitor with five keys: the heading first, then each control in reading order, round and round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

from kiosk.fittings import DoubleStrike
from kiosk.keypad import Key
from kiosk.settings import Start
from kiosk.ui.listening import Listening
from kiosk.visit.actions import SetSize
from kiosk.visit.places import HelpPlace, LobbyPlace, ResourcePlace
from kiosk.visit.visit import Look, TextSize, Visit
from tests.flows.test_listening import SPEECH, Ears
from tests.flows.walker import PORTRAIT, Walker, strike

F13 = 191  # the first of the keys that arrive on X11 under other names
KEYPAD = tuple(zip(Key, range(F13, F13 + len(Key)), strict=True))
CODES = dict(KEYPAD)
TOP = "City of St. Louis, Visitor information."
"""What is said first in the lobby: with the voice on, the site's name takes the place of the welcome."""


@pytest.fixture
def at_keypad(qapp, house):
    walker = Walker(replace(house, settings=replace(house.settings, keys=KEYPAD)))
    yield walker
    walker.leave()


def on_heading(visitor: Walker) -> bool:
    title = visitor.page.banner.heading
    return visitor.window.focusWidget() is title and ring_is_around(visitor, title)


def ring_is_around(visitor: Walker, widget) -> bool:
    ring = visitor.window._focus.ring
    middle = widget.mapTo(visitor.window, widget.rect().topLeft())
    return ring.isVisible() and ring.geometry().contains(middle)


def focused(visitor: Walker) -> str:
    return visitor.window.focusWidget().accessibleName()


def go_to(visitor: Walker, name: str) -> Walker:
    for _ in visitor.page.buttons():
        visitor.key(Qt.Key.Key_Down)
        if focused(visitor).startswith(name):
            return visitor
    raise AssertionError(f"{name} was not reached")


def choose(visitor: Walker, name: str) -> Walker:
    return go_to(visitor, name).key(Qt.Key.Key_Return)


def press(visitor: Walker, code: int, *, repeated: bool = False) -> Walker:
    """Press a key of the keypad: it has a scan code and no name that anybody could use."""
    visitor.wait(0.2)
    plain = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_Tools, plain, code, 0, 0, "", repeated)
        QCoreApplication.sendEvent(visitor.window.windowHandle(), event)
    return visitor.settle()


def test_a_new_page_begins_on_its_heading_and_goes_on_to_the_first_control(visitor):
    choose(visitor, "Help")
    assert on_heading(visitor)
    visitor.key(Qt.Key.Key_Down)
    assert focused(visitor) == visitor.page.buttons()[0].accessibleName()
    choose(visitor, "Talk to someone")
    assert on_heading(visitor)
    visitor.key(Qt.Key.Key_Up)
    assert focused(visitor) == visitor.page.buttons()[-1].accessibleName()


def test_back_by_keys_begins_on_the_heading(visitor):
    choose(choose(visitor, "Help"), "Talk")
    choose(visitor, "Back")
    assert visitor.visit.place == HelpPlace()
    assert on_heading(visitor)


def test_left_and_right_are_up_and_down(visitor):
    visitor.key(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert focused(visitor) == visitor.page.buttons()[0].accessibleName()
    visitor.key(Qt.Key.Key_Left)
    assert focused(visitor) == visitor.page.buttons()[-1].accessibleName()


def test_what_changes_how_things_look_keeps_the_ring(visitor):
    choose(visitor, "Help")
    go_to(visitor, "Text size").key(Qt.Key.Key_Return)
    assert focused(visitor) == "Text size"
    visitor.key(Qt.Key.Key_Return)
    assert visitor.visit.size is TextSize.LARGEST
    go_to(visitor, "Colors").key(Qt.Key.Key_Return)
    assert (focused(visitor), visitor.visit.look) == ("Colors", Look.HIGH_LIGHT)
    assert ring_is_around(visitor, visitor.window.focusWidget())


def test_another_way_keeps_the_ring_and_another_part_begins_on_the_heading(at_portrait):
    visitor = choose(choose(choose(at_portrait, "Help"), "Talk to someone"), "ALIVE")
    choose(visitor, "Save as a contact")
    assert visitor.visit.place == ResourcePlace("alive", choice=1)
    assert focused(visitor) == "Save as a contact"
    choose(choose(visitor, "Back"), "More")
    assert on_heading(visitor)


def test_the_ring_is_only_for_keys(visitor):
    go_to(visitor, "Help")
    assert visitor.window._focus.ring.isVisible()
    visitor.tap("Help")
    assert not visitor.window._focus.ring.isVisible()
    visitor.key(Qt.Key.Key_Down)
    assert focused(visitor) == visitor.page.buttons()[0].accessibleName()


@pytest.mark.parametrize("way", ["strip", "escape", "press"])
def test_hide_leaves_no_ring_behind(visitor, way):
    lobby = visitor.glass()
    choose(choose(visitor, "Help"), "Talk")
    if way == "strip":
        choose(visitor, "Hide this screen")
    elif way == "escape":
        visitor.key(Qt.Key.Key_Escape)
    else:
        visitor.press(visitor.strip())
    assert visitor.visit == Visit()
    assert visitor.glass() == lobby


def test_still_here_is_answered_by_a_key_and_the_ring_is_where_it_was(visitor):
    choose(visitor, "Help")
    go_to(visitor, "Talk").wait(121)
    assert visitor.visit.asking
    assert not visitor.window._focus.ring.isVisible()
    visitor.key(Qt.Key.Key_Down)
    assert not visitor.visit.asking
    assert focused(visitor).startswith("Talk")
    assert ring_is_around(visitor, visitor.window.focusWidget())


def test_the_next_visitor_begins_without_a_ring(qapp, house):
    visitor = Walker(replace(house, settings=replace(house.settings, start=Start.HELP)))
    fresh = visitor.glass()
    choose(visitor, "Talk").wait(121).wait(21)
    assert visitor.visit.place == HelpPlace()
    assert visitor.glass() == fresh
    visitor.leave()


def test_from_the_lobby_to_a_number_by_the_keys_of_a_keypad(at_keypad):
    visitor = at_keypad
    for name in ("Help", "Talk to someone", "ALIVE"):
        for _ in visitor.page.buttons():
            press(visitor, CODES[Key.DOWN])
            if focused(visitor).startswith(name):
                break
        press(visitor, CODES[Key.SELECT])
    assert visitor.sees("314-993-2777")
    press(visitor, CODES[Key.BACK])
    assert not visitor.sees("314-993-2777")
    press(visitor, CODES[Key.HIDE])
    assert visitor.visit == Visit()
    assert visitor.sees("Welcome")


def test_back_in_the_lobby_does_nothing(at_keypad):
    press(at_keypad, CODES[Key.BACK])
    assert at_keypad.visit.trail == (LobbyPlace(),)


def test_a_key_that_is_held_down_moves_once(at_keypad):
    press(at_keypad, CODES[Key.DOWN])
    name = focused(at_keypad)
    for _ in range(10):
        press(at_keypad, CODES[Key.DOWN], repeated=True)
    assert focused(at_keypad) == name


def test_a_code_of_the_site_counts_before_a_name_but_escape_hides(qapp, house):
    keys = ((Key.UP, F13), (Key.DOWN, 9))  # 9 is Escape's own code
    visitor = Walker(replace(house, settings=replace(house.settings, keys=keys)))
    choose(visitor, "Help")
    escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, 9, 0, 0)
    QCoreApplication.sendEvent(visitor.window.windowHandle(), escape)
    assert visitor.visit == Visit()
    visitor.leave()


def test_a_key_without_a_meaning_changes_nothing(at_keypad):
    press(at_keypad, 250)
    assert at_keypad.visit == Visit()
    assert not at_keypad.window._focus.ring.isVisible()


def test_a_size_that_is_set_again_from_elsewhere_is_no_control_of_the_ring(at_portrait):
    """Only what was just used keeps the ring; a page by another road begins on its heading."""
    visitor = choose(at_portrait, "Help")
    visitor.session.dispatch(SetSize(TextSize.LARGE))
    assert on_heading(visitor)


def test_the_same_key_again_at_once_counts_once_where_the_site_wants_it(qapp, house):
    """EN 301 549, 5.8: adjustable up to at least half a second. Other keys count, and five at once hide."""
    settings = replace(house.settings, keys=KEYPAD, double_strike=DoubleStrike(key_ms=500))
    visitor = Walker(replace(house, settings=settings))
    press(visitor, CODES[Key.DOWN])
    first = focused(visitor)
    visitor.time.now += 0.29  # `press` waits for 0.2 s more
    press(visitor, CODES[Key.DOWN])
    assert focused(visitor) == first
    visitor.time.now += 0.31
    press(visitor, CODES[Key.DOWN])
    second = focused(visitor)
    assert second != first
    press(visitor, CODES[Key.UP])
    assert focused(visitor) == first
    press(visitor, CODES[Key.DOWN])
    assert focused(visitor) == second
    visitor.tap("Help")
    for _ in range(5):
        strike(visitor.window.windowHandle(), Qt.Key.Key_Down)
    assert visitor.visit == Visit()
    visitor.leave()


def test_usually_the_same_key_counts_as_often_as_it_is_pressed(at_keypad):
    press(at_keypad, CODES[Key.DOWN])
    first = focused(at_keypad)
    press(at_keypad, CODES[Key.DOWN])
    assert focused(at_keypad) != first


def test_the_keys_of_a_keypad_turn_the_voice_on_and_change_it(qapp, house):
    keys = {key: 180 + number for number, key in enumerate(Key)}
    settings = replace(house.settings, speech=SPEECH, keys=tuple(keys.items()))
    house, ears = replace(house, settings=settings), Ears()
    visitor = Walker(house, PORTRAIT, Listening(house, SPEECH, ears))
    press(visitor, keys[Key.LOUDER])
    assert ears.manner is None
    press(visitor, keys[Key.LISTEN])
    assert ears.heard[0].startswith("The voice is on.")
    press(visitor, keys[Key.PAUSE])
    assert ears.heard == []
    press(visitor, keys[Key.PAUSE])
    assert ears.heard[0].startswith("The voice is on.")
    said = [
        (Key.LOUDER, "Volume 6 of 10."),
        (Key.SOFTER, "Volume 5 of 10."),
        (Key.FASTER, "Speed 5 of 7."),
        (Key.SLOWER, "Speed 4 of 7."),
        (Key.REPEAT, TOP),
        (Key.LISTEN, TOP),
        (Key.DOWN, "Español."),
    ]
    for key, words in said:
        press(visitor, keys[key])
        assert ears.heard[0] == words
    press(visitor, keys[Key.HIDE])
    assert ears.heard == []
    assert visitor.visit == Visit()
    visitor.leave()
