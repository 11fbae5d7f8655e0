"""A visit as the host serves it, where no screen is plugged in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.host.link import Link, Word, linked
from kiosk.ui import served as served_module
from kiosk.ui.run import limits_of
from kiosk.ui.served import Served
from kiosk.visit.visit import Visit
from tests.flows.walker import Walker

# Without a window system nothing is above anything else.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


@pytest.fixture
def ends() -> Iterator[tuple[Link, Link]]:
    host, visit = linked()
    yield host, visit
    host.close()
    visit.close()


def test_without_a_screen_a_visit_is_shown_at_once_so_that_the_one_below_goes(at_portrait, ends, monkeypatch):
    """No frame will ever come to wait for, and what was below would stay for ever."""
    assert told_when_shown(at_portrait, ends, monkeypatch, has_screen=False) == [Word.SHOWN]


def test_with_a_screen_it_is_shown_when_a_frame_is_there(at_portrait, ends, monkeypatch):
    assert told_when_shown(at_portrait, ends, monkeypatch, has_screen=True) == []


def test_a_screen_that_goes_ends_the_visit_since_nobody_can_press_hide(at_portrait, ends):
    visitor, (host, visit) = at_portrait, ends
    served = Served(visit, visitor.session, visitor.window, limits_of(visitor.window._house.settings).start)
    gone = QGuiApplication.instance().screenRemoved
    gone.emit(QGuiApplication.primaryScreen())
    assert host.heard() == []  # nobody is there, and nothing is over
    visitor.tap("Help and community services")
    assert host.heard() == [Word.ALIVE]
    gone.emit(QGuiApplication.primaryScreen())
    assert host.heard() == []  # it can go while a page is put on the glass: not in the midst of that
    visitor.settle()
    heard = host.heard()
    served.deleteLater()
    visitor.settle()
    assert heard == [Word.OVER]
    assert visitor.session.visit == Visit()


def told_when_shown(visitor: Walker, ends: tuple[Link, Link], monkeypatch, *, has_screen: bool) -> list[Word]:
    """What the host has heard before any event is delivered."""
    host, visit = ends
    limits = limits_of(visitor.window._house.settings)
    served = Served(visit, visitor.session, visitor.window, limits.start)
    if not has_screen:
        monkeypatch.setattr(served_module, "glass_now", lambda: None)
    monkeypatch.setattr(served_module, "press_on", lambda: None)
    served._show()
    heard = host.heard()
    served.deleteLater()
    visitor.settle()
    assert heard is not None
    return heard


@pytest.mark.parametrize("hurried", [True, False])
def test_a_standby_is_ready_when_all_pages_are_warm_and_the_first_visit_before(
    at_portrait, ends, monkeypatch, hurried
):
    visitor, (host, visit) = at_portrait, ends
    done: list[int] = []
    monkeypatch.setattr("kiosk.ui.window.painted_unseen", lambda *_: (done.append(n) for n in range(3)))
    served = Served(visit, visitor.session, visitor.window, limits_of(visitor.window._house.settings).start)
    left = served.prepare(hurried)
    assert host.heard() == [Word.READY]
    assert done == ([] if hurried else [0, 1, 2])
    assert len(list(left)) == (3 if hurried else 0)
    assert done == [0, 1, 2]
    served.deleteLater()
    visitor.settle()


def test_what_hide_shows_is_made_ready_once_the_visit_is_shown(at_portrait, ends):
    visitor, (_, visit) = at_portrait, ends
    cover = visitor.window._lobby_picture
    served = Served(visit, visitor.session, visitor.window, limits_of(visitor.window._house.settings).start)
    visitor.settle()
    assert cover._picture is None
    served.shown.emit()
    QTest.qWait(50)
    served.deleteLater()
    visitor.settle()
    assert cover._picture is not None
