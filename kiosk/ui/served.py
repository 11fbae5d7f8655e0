"""One visit as the host serves it: prepared unseen, shown on a word, replaced as soon as somebody used it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QRect, QSize, QSocketNotifier, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from kiosk.host.hardening import press_on
from kiosk.host.link import Link, Word
from kiosk.house import House
from kiosk.ui.guard import watch_faults
from kiosk.ui.hearing import hearing_in
from kiosk.ui.paper import printing_in
from kiosk.ui.preparing import Preparing
from kiosk.ui.presented import Presented
from kiosk.ui.run import limits_of, make_application
from kiosk.ui.session import Session
from kiosk.ui.theme import capital_ratio
from kiosk.ui.window import KioskWindow
from kiosk.visit.actions import Hide
from kiosk.visit.places import Place
from kiosk.visit.visit import Visit

UNSEEN = QSize(1080, 1920)
"""What is laid out for while no screen is plugged in; the window takes the size of the one that comes."""
HEARTBEAT_MS = 150  # under a third of the silence that counts as a hang


class Served(QObject):
    """Listens to the host and tells it how this visit is, in single words."""

    shown = Signal()

    def __init__(self, link: Link, session: Session, window: KioskWindow, start: tuple[Place, ...]) -> None:
        super().__init__()
        self._link = link
        self._session = session
        self._window = window
        self._at_rest = (Visit(), Visit(trail=start))
        self._used = False
        self._notifier = QSocketNotifier(link.read_fd, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_word)
        self._heart = QTimer(self)
        self._heart.setTimerType(Qt.TimerType.PreciseTimer)
        self._heart.setInterval(HEARTBEAT_MS)
        self._heart.timeout.connect(self._on_beat)
        session.changed.connect(self._on_changed)
        self.shown.connect(window.prepare_hide)
        if isinstance(application := QGuiApplication.instance(), QGuiApplication):
            application.screenRemoved.connect(self._on_screen_gone, Qt.ConnectionType.QueuedConnection)

    def prepare(self, hurried: bool) -> Iterator[None]:
        """Be ready to be shown with the pixels that the visit before leaves; return what is left to do.

        In a hurry there is nothing on the screen yet, and no pixels to equal: the lobby is painted when it
        is shown, and the steps that warm the other pages are left for after that.
        """
        steps = self._window.warming()
        if not hurried:
            self._window.warm_up()
            for _ in steps:
                pass
        self._link.say(Word.READY)
        return steps

    @Slot()
    def _on_word(self) -> None:
        words = self._link.heard()
        if words is None:
            os._exit(0)  # the host is gone, and nobody is left to forget for
        for word in words:
            if word is Word.SHOW:
                self._show()
            elif word is Word.ASK:
                self._link.say(Word.WELL)

    def _show(self) -> None:
        press_on()
        glass = glass_now()
        if glass:
            self._window.setGeometry(glass)
        self._window.showFullScreen()
        if glass:
            self._window.setGeometry(glass)
        self._window.raise_()
        self._window.activateWindow()
        self._window.repaint()
        if not glass:  # nobody can see it: no frame will ever come, and what lies below must go all the same
            self._link.say(Word.SHOWN)
            self.shown.emit()
            return
        self._presented = Presented(self._window.windowHandle())
        self._presented.presented.connect(self._on_presented)

    @Slot()
    def _on_presented(self) -> None:
        """What lies below may go now: this window covers it."""
        QGuiApplication.sync()
        self._link.say(Word.SHOWN)
        self.shown.emit()

    @Slot()
    def _on_beat(self) -> None:
        self._link.say(Word.ALIVE)

    @Slot()
    def _on_screen_gone(self) -> None:
        """End the visit with the screen: no touch arrives where there is none, and Hide cannot be pressed."""
        if self._used:
            self._session.dispatch(Hide())

    @Slot()
    def _on_changed(self) -> None:
        """Beat while somebody uses this visit; say over when the lobby is back."""
        in_use = self._session.visit not in self._at_rest
        if in_use:
            self._used = True
            if not self._heart.isActive():
                self._link.say(Word.ALIVE)
                self._heart.start()
        elif self._used:
            self._used = False
            self._heart.stop()
            self._link.say(Word.OVER)


def glass_now() -> QRect | None:
    """Return where the screen is, in px; None while none is plugged in (Qt then has one without a size)."""
    screen = QGuiApplication.primaryScreen()
    return screen.geometry() if screen and not screen.geometry().isEmpty() else None


def serve(link: Link, opened: Callable[[], House], hurried: bool) -> int:
    """Be one visit until the host kills this process. `opened` may wait for the house."""
    application = make_application()
    capital_ratio()  # loads the fonts, a third of the work on the first window
    house = opened()
    # It begins in the lobby, which the one before it shows: a site that starts on Help gets there in time.
    limits = limits_of(house.settings)
    session = Session(limits, beginning=Visit())
    glass = glass_now()
    size = glass.size() if glass else UNSEEN
    window = KioskWindow(house, session, size, hearing=hearing_in(house))
    watch_faults(window.hide_everything)
    printing = printing_in(house, session)
    served = Served(link, session, window, limits.start)
    if printing:
        served.shown.connect(printing.empty)
    Preparing(window, house, served.prepare(hurried))
    return application.exec()
