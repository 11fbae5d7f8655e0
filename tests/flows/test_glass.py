"""What is put on the glass as a picture equals, pixel by pixel, what Qt paints after it."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise

import pytest
from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QCoreApplication,
    QEvent,
    QObject,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from kiosk.ui.ahead import AFTER_MS as BUILT_MS
from kiosk.ui.cover import AFTER_MS as COVERED_MS
from kiosk.ui.cover import bands
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tap import Tap
from kiosk.visit.actions import Hide, Open
from tests.flows.walker import Walker

WAYS = [["Help"], ["Help", "Talk to someone"], ["Help", "Talk to someone", "ALIVE"], ["Help", "A safe place"]]


def on_glass(visitor: Walker) -> QImage:
    """Return a copy of what the display server has, without letting Qt paint anything first."""
    return visitor.window.backingStore().paintDevice().copy()


def plain_image(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_RGB32)


def pass_time(visitor: Walker, ms: int) -> None:
    QTest.qWait(ms + 30)
    QCoreApplication.processEvents()


def hold(visitor: Walker, label: str) -> Tap:
    """Put a finger on a button and wait until what it does lies ready."""
    visitor.wait(1)
    spot = visitor.middle_of(label)
    visitor.press(spot)
    pass_time(visitor, BUILT_MS)
    return next(b for b in visitor.page.buttons() if isinstance(b, Tap) and b.isDown())


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[-1].lower())
def test_a_page_is_on_the_glass_before_qt_paints_it(visitor, way, monkeypatch):
    for label in way[:-1]:
        visitor.tap(label)
    held = hold(visitor, way[-1])
    at_once, cover = [], visitor.window._cover

    def covers(*how) -> None:  # the first thing that is done to the widgets
        at_once.append(plain_image(on_glass(visitor)))
        cover(*how)

    monkeypatch.setattr(visitor.window, "_cover", covers)
    visitor.session.dispatch(held.action)  # what lifting the finger does, and no event is delivered
    visitor.settle()
    assert at_once == [plain_image(visitor.glass())]
    visitor.release(visitor.page.rect().center())


def test_the_lobby_is_on_the_glass_before_qt_paints_it(visitor):
    lobby = plain_image(visitor.glass())
    visitor.tap("Help").tap("Talk to someone")
    pass_time(visitor, COVERED_MS)
    assert plain_image(on_glass(visitor)) != lobby
    visitor.window._lobby_picture.show()
    assert plain_image(on_glass(visitor)) == lobby
    visitor.session.dispatch(Hide())


def test_hide_has_the_lobby_on_the_glass_before_qt_paints_it(visitor, monkeypatch):
    lobby = plain_image(visitor.glass())
    visitor.tap("Help").tap("Talk to someone")
    pass_time(visitor, COVERED_MS)
    seen = []
    monkeypatch.setattr(visitor.window, "repaint", lambda: seen.append(plain_image(on_glass(visitor))))
    visitor.window.hide_everything()
    assert seen == [lobby]


def test_the_picture_of_the_lobby_is_made_in_bands_with_other_events_between(at_portrait, qtbot, monkeypatch):
    steps, other = [], QTimer()
    cover = at_portrait.window._lobby_picture
    paint_band = cover._paint_band

    def paints(picture: object) -> None:
        steps.append("band")
        paint_band(picture)

    monkeypatch.setattr(cover, "_paint_band", paints)
    other.timeout.connect(lambda: steps.append("other"))
    other.start(0)
    at_portrait.tap("Help")
    qtbot.waitUntil(lambda: bool(cover._picture and not cover._missing))
    other.stop()
    assert steps.count("band") > 2, steps
    assert all("other" in pair for pair in pairwise(steps) if "band" in pair)


@pytest.mark.parametrize("made", [1, 2])
def test_hide_finishes_a_picture_that_is_begun(at_portrait, made, monkeypatch):
    lobby, cover = plain_image(at_portrait.glass()), at_portrait.window._lobby_picture
    at_portrait.tap("Help").tap("Talk to someone")
    cover.drop()
    for _ in range(made):
        cover._on_time()
    cover._timer.stop()
    assert cover._missing
    seen = []
    monkeypatch.setattr(
        at_portrait.window, "repaint", lambda: seen.append(plain_image(on_glass(at_portrait)))
    )
    at_portrait.window.hide_everything()
    assert seen == [lobby]


@pytest.mark.parametrize(("size", "pixels"), [((7, 9), 60), ((7, 5), 3), ((7, 8), 28), ((7, 5), 700)])
def test_bands_make_up_the_whole(size, pixels):
    whole = QRect(2, 3, *size)
    parts = list(bands(whole, pixels))
    assert sum(part.height() for part in parts) == whole.height()
    assert parts[0].united(parts[-1]) == whole
    assert all(part.left() == whole.left() and part.width() == whole.width() for part in parts)
    assert all(one.bottom() + 1 == next_one.top() for one, next_one in pairwise(parts))
    assert all(part.height() % 4 == 0 for part in parts[:-1])
    assert all(part.height() * part.width() <= max(pixels, 4 * whole.width()) for part in parts)


@pytest.mark.parametrize("ratio", ["1.5", "2"])
def test_all_of_this_is_so_where_the_display_scales(ratio):
    surroundings = {**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-k", "not scales"]
    ran = subprocess.run([*command, __file__], env=surroundings, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-2000:]
    assert "skipped" not in ran.stdout


@pytest.fixture
def sent():
    """What is on the glass each time a Wayland client would send it, in order, and what is appended."""
    order: list[object] = []
    dispatcher = QAbstractEventDispatcher.instance()

    def note() -> None:
        order.append("sent")

    dispatcher.aboutToBlock.connect(note)
    yield order
    dispatcher.aboutToBlock.disconnect(note)


def test_the_lobby_is_sent_to_a_wayland_server_before_anything_is_painted_or_forgotten(
    visitor, sent, monkeypatch
):
    visitor.tap("Help").tap("Talk to someone")
    pass_time(visitor, COVERED_MS)
    monkeypatch.setattr(visitor.window, "_cover", lambda *_: sent.append("covered"))
    monkeypatch.setattr(visitor.window, "repaint", lambda: sent.append("painted"))
    visitor.session.changed.connect(lambda: sent.append("forgotten"))
    sent.clear()
    visitor.window.hide_everything()
    assert sent[:4] == ["sent", "covered", "painted", "sent"]
    assert "forgotten" in sent[4:]


def test_a_page_is_sent_to_a_wayland_server_before_the_old_one_is_taken_apart(visitor, sent, monkeypatch):
    monkeypatch.setattr("kiosk.ui.window.discard", lambda _: sent.append("taken apart"))
    visitor.tap("Help")
    need = next(b for b in visitor.page.buttons() if isinstance(b, Tap) and isinstance(b.action, Open))
    sent.clear()
    visitor.session.dispatch(need.action)
    assert sent[: sent.index("taken apart")][-1] == "sent"


def test_the_lobby_as_a_picture_has_no_pressed_tile(visitor):
    lobby = plain_image(visitor.glass())
    held = hold(visitor, "Help")
    pass_time(visitor, COVERED_MS)
    assert plain_image(on_glass(visitor)) != lobby, "the tile does not look pressed"
    visitor.session.dispatch(held.action)
    pass_time(visitor, COVERED_MS)
    visitor.window._lobby_picture.show()
    assert plain_image(on_glass(visitor)) == lobby
    visitor.session.dispatch(Hide())


def made(visitor: Walker) -> bool:
    cover = visitor.window._lobby_picture
    return cover._picture is not None and not cover._missing


def test_a_visit_that_waits_unseen_has_no_picture_of_the_lobby(visitor):
    pass_time(visitor, COVERED_MS)
    assert visitor.window._lobby_picture._picture is None
    visitor.tap("Help")
    pass_time(visitor, COVERED_MS)
    assert visitor.window._lobby_picture._picture is not None


def test_a_visit_on_the_glass_has_the_picture_of_the_lobby_before_anybody_touches_it(at_portrait, qtbot):
    lobby = plain_image(at_portrait.glass())
    at_portrait.window.prepare_hide()
    qtbot.waitUntil(lambda: made(at_portrait))
    assert plain_image(on_glass(at_portrait)) == lobby, "nothing is seen of it"
    picture = at_portrait.window._lobby_picture._picture
    at_portrait.tap("Help").tap("Talk to someone")
    pass_time(at_portrait, COVERED_MS)
    assert at_portrait.window._lobby_picture._picture is picture, "it is not made again"
    assert plain_image(on_glass(at_portrait)) != lobby
    at_portrait.window._lobby_picture.show()
    assert plain_image(on_glass(at_portrait)) == lobby
    at_portrait.session.dispatch(Hide())


def test_no_band_of_it_is_made_while_a_tile_of_the_lobby_looks_pressed(at_portrait, qtbot):
    lobby, cover = plain_image(at_portrait.glass()), at_portrait.window._lobby_picture
    spot = at_portrait.middle_of("Help")
    at_portrait.window.prepare_hide()
    cover._on_time()
    at_portrait.press(spot)
    begun = list(cover._missing)
    pass_time(at_portrait, COVERED_MS)
    assert begun
    assert list(cover._missing) == begun
    at_portrait.release(spot)
    at_portrait.settle()
    qtbot.waitUntil(lambda: made(at_portrait))
    cover.show()
    assert plain_image(on_glass(at_portrait)) == lobby
    at_portrait.session.dispatch(Hide())


def test_it_is_not_begun_after_a_touch_nor_a_second_time(at_portrait, qtbot):
    cover = at_portrait.window._lobby_picture
    at_portrait.window.prepare_hide()
    qtbot.waitUntil(lambda: made(at_portrait))
    at_portrait.window.prepare_hide()
    assert not cover._timer.isActive()
    cover.drop()
    at_portrait.key(Qt.Key.Key_Tab)
    at_portrait.window.prepare_hide()
    assert not cover._timer.isActive(), "there is a ring on the glass"


def test_the_display_server_takes_it_up_while_the_lobby_rests(at_portrait, qtbot, monkeypatch):
    lobby, known = plain_image(at_portrait.glass()), []
    monkeypatch.setattr(
        "kiosk.ui.pictures._Pixmap.make_known",
        lambda *_: known.append(plain_image(on_glass(at_portrait)) == lobby),
    )
    at_portrait.window.prepare_hide()
    at_portrait.window._lobby_picture._on_time()
    assert known == [True]
    at_portrait.tap("Help")  # from the touch on whatever is made must not be seen
    qtbot.waitUntil(lambda: made(at_portrait))
    assert all(known)


def test_hide_on_a_lobby_that_rests_sends_what_is_missing_once(at_portrait, monkeypatch):
    known: list[QRect] = []
    monkeypatch.setattr("kiosk.ui.pictures._Pixmap.make_known", lambda _, part: known.append(part))
    cover = at_portrait.window._lobby_picture
    at_portrait.window.prepare_hide()
    cover._on_time()
    assert cover._missing
    cover.show()
    assert len(known) == 1
    assert not cover._timer.isActive(), "there is nothing left to be made"


def test_it_is_not_begun_under_a_page_nor_where_nobody_can_see_the_lobby(at_portrait, monkeypatch):
    at_portrait.tap("Help")
    cover = at_portrait.window._lobby_picture
    pass_time(at_portrait, COVERED_MS)
    cover.drop()
    at_portrait.window.prepare_hide()
    assert not cover._timer.isActive()
    at_portrait.session.dispatch(Hide())
    monkeypatch.setattr("kiosk.ui.window.can_show", lambda _: False)
    at_portrait.window.prepare_hide()
    assert not cover._timer.isActive()


def test_another_panel_makes_the_picture_of_the_lobby_void(at_portrait):
    at_portrait.tap("Help")
    pass_time(at_portrait, COVERED_MS)
    at_portrait.window.resize(QSize(1280, 800))
    at_portrait.settle()
    assert at_portrait.window._lobby_picture._picture is None


class Paints(QObject):
    """Counts how often any button of a page is painted."""

    count = 0

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        for button in page.buttons():
            button.installEventFilter(self)

    def eventFilter(self, watched, event) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[-1].lower())
def test_a_page_put_on_the_glass_is_not_painted_again(visitor, way):
    for label in way[:-1]:
        visitor.tap(label)
    held = hold(visitor, way[-1])
    paints = Paints(visitor.window._ahead._built.page)
    visitor.session.dispatch(held.action)
    visitor.settle()
    assert paints.count == 0
    assert plain_image(on_glass(visitor)) == plain_image(visitor.glass())
    first = next(b for b in visitor.page.buttons() if isinstance(b, Tap) and b.isEnabled())
    visitor.release(visitor.page.rect().bottomLeft())
    visitor.wait(1)
    visitor.press(first.mapTo(visitor.window, first.rect().center()))
    assert paints.count, "what changes on it is painted as ever"
    assert plain_image(on_glass(visitor)) == plain_image(visitor.glass())
    visitor.release(visitor.page.rect().bottomLeft())


def test_no_picture_of_a_page_is_left_after_hide(visitor):
    visitor.tap("Help")
    hold(visitor, "Talk to someone")
    assert visitor.window._ahead._picture
    visitor.window.hide_everything()
    assert visitor.window._ahead._picture is None
    assert visitor.window._ahead._built is None


def test_a_button_acts_before_its_face_comes_up(visitor):
    spot, paints, then = visitor.middle_of("Help"), Paints(visitor.page), []
    visitor.page.chosen.connect(lambda _: then.append(paints.count))
    visitor.press(spot)
    assert paints.count, "it looks pressed"
    paints.count = 0
    visitor.release(spot)
    assert then == [0]


def test_a_pointer_that_comes_over_a_button_paints_nothing(visitor):
    paints, window = Paints(visitor.page), visitor.window.windowHandle()
    for spot in (visitor.page.rect().center(), visitor.middle_of("Help"), visitor.middle_of("Home")):
        QTest.mouseMove(window, spot)
        visitor.settle()
    assert paints.count == 0


def test_a_finger_that_slides_off_changes_nothing_on_the_glass(visitor):
    visitor.tap("Help")
    before = plain_image(on_glass(visitor))
    hold(visitor, "Talk to someone")
    visitor.release(visitor.page.rect().bottomLeft())
    pass_time(visitor, BUILT_MS)
    assert plain_image(on_glass(visitor)) == before
    assert visitor.visit.place == Open(visitor.visit.place).place
