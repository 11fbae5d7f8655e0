"""The one window: the lobby built before it is needed, and the page of this visit above it."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.house import House
from kiosk.ui.ahead import Ahead, discard
from kiosk.ui.hearing import Hearing, Silence
from kiosk.ui.pages import page_for
from kiosk.ui.scene import scene_for
from kiosk.ui.session import Session
from kiosk.ui.theme import Panel
from kiosk.ui.triggers import Triggers, milliseconds
from kiosk.ui.widgets.focus_ring import FocusRing
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.still_here import StillHere
from kiosk.visit.actions import Action, Continue, Hide, SetSpeech
from kiosk.visit.places import CategoryPlace, GuidePlace, HelpPlace, LobbyPlace, Place, ResourcePlace
from kiosk.visit.visit import Visit

FORWARD_KEYS = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Right})
BACKWARD_KEYS = frozenset({Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Left})
SELECT_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select})
QUIET_MS = 700
NEUTRAL_TITLE = "Visitor information"


class KioskWindow(QWidget):
    """Full screen, without a frame. Hiding needs no more than dropping what lies above the lobby."""

    def __init__(
        self,
        house: House,
        session: Session,
        size: QSize,
        milliseconds: Callable[[], float] = milliseconds,
        hearing: Hearing | None = None,
    ) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(NEUTRAL_TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._house = house
        self._session = session
        self._hearing = hearing or Silence()
        self._page: Page | None = None
        self._still_here: StillHere | None = None
        self._by_keys = False
        self.resize(size)
        self._panel = Panel.measured(size.width(), size.height(), house.settings.panel_width_mm)
        self._lobby = self._built_lobby()
        self._ring = FocusRing(self)
        self._triggers = self._watched(milliseconds)
        self._ahead = Ahead(self, lambda: session.visit, lambda: self.page, self._built_page)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._tidy)
        session.changed.connect(self._show_visit)
        self._show_visit()

    @property
    def page(self) -> Page:
        """What is on the glass now: a page of the visit, or the lobby."""
        return self._page or self._lobby

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the raw input of the native window, which exists from now on."""
        super().showEvent(event)
        self.windowHandle().installEventFilter(self._triggers)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody closes the kiosk from its window."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another panel was plugged in: build the lobby anew and begin a fresh visit."""
        super().resizeEvent(event)
        settings = self._house.settings
        panel = Panel.measured(self.width(), self.height(), settings.panel_width_mm)
        if panel == self._panel:
            return
        self._panel = panel
        old, self._lobby = self._lobby, self._built_lobby()
        discard(old)
        self._triggers.strip = self._lobby.strip_rect()
        self._session.dispatch(Hide())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper wherever no page is, so that nothing older shines through."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._lobby.paper)
        painter.end()

    def warm_up(self) -> None:
        """Paint the lobby where nobody sees it: fonts, icons and code are warm when it is shown.

        Twice, because Qt paints very large letters a shade differently the first time.
        """
        for _ in range(2):
            self._lobby.grab()

    @Slot()
    def warm_up_pages(self) -> None:
        """Paint one page of each kind where nobody sees it, the same for every visitor, and drop it.

        A fresh process would otherwise draw its first letters while the visitor waits.
        """
        for place in sample_places(self._house):
            visit = Visit(trail=(LobbyPlace(), place))
            page = page_for(place, scene_for(self._house, visit, self._panel))
            page.grab()
            page.deleteLater()

    @Slot()
    def hide_everything(self) -> None:
        """Cover first, forget second: the lobby is on the glass before any state is dropped."""
        self._cover()
        self.repaint()
        self._hearing.stop()
        self._session.dispatch(Hide())

    def _cover(self) -> None:
        for widget in (self._page, self._still_here, self._ring):
            if widget:
                widget.hide()

    @Slot()
    def _show_visit(self) -> None:
        """Show what the visit says; what was shown before is gone with this event."""
        visit = self._session.visit
        ready = self._ahead.take(visit)
        self._cover()
        old_page, self._page = self._page, None
        old_line, self._still_here = self._still_here, None
        if visit.asking:
            self._still_here = StillHere(scene_for(self._house, visit, self._panel))
            self._put_on_top(self._still_here)
        elif visit != Visit():
            self._page = ready or self._built_page(visit)
            self._put_on_top(self._page)
        self._triggers.swallow_presses = visit.asking
        self._session.set_shows_code(self.page.shows_code)
        self.setFocus()
        self._quiet.start()
        for old in (old_page, old_line):
            if old:
                discard(old)
        self._hearing.show(self.page, visit, self._still_here.text() if self._still_here else "")

    @Slot()
    def _tidy(self) -> None:
        """Collect what dropped pages left, when nobody waits for it."""
        gc.collect()

    def _put_on_top(self, widget: QWidget) -> None:
        widget.setParent(self)
        widget.show()
        self._ring.raise_()
        # On the glass before the old page is taken apart. Showing a child posts these two events one after
        # the other; repaint() would not take the first from the queue, and all would be painted twice.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateLater)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.UpdateRequest)

    def _built_page(self, visit: Visit) -> Page:
        page = page_for(visit.place, scene_for(self._house, visit, self._panel))
        page.chosen.connect(self._on_chosen)
        return page

    def _built_lobby(self) -> Page:
        lobby = self._built_page(Visit())
        lobby.setParent(self)
        lobby.lower()
        lobby.show()
        return lobby

    def _watched(self, clock: Callable[[], float]) -> Triggers:
        triggers = Triggers(self._panel.px_per_mm, self._house.settings.hide_key, clock)
        triggers.strip = self._lobby.strip_rect()
        triggers.hidden.connect(self.hide_everything)
        triggers.touched.connect(self._on_touched)
        triggers.key_chosen.connect(self._on_key)
        return triggers

    @Slot(object)
    def _on_chosen(self, action: Action) -> None:
        if isinstance(action, Hide):
            self.hide_everything()
        else:
            self._session.dispatch(action)

    @Slot()
    def _on_touched(self) -> None:
        """One touch anywhere continues after Still here?; every touch silences and counts anew."""
        self._hearing.stop()
        if self._session.visit.asking:
            self._session.dispatch(Continue())
        else:
            self._session.touch()
            self._ahead.begin()

    @Slot(int)
    def _on_key(self, key: int) -> None:
        """Walk through what can be chosen, or choose it. Reading order, round and round."""
        self._session.use_keys()
        chosen = self.focusWidget()
        change = self._hearing.on_key(key, self._session.visit)
        if isinstance(change, SetSpeech):
            self._session.dispatch(change)
        elif change:
            self._session.adjust(change)
            self._hearing.told(self._session.visit, change)
        elif key in SELECT_KEYS and isinstance(chosen, QAbstractButton) and self._ring.isVisible():
            chosen.click()
            self._move_focus(0)
        elif key in FORWARD_KEYS:
            self._move_focus(1)
        elif key in BACKWARD_KEYS:
            self._move_focus(-1)

    def _move_focus(self, by: int) -> None:
        """Put the ring `by` buttons on; 0 puts it on the first of a new page."""
        buttons = self.page.buttons()
        if not buttons:
            return
        now = self.focusWidget()
        if isinstance(now, QAbstractButton) and now in buttons:
            index = (buttons.index(now) + by) % len(buttons)
        else:
            index = 0 if by >= 0 else len(buttons) - 1
        buttons[index].setFocus(Qt.FocusReason.TabFocusReason)
        self._ring.surround(buttons[index], self.page)
        if by:
            self._hearing.focus(buttons[index], self._session.visit)


def sample_places(house: House) -> list[Place]:
    """Return one place of each kind that a visitor is likely to open first."""
    library = house.library
    places: list[Place] = [HelpPlace()]
    places += [CategoryPlace(category) for category in list(library.categories)[:2]]
    spoken = [s.id for s in library.services.values() if s.website and len(s.phones) > 1]
    places += [ResourcePlace(service) for service in (spoken or list(library.services))[:1]]
    places += [GuidePlace(guide) for guide in list(library.guides)[:1]]
    return places
