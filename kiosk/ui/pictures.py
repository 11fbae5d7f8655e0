"""A picture as large as a window, painted unseen and put on the glass at once.

A picture must never outlive its page. The lobby's is never all there is: Qt paints the same pixels after it.
"""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QBackingStore, QGuiApplication, QImage, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from kiosk.ui.glass import can_show, send
from kiosk.ui.memory import take_at_once


class Picture(Protocol):
    """What `picture_for` returns. All sizes are logical px."""

    def size(self) -> QSize:
        """Return the size of the window it was made for."""
        ...

    def paint(self, widget: QWidget, part: QRect) -> None:
        """Paint a part of a widget that is as large as the window."""
        ...

    def make_known(self, part: QRect) -> None:
        """Let the display server take up a part that looks as the glass does; nothing is seen of it."""
        ...

    def show(self) -> bool:
        """Put it on the glass; return False where that cannot be."""
        ...

    def keep(self) -> None:
        """Once it is on the glass, have what Qt paints parts of later and shows again look like it."""
        ...


def picture_for(window: QWidget) -> Picture:
    """Return what shows a window's pixels soonest.

    Only an X server has a store's memory in common; Qt's offscreen platform takes no second one at all.
    """
    return _Store(window) if QGuiApplication.platformName() == "xcb" else _Pixmap(window)


def shown_and_kept(picture: Picture) -> bool:
    """Put a picture on the glass, to stay there; return False where that cannot be."""
    if not picture.show():
        return False
    picture.keep()
    return True


class _Pixmap:
    """Is copied to the pixels of the window, which Qt hands to the display server."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._size = window.size()
        ratio = window.devicePixelRatio()
        self._pixmap = QPixmap((QSizeF(self._size) * ratio).toSize())
        self._pixmap.setDevicePixelRatio(ratio)

    def size(self) -> QSize:
        return self._size

    def paint(self, widget: QWidget, part: QRect) -> None:
        widget.render(self._pixmap, part.topLeft(), QRegion(part))

    def make_known(self, part: QRect) -> None:
        """The server gets the pixels of the window, which it knows."""

    def show(self) -> bool:
        if not can_show(self._window) or self._size != self._window.size():
            return False
        _copy(self._window, self._pixmap)
        self._window.backingStore().flush(QRegion(self._window.rect()), self._window.windowHandle())
        send()
        return True

    def keep(self) -> None:
        """It is what the window has."""


class _Store:
    """A second store of the window, in memory shared with an X server: only the server copies, and once.

    At 3840x2160 that takes half as long. The window's own store still has what was there before: `keep` it,
    or paint there, before any other event, or what uncovers the window would show that again.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._store = QBackingStore(window.windowHandle())
        self._store.resize(window.size())
        self._taken = QRegion()
        self._tell_the_server()

    def _tell_the_server(self) -> None:
        """Let the server make what it has of the store now; Qt would tell it with the first picture.

        It clears 33 MB at 3840x2160, and the press of Hide would wait for that. What Qt has for the server
        goes out with any pixel that is shown.
        """
        if can_show(self._window):
            self._window.backingStore().flush(QRegion(0, 0, 1, 1), self._window.windowHandle())

    def size(self) -> QSize:
        return self._store.size()

    def paint(self, widget: QWidget, part: QRect) -> None:
        region = QRegion(part)
        self._store.beginPaint(region)
        device = cast("QImage", self._store.paintDevice())
        if not region.subtracted(self._taken).isEmpty():
            ratio = device.devicePixelRatio()
            take_at_once(device, QRectF(part.topLeft() * ratio, QSizeF(part.size()) * ratio).toAlignedRect())
            self._taken += region
        widget.render(device, part.topLeft(), region)
        self._store.endPaint()

    def make_known(self, part: QRect) -> None:
        """The first time it reads this memory, the server waits for a fault at every 4 kB of it."""
        self._flush(part)

    def show(self) -> bool:
        return self._flush(self._window.rect())

    def _flush(self, part: QRect) -> bool:
        if not can_show(self._window) or self.size() != self._window.size():
            return False
        self._store.flush(QRegion(part), self._window.windowHandle())
        return True

    def keep(self) -> None:
        _copy(self._window, cast("QImage", self._store.paintDevice()))


def _copy(window: QWidget, picture: QPixmap | QImage) -> None:
    """Copy a picture to the pixels that a window has, without showing them."""
    store = window.backingStore()
    store.beginPaint(QRegion(window.rect()))
    painter = QPainter(store.paintDevice())
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    if isinstance(picture, QPixmap):
        painter.drawPixmap(0, 0, picture)
    else:
        painter.drawImage(0, 0, picture)
    painter.end()
    store.endPaint()
