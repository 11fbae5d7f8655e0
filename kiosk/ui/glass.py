"""Puts a whole page on the glass as one picture, before or in place of Qt painting its widgets one by one.

A picture must never outlive its page. The lobby's is never all there is: Qt paints the same pixels after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QRect
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

PIECE_PX: Final = 2**21  # one piece at 1080x1920, 4 at 3840x2160
ALL_PX: Final = 2**30  # more than any screen


def bands(rect: QRect, pixels: int) -> Iterator[QRect]:
    """Give bands that make up `rect`, from the top, of some `pixels` each; all logical px.

    Their heights are fours, so that where the display scales by quarters no edge is within a pixel.
    """
    rows = max(4, pixels // rect.width() // 4 * 4)
    for top in range(rect.top(), rect.bottom() + 1, rows):
        yield QRect(rect.left(), top, rect.width(), min(rows, rect.bottom() + 1 - top))


def _at_once_px() -> int:
    """Return how many px of a picture are handed over at once: the server copies while the next are painted.

    Under Wayland all of it. Each piece would be a frame of its own, and all that was painted would be copied
    into another buffer while the server has the first.
    """
    return ALL_PX if QGuiApplication.platformName().startswith("wayland") else PIECE_PX


def can_show(window: QWidget) -> bool:
    """Return False where a window is not on a screen, or is being painted: a fault there covers as well."""
    store, handle = window.backingStore(), window.windowHandle()
    if not store or not handle or not handle.isExposed() or store.size() != window.size():
        return False
    return not store.paintDevice().paintingActive()


def put_on_glass(window: QWidget, picture: QPixmap) -> bool:
    """Show `picture` over the whole window now; return False where that cannot be."""
    if not can_show(window):
        return False
    store, handle = window.backingStore(), window.windowHandle()
    for piece in bands(window.rect(), _at_once_px()):
        part = QRegion(piece)
        store.beginPaint(part)
        painter = QPainter(store.paintDevice())
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.setClipRect(piece)
        painter.drawPixmap(0, 0, picture)
        painter.end()
        store.endPaint()
        store.flush(part, handle)
    _send()
    return True


def put_on_top(window: QWidget, widget: QWidget, is_painted: bool) -> None:
    """Show a widget above all others of its window; where its picture is on the glass, do not paint it again.

    The window's store has its pixels: Qt paints parts of it as they change, and sends it to a server that
    lost it. To paint all of it again took as long as the first time, and Hide waited for it.
    """
    widget.setParent(window)
    widget.show()
    if not is_painted:
        paint_now(window)
        return
    for shown in (widget, *widget.findChildren(QWidget)):  # showing posts one for each
        QCoreApplication.removePostedEvents(shown, QEvent.Type.UpdateLater)


def hide_as_covered(widget: QWidget) -> None:
    """Hide a widget where the glass shows already what is to be seen in its place: nothing is painted."""
    widget.setUpdatesEnabled(False)
    widget.hide()
    widget.setUpdatesEnabled(True)


def paint_now(window: QWidget) -> None:
    """Paint what is to be painted of a window, once, before the next event.

    Showing a child posts these two events one after the other; repaint() would not take the first from the
    queue, and all would be painted twice.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateLater)
    QCoreApplication.sendPostedEvents(window, QEvent.Type.UpdateRequest)
    _send()


def repaint_now(window: QWidget) -> None:
    """Paint all that is to be painted of a window, and show it, before anything else is done."""
    window.repaint()
    _send()


def _send() -> None:
    """Send what was painted to a Wayland server, and not when all else of this event is done.

    Qt's client keeps it until its loop is about to sleep (`QWaylandDisplay::flushRequests`), when it also
    takes what the server has said: touches wait in Qt's queue as ever, but a screen may be gone. Under X11 it
    is sent at once.
    """
    QAbstractEventDispatcher.instance().aboutToBlock.emit()
