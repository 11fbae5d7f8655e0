"""What a key event means: by the site's scan codes, else by the name that Qt has for the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from kiosk.find.letters import ERASE
from kiosk.keypad import Key
from kiosk.settings import Settings
from kiosk.visit.actions import Erase, Type

NAMED: Final[Mapping[int, Key]] = {
    Qt.Key.Key_Up: Key.UP,
    Qt.Key.Key_Backtab: Key.UP,
    Qt.Key.Key_Down: Key.DOWN,
    Qt.Key.Key_Tab: Key.DOWN,
    Qt.Key.Key_Left: Key.LEFT,
    Qt.Key.Key_Right: Key.RIGHT,
    Qt.Key.Key_Return: Key.SELECT,
    Qt.Key.Key_Enter: Key.SELECT,
    Qt.Key.Key_Space: Key.SELECT,
    Qt.Key.Key_Select: Key.SELECT,
    Qt.Key.Key_Escape: Key.HIDE,
    Qt.Key.Key_AudioRepeat: Key.REPEAT,
    Qt.Key.Key_MediaPlay: Key.PAUSE,
    Qt.Key.Key_MediaPause: Key.PAUSE,
    Qt.Key.Key_MediaTogglePlayPause: Key.PAUSE,
    Qt.Key.Key_VolumeUp: Key.LOUDER,
    Qt.Key.Key_VolumeDown: Key.SOFTER,
    Qt.Key.Key_AudioForward: Key.FASTER,
    Qt.Key.Key_AudioRewind: Key.SLOWER,
}
STEPS: Final[Mapping[Key, int]] = {Key.UP: -1, Key.LEFT: -1, Key.DOWN: 1, Key.RIGHT: 1}


class Meanings:
    """The keys of one site. A scan code counts before a name, except that Escape always hides."""

    def __init__(self, settings: Settings) -> None:
        self._codes = {code: key for key, code in settings.keys}
        self._named = dict(NAMED)
        if settings.speech:
            self._name(settings.speech.start_key, Key.LISTEN)
        self._name(settings.hide_key, Key.HIDE)

    def of(self, event: QKeyEvent) -> Key | None:
        """Return what a key event means here; None for nothing."""
        named = self._named.get(event.key())
        return named if named is Key.HIDE else self._codes.get(event.nativeScanCode(), named)

    def _name(self, name: str | None, key: Key) -> None:
        """Let the key that a site file names, such as "F12", mean this as well."""
        found = getattr(Qt.Key, f"Key_{name}", None) if name else None
        if isinstance(found, Qt.Key):
            self._named[found] = key


def typed(sign: str) -> Erase | Type:
    """Return what a sign of a keyboard with letters does where something is found by typing."""
    return Erase() if sign == ERASE else Type(sign)
