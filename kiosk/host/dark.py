"""Finds a screen that is plugged in and yet dark: the compositor has no picture on any output.

A driver can lose a screen like this, such as the Raspberry Pi's when the television was off at the start
(https://github.com/Screenly/Anthias/issues/3240); the compositor started anew finds it. Where that does not
help either, starting it again and again must not be all that the machine does: the waits grow.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

CONNECTORS: Final = Path("/sys/class/drm")
WAITS_S: Final = (20.0, 60.0, 300.0, 3600.0)
"""How long a screen is dark before each start; the last holds from then on: 26 starts in a day at most."""
STEADY_S: Final = 600.0
"""A picture that stood this long was worth its start: the next waits begin from the first again."""


class DarkScreen:
    """Says when to start the compositor anew. `notes` is a folder in memory that outlives this process.

    Without that folder nobody could count the starts, so none is wanted.
    """

    def __init__(
        self,
        notes: Path | None,
        connectors: Path = CONNECTORS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._note = notes / "starts" if notes else None
        self._connectors = connectors
        self._now = now
        self._state = ""
        self._since = 0.0

    def wants_new_start(self, outputs: Sequence[Mapping[str, Any]]) -> bool:
        """Look at the sockets of the graphics cards and at the compositor's outputs. Noted when True."""
        state = self._seen(outputs)
        if state != self._state:
            self._state, self._since = state, self._now()
        lasted = self._now() - self._since
        if state == "lit" and lasted >= STEADY_S:
            self._forget()
        if state != "dark" or self._note is None or lasted < WAITS_S[min(self._starts(), len(WAITS_S) - 1)]:
            return False
        try:
            self._note.write_text(f"{self._starts() + 1}\n", encoding="ascii")
        except OSError:
            return False
        return True

    def _seen(self, outputs: Sequence[Mapping[str, Any]]) -> str:
        """Return "lit", "dark", or "none" when nothing is plugged in: a monitor that sleeps may look so."""
        if any(each.get("enabled") for each in outputs):
            return "lit"
        return "dark" if any(map(_is_connected, self._connectors.glob("card*-*/status"))) else "none"

    def _starts(self) -> int:
        """Return how many starts did not bring a steady picture; what cannot be read is no number."""
        try:
            return max(0, int(self._note.read_text(encoding="ascii"))) if self._note else 0
        except (OSError, ValueError):
            return 0

    def _forget(self) -> None:
        if self._note and self._note.exists():
            self._note.unlink(missing_ok=True)


def _is_connected(status: Path) -> bool:
    try:
        return status.read_text(encoding="ascii").strip() == "connected"
    except (OSError, ValueError):
        return False
