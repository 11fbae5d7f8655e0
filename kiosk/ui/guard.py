"""The last net: a fault anywhere covers the screen with the lobby and says nothing about the visitor."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from kiosk.display import EXIT_NO_DISPLAY, NO_DISPLAY


def watch_qt() -> None:
    """Turn Qt's abort without a display into one clear message; drop Qt's own chatter.

    Qt's messages can name what is on screen, so none of them reaches the log.
    """
    qInstallMessageHandler(_on_qt_message)


def watch_faults(cover: Callable[[], None]) -> None:
    """Cover the screen after any fault. The log gets the kind of fault, never its place or values."""

    def on_fault(kind: type[BaseException], fault: BaseException, where: TracebackType | None) -> None:  # noqa: ARG001
        sys.stderr.write(f"visitor-kiosk: {kind.__name__}; the lobby is shown\n")
        cover()

    sys.excepthook = on_fault


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:  # noqa: ARG001
    if kind is QtMsgType.QtFatalMsg:
        said = message.splitlines()[0] if message else "nothing"
        sys.stderr.write(NO_DISPLAY.format(python=sys.executable, said=said))
        sys.stderr.flush()
        os._exit(EXIT_NO_DISPLAY)
