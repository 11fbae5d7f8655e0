"""The one window: the lobby built before it is needed, and the page of this visit above it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kiosk.find.letters import ERASE
from kiosk.house import House
from kiosk.keypad import Key
from kiosk.ui.ahead import Ahead, discard
from kiosk.ui.announcing import announcer_in
from kiosk.ui.cover import Cover
from kiosk.ui.focus import Focus
from kiosk.ui.glass import can_show, hide_as_covered, paint_now, put_on_top, repaint_now
from kiosk.ui.hearing import Hearing, Silence
from kiosk.ui.keys import STEPS, Meanings, typed
from kiosk.ui.pages import page_for
from kiosk.ui.pictures import shown_and_kept
from kiosk.ui.samples import painted_unseen
from kiosk.ui.scene import scene_for
from kiosk.ui.session import Session
from kiosk.ui.theme import Panel
from kiosk.ui.triggers import Triggers, milliseconds
from kiosk.ui.widgets.brush import draw_ground
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.still_here import StillHere
from kiosk.visit.actions import Action, Back, Continue, Hide, Pause, SetRate, SetSpeech, SetVolume
from kiosk.visit.places import FindPlace
from kiosk.visit.visit import Visit

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
        self.resize(size)
        self._panel = self._measured()
        self._lobby = self._built_lobby()
        self._lobby_picture = Cover(self, lambda: self._lobby)
        self._announcer = announcer_in(house, self)
        self._focus = Focus(self, always=house.settings.assistive_technology)
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
        self._hearing.begin(self.on_headset)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody closes the kiosk from its window."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another panel was plugged in: build the lobby anew and begin a fresh visit."""
        super().resizeEvent(event)
        if event.size().isEmpty():  # it was unplugged: what is laid out stays for when it comes back
            return
        panel = self._measured()
        if panel == self._panel:
            return
        self._panel = panel
        old, self._lobby = self._lobby, self._built_lobby()
        self._lobby_picture.drop()
        discard(old)
        self._triggers.strip = self._lobby.strip_rect()
        self._session.dispatch(Hide())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper wherever no page is, so that nothing older shines through."""
        painter = QPainter(self)
        draw_ground(painter, event.rect(), self._lobby.paper)
        painter.end()

    def warm_up(self) -> None:
        """Paint the lobby where nobody sees it: fonts, icons and code are warm when it is shown.

        Twice, because Qt paints very large letters a shade differently the first time.
        """
        for _ in range(2):
            self._lobby.grab()

    @Slot()
    def prepare_hide(self) -> None:
        """Make ready what Hide shows, now that the lobby is on the glass."""
        if self._page is None and can_show(self):
            self._lobby_picture.begin()

    def warming(self) -> Iterator[None]:
        """Make a page of each kind ready to be painted for a visitor, a step at a time."""
        yield from painted_unseen(self._house, self._panel)

    @Slot()
    def hide_everything(self) -> None:
        """Cover first, forget second: the lobby is on the glass before any state is dropped."""
        self._lobby_picture.show()  # some ms sooner than Qt paints it, which follows all the same
        self._cover()
        repaint_now(self)
        self._hearing.stop()
        self._session.dispatch(Hide())

    def _cover(self, hide: Callable[[QWidget], None] = QWidget.hide) -> None:
        self._lobby.setVisible(True)  # it is hidden under a page only with assistive technology
        for widget in (self._page, self._still_here, self._focus.ring):
            if widget:
                hide(widget)

    @Slot()
    def _show_visit(self) -> None:
        """Show what the visit says; what was shown before is gone with this event."""
        if self._triggers.only_hides:
            return  # it is being made, and what became of the visit meanwhile is seen there
        if self._followed(self._session.visit):
            return
        visit, made, seen = self._made()
        self._cover(hide_as_covered if seen else QWidget.hide)
        old_page, self._page = self._page, None
        old_line, self._still_here = self._still_here, None
        if isinstance(made, StillHere):
            self._still_here = made
        else:
            self._page = made
        if made:
            put_on_top(self, made, seen)  # before the old page is taken apart
        self._lobby_picture.prepare(self._page is not None)
        self._triggers.swallow_presses = visit.asking
        self._session.set_shows_code(self.page.shows_code)
        self._focus.arrive(self.page, visit)
        self._quiet.start()
        for old in (old_page, old_line):
            if old:
                discard(old)
        question = self._still_here.text() if self._still_here else ""
        self._hearing.show(self.page, visit, question)
        if self._announcer:
            self._lobby.setVisible(self._page is None)  # what lies below a page is not in the accessible tree
            self._announcer.show(self.page, question)

    def _made(self) -> tuple[Visit, Page | StillHere | None, bool]:
        """Return the visit, what shows it, None for the lobby, and whether it is on the glass already.

        Nobody who presses Hide while a page is built waits for its painting, nor for all of its code.
        """
        while True:
            visit = self._session.visit
            ahead = self._ahead.take(visit)
            if visit.asking:
                return visit, StillHere(scene_for(self._house, visit, self._panel)), False
            if ahead:
                return visit, ahead.page, shown_and_kept(ahead.picture)
            if visit == Visit():
                return visit, None, False
            page = self._built_page(visit, self._triggers.look_for_hide)
            self._triggers.look_for_hide()
            if self._session.visit is visit:
                return visit, page, False
            discard(page)

    def _followed(self, visit: Visit) -> bool:
        """Let the page on the glass show this visit itself, where it can: only what changes is painted."""
        page = self._page
        if page is None or page.live is None or self._still_here or not page.can_show(visit):
            return False
        told = page.live.show(visit)
        paint_now(self)
        self._quiet.start()
        self._hearing.changed(told, visit)
        if self._announcer:
            self._announcer.say(" ".join(told))
        return True

    @Slot()
    def _tidy(self) -> None:
        """Collect what dropped pages left, when nobody waits for it."""
        gc.collect()

    def _built_page(self, visit: Visit, between: Callable[[], object] | None = None) -> Page:
        page = page_for(visit.place, scene_for(self._house, visit, self._panel, between))
        page.chosen.connect(self._on_chosen)
        return page

    def _built_lobby(self) -> Page:
        lobby = self._built_page(Visit())
        lobby.setParent(self)
        lobby.lower()
        lobby.show()
        return lobby

    def _measured(self) -> Panel:
        site = self._house.settings
        return Panel.measured(self.width(), self.height(), site.panel_width_mm, site.lower_edge_mm)

    def _watched(self, clock: Callable[[], float]) -> Triggers:
        site = self._house.settings
        triggers = Triggers(self._panel.px_per_mm, Meanings(site).of, clock, site.double_strike)
        triggers.strip = self._lobby.strip_rect()
        triggers.hidden.connect(self.hide_everything)
        triggers.touched.connect(self._on_touched)
        triggers.key_chosen.connect(self._on_key)
        triggers.typed.connect(self._on_typed)
        return triggers

    @Slot(object)
    def _on_chosen(self, action: Action) -> None:
        if isinstance(action, Hide):
            self.hide_everything()
        elif isinstance(action, Pause):
            self._hearing.pause(self._session.visit)  # no page is made anew: it would be said from its top
        else:
            self._session.dispatch(action)
        if isinstance(action, SetRate | SetVolume):
            self._hearing.told(self._session.visit, action)

    @Slot(bool)
    def on_headset(self, is_in: bool) -> None:
        """A headset that is plugged in turns the voice on; pulled out, it ends it at once."""
        self._on_touched(False)
        if self._session.visit.speaks is not is_in:
            self._session.dispatch(SetSpeech(is_in))

    @Slot(bool)
    def _on_touched(self, by_key: bool) -> None:
        """One touch anywhere continues after Still here?; every touch silences and counts anew."""
        self._hearing.hush()
        self._focus.use(by_key)
        if self._page is None:
            self._lobby_picture.touch()
        if self._session.visit.asking:
            self._session.dispatch(Continue())
        else:
            self._session.touch()
            self._ahead.begin()

    @Slot(object)
    def _on_key(self, key: Key) -> None:
        """Walk through what can be chosen, choose it, go back, or change the voice."""
        self._session.use_keys()
        visit = self._session.visit
        change = self._hearing.on_key(key, visit)
        if isinstance(change, SetSpeech):
            self._session.dispatch(change)
        elif change:
            self._session.adjust(change)
            self._hearing.told(self._session.visit, change)
        elif key is Key.BACK and len(visit.trail) > 1:
            self._session.dispatch(Back())
        elif key is Key.SELECT and (chosen := self._focus.chosen(self.page)):
            chosen.click()
        elif key is Key.SELECT and isinstance(visit.place, FindPlace):
            self._session.dispatch(typed(" "))  # the space bar: somebody types, with no ring on anything
        elif key is Key.SELECT:
            self._hearing.pause(visit)  # on the heading: keypads of five keys have no other for this
        elif key in STEPS:
            self._hearing.focus(self._focus.move(self.page, visit, STEPS[key]), visit)

    @Slot(str)
    def _on_typed(self, sign: str) -> None:
        """Let a keyboard with letters type where something can be found by typing."""
        self._session.use_keys()
        if isinstance(self._session.visit.place, FindPlace) and (sign == ERASE or sign.isprintable()):
            self._session.dispatch(typed(sign))
