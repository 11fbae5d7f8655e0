"""What the service manager is told: that the kiosk is ready and answers. Never how often, never by whom."""

from __future__ import annotations

import contextlib
import os


class Health:
    """systemd's notification socket (sd_notify(3)); without one, nothing is said."""

    def __init__(self) -> None:
        self._address = os.environ.pop("NOTIFY_SOCKET", "")  # the visits do not inherit it
        self._said_ready = False

    def answers(self) -> None:
        """A visit is on screen and answers: ready, and still well."""
        words = "WATCHDOG=1"
        if not self._said_ready:
            self._said_ready = True
            words = "READY=1\nSTATUS=The screen answers.\nWATCHDOG=1"
        self._tell(words)

    def fails(self) -> None:
        """What this process watches does not answer: act now, as if the watchdog's time were over."""
        self._tell("WATCHDOG=trigger")

    def stops(self) -> None:
        """The kiosk is going down on purpose."""
        self._tell("STOPPING=1")

    def _tell(self, words: str) -> None:
        if not self._address:
            return
        import socket  # noqa: PLC0415 - the first page is on the screen by now

        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.sendto(words.encode(), address)
