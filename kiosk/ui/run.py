"""Starts the visit on the screen: application, session, window."""

from __future__ import annotations

import sys

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kiosk.house import House
from kiosk.settings import Settings, Start
from kiosk.ui.guard import watch_faults, watch_qt
from kiosk.ui.hearing import hearing_in
from kiosk.ui.paper import printing_in
from kiosk.ui.preparing import Preparing
from kiosk.ui.presented import Presented
from kiosk.ui.session import Session
from kiosk.ui.window import NEUTRAL_TITLE, KioskWindow
from kiosk.visit.idle import IdleLimits
from kiosk.visit.places import HelpPlace, LobbyPlace, Place


def limits_of(settings: Settings) -> IdleLimits:
    """Return the site's times and the page its visits begin on."""
    start: tuple[Place, ...] = (LobbyPlace(),)
    if settings.start is Start.HELP:
        start = (LobbyPlace(), HelpPlace())
    return IdleLimits(settings.still_here_after_s, settings.end_after_s, start)


def make_application() -> QApplication:
    """Return the application, named so that a process list tells nothing."""
    watch_qt()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication([NEUTRAL_TITLE])
    application.setApplicationName("visitor-kiosk")
    application.setApplicationDisplayName(NEUTRAL_TITLE)
    return application


def run(house: House, window_size: tuple[int, int] | None = None) -> int:
    """Show the kiosk until the process ends; with a size, in a window of that many px."""
    application = make_application()
    session = Session(limits_of(house.settings))
    screen = QGuiApplication.primaryScreen()
    size = QSize(*window_size) if window_size else screen.geometry().size()
    window = KioskWindow(house, session, size, hearing=hearing_in(house))
    if printing := printing_in(house, session):
        printing.empty()
    watch_faults(window.hide_everything)
    window.warm_up()
    Preparing(window, house, window.warming())
    if window_size is None:
        # Without a window manager showFullScreen leaves 640x480: the geometry is set as well.
        window.setGeometry(screen.geometry())
        screen.geometryChanged.connect(window.setGeometry)
        window.showFullScreen()
        window.setGeometry(screen.geometry())
    else:
        window.show()
    Presented(window.windowHandle()).presented.connect(window.prepare_hide)
    sys.stdout.flush()
    return application.exec()
