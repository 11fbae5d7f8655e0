"""Whether a headset was plugged in or pulled out, as the kernel tells it on an input device.

The device sends `struct input_event` (linux/input.h): a time, a type, a code and a value. Only the switch
SW_HEADPHONE_INSERT counts (linux/input-event-codes.h); whatever else the device sends is dropped unread.
"""

from __future__ import annotations

import os
import struct
from typing import Final

EVENT: Final = struct.Struct("llHHi")
EV_SW: Final = 5
SW_HEADPHONE_INSERT: Final = 2
_MOST_EVENTS: Final = 64


class Jack:
    """The device, open for reading without waiting. Raises OSError where it cannot be opened."""

    def __init__(self, device: str) -> None:
        self.fd = os.open(device, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        self._rest = b""

    def changes(self) -> list[bool]:
        """Return what happened since the last time: True for plugged in. Raises OSError when it is gone."""
        try:
            read = os.read(self.fd, EVENT.size * _MOST_EVENTS)
        except BlockingIOError:
            return []
        if not read:
            raise OSError("the device is gone")
        whole = self._rest + read
        end = len(whole) - len(whole) % EVENT.size
        self._rest = whole[end:]
        return [
            bool(value)
            for _, _, kind, code, value in EVENT.iter_unpack(whole[:end])
            if (kind, code) == (EV_SW, SW_HEADPHONE_INSERT)
        ]

    def close(self) -> None:
        """Let go of the device."""
        os.close(self.fd)
