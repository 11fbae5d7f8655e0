"""Finding by typing, as a visitor does it: on the glass, with a keyboard, with five keys, by ear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtTest import QTest

from kiosk.ui.listening import Listening
from kiosk.ui.widgets.changing import Changing
from kiosk.ui.widgets.keyboard import KeyCap
from kiosk.visit.actions import Open, SetSpeech, Type
from kiosk.visit.places import CategoryPlace, FindPlace, FindView, HelpPlace, ResourcePlace
from kiosk.visit.visit import Visit
from tests.flows.test_listening import SPEECH, Ears
from tests.flows.walker import PORTRAIT, Walker
from tests.ui.larger import open_larger, write_larger

SMALL = QSize(1024, 600)


@pytest.fixture(scope="module")
def larger(tmp_path_factory):
    return open_larger(write_larger(tmp_path_factory.mktemp("larger")))


@pytest.fixture(params=[PORTRAIT, QSize(1920, 1080), SMALL], ids=["portrait", "landscape", "small"])
def finder(request, qapp, larger) -> Iterator[Walker]:
    walker = Walker(larger, request.param)
    walker.session.dispatch(Open(HelpPlace()))
    walker.settle().session.dispatch(Open(FindPlace()))
    yield walker.settle()
    walker.leave()


def type_on_glass(walker: Walker, word: str) -> None:
    for letter in word:
        key = next(k for k in walker.page.findChildren(KeyCap) if k.action == Type(letter))
        walker.tap_at(key.mapTo(walker.window, key.rect().center()))


def type_on_keyboard(walker: Walker, word: str) -> None:
    for letter in word:
        walker.wait(0.2)
        QTest.keyClick(walker.window.windowHandle(), letter)
        walker.settle()


def results(walker: Walker) -> list[ResourcePlace]:
    return [
        b.action.place
        for b in walker.page.buttons()
        if isinstance(b.action, Open) and isinstance(b.action.place, ResourcePlace)
    ]


def test_each_letter_narrows_the_list_and_the_page_stays(finder):
    page = finder.page
    type_on_glass(finder, "alive")
    assert finder.page is page
    assert finder.visit.place == FindPlace("alive")
    if page.findChildren(Changing) and finder.sees("Show"):
        finder.tap("Show")
    assert results(finder)[0] == ResourcePlace("alive")


def test_back_leaves_find_whatever_was_typed(finder):
    type_on_glass(finder, "abc")
    finder.tap("Back")
    assert finder.visit.place == HelpPlace()


def test_hide_forgets_what_was_typed(finder):
    type_on_glass(finder, "alive")
    finder.press(finder.strip())
    assert finder.visit == Visit()
    assert not finder.sees("alive")


def test_start_over_forgets_it_too(finder):
    type_on_glass(finder, "alive")
    finder.tap("Start over")
    assert finder.visit.place == FindPlace()


def test_a_keyboard_types_erases_and_spaces(finder):
    type_on_keyboard(finder, "legal")
    finder.key(Qt.Key.Key_Space)
    type_on_keyboard(finder, "xx")
    finder.key(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert finder.visit.place == FindPlace("legal ")
    assert finder.visit.by_keys


def test_a_keyboard_types_nowhere_else(qapp, larger):
    walker = Walker(larger)
    type_on_keyboard(walker, "legal")
    assert walker.visit == Visit()
    walker.leave()


def test_five_keys_reach_every_key_and_every_result(finder):
    reached = set()
    for _ in range(len(finder.page.buttons())):
        finder.key(Qt.Key.Key_Down)
        reached.add(finder.window.focusWidget())
    assert reached == set(finder.page.buttons())


def test_a_key_chosen_with_five_keys_keeps_the_ring(finder):
    key = next(k for k in finder.page.findChildren(KeyCap) if k.action == Type("a"))
    while finder.window.focusWidget() is not key:
        finder.key(Qt.Key.Key_Down)
    finder.key(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert finder.visit.place == FindPlace("aa")
    assert finder.window.focusWidget() is key


def test_nothing_found_shows_the_day_and_night_lines_and_danger_stays(finder):
    type_on_glass(finder, "zqxj")
    assert any(b.action == Open(CategoryPlace("danger")) for b in finder.page.buttons())
    if finder.sees("List"):
        finder.tap("List")
    assert finder.sees("Nothing found")
    assert ResourcePlace("911") in results(finder)


def test_narrowing_keeps_what_was_typed(finder):
    type_on_glass(finder, "center")
    if finder.sees("Narrow"):
        finder.tap("Narrow")
    finder.tap("Open now")
    assert finder.visit.place.typed == "center"
    assert finder.visit.place.narrowed.open_now
    assert finder.visit.place.view is FindView.TYPE


def test_a_need_is_chosen_from_all_of_them(finder):
    if finder.sees("Narrow"):
        finder.tap("Narrow")
    finder.tap("Need").tap("Legal help")
    assert finder.visit.place.narrowed.need == "legal"
    assert finder.visit.place.view is FindView.TYPE


class Painted(QObject):
    """Counts the keys that are painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_only_the_list_is_painted_anew(at_find):
    painted = Painted()
    for widget in at_find.page.findChildren(KeyCap):
        widget.installEventFilter(painted)
    at_find.session.dispatch(Type("a"))
    at_find.settle()
    assert painted.count == 0
    assert at_find.sees("found")
    at_find.page.update()
    at_find.settle()
    assert painted.count > 0


def test_a_visitor_who_listens_hears_each_letter_and_how_many_are_found(qapp, larger):
    ears = Ears()
    speaking = replace(larger, settings=replace(larger.settings, speech=SPEECH))
    walker = Walker(speaking, hearing=Listening(speaking, SPEECH, ears))
    walker.session.dispatch(Open(FindPlace()))
    walker.session.dispatch(SetSpeech(True))
    walker.settle()
    assert ears.hears("These answer day and night")
    assert not ears.hears("q, button")
    type_on_glass(walker, "alive")
    assert ears.heard == ["e.", "1 found."]
    walker.leave()


@pytest.fixture
def at_find(qapp, larger) -> Iterator[Walker]:
    walker = Walker(larger)
    walker.session.dispatch(Open(FindPlace()))
    yield walker.settle()
    walker.leave()
