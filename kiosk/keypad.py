"""What the keys of a keypad mean.

A key is known by its native scan code (the kernel's code and 8, on X11 and Wayland): keypads send keys that
arrive under other names, or under none.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

LEAST_CODE: Final = 9
MOST_CODE: Final = 767
"""The kernel's codes begin with 1 and end at 767 (linux/input-event-codes.h); those of X11 end at 255."""


class Key(StrEnum):
    """What a key does, by its name in the site file."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    SELECT = "select"
    HIDE = "hide"
    BACK = "back"
    LISTEN = "listen"
    REPEAT = "repeat"
    PAUSE = "pause"
    LOUDER = "louder"
    SOFTER = "softer"
    FASTER = "faster"
    SLOWER = "slower"
