"""Builds and paints the page under a finger while it is still down: lifting it only has to show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from kiosk.later import dataclass
from kiosk.ui.pictures import Picture, picture_for
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tap import Tap
from kiosk.visit.step import step
from kiosk.visit.visit import Visit

AFTER_MS: Final = 4  # the pressed face is painted first


@dataclass(frozen=True)
class Painted:
    """The page of a visit, and how it looks."""

    visit: Visit
    page: Page
    picture: Picture


class Ahead(QObject):
    """At most one page that is not shown yet. Where the finger slides off, the next touch drops it.

    `visit()` is the visit as it is, `page()` what is on the glass; `build` makes the page of another visit.
    """

    def __init__(
        self,
        window: QWidget,
        visit: Callable[[], Visit],
        page: Callable[[], Page],
        build: Callable[[Visit], Page],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._visit, self._page, self._build = visit, page, build
        self._built: Painted | None = None
        self._picture: Picture | None = None  # one for all pages: the display server knows its memory by then
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._on_time)

    def begin(self) -> None:
        """Look in a moment for what is held down."""
        self._timer.start()

    def take(self, visit: Visit) -> Painted | None:
        """Return the page of this visit if it is built; whatever else was built is dropped."""
        self._timer.stop()
        built, self._built = self._built, None
        if visit == Visit():
            self._picture = None  # nothing that a visitor opened is left in it
        if built and built.visit == visit:
            return built
        if built:
            discard(built.page)
        return None

    @Slot()
    def _on_time(self) -> None:
        now = self._visit()
        held = next((b for b in self._page().buttons() if isinstance(b, Tap) and b.isDown()), None)
        self.take(now)
        if held is None:
            return
        after = step(now, held.action)
        if after not in (now, Visit()) and not after.asking and not self._page().can_show(after):
            page = self._build(after)
            if self._picture is None or self._picture.size() != self._window.size():
                self._picture = picture_for(self._window)
            self._picture.paint(page, page.rect())
            page.setParent(self._window)  # unseen, and gone with the window
            self._built = Painted(after, page, self._picture)


def discard(widget: QWidget) -> None:
    """Take a page away and destroy it when the event is over."""
    widget.setParent(None)
    widget.deleteLater()
