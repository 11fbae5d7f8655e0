"""Decides when Qt paints widgets, and when it sends them to the display server."""

from __future__ import annotations

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget


def can_show(window: QWidget) -> bool:
    """Return False where a window is not on a screen, or is being painted: a fault there covers as well."""
    store, handle = window.backingStore(), window.windowHandle()
    if not store or not handle or not handle.isExposed() or store.size() != window.size():
        return False
    return not store.paintDevice().paintingActive()


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
    send()


def repaint_now(window: QWidget) -> None:
    """Paint all that is to be painted of a window, and show it, before anything else is done."""
    window.repaint()
    send()


def send() -> None:
    """Send what was painted to a Wayland server, and not when all else of this event is done.

    Qt's client keeps it until its loop is about to sleep (`QWaylandDisplay::flushRequests`), when it also
    takes what the server has said: touches wait in Qt's queue as ever, but a screen may be gone. Under X11 it
    is sent at once.
    """
    QAbstractEventDispatcher.instance().aboutToBlock.emit()
