"""Which content there is now, so that the host can replace visits that rest with an older one.

The host looks at the folder's device and inode only, once a second: it never reads what is in it. A new
edition has another inode, whether a link was pointed at it or a folder was renamed. Nothing is counted.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path
from typing import Final

LOOK_S: Final = 1.0


class Edition:
    """The content at `path`, a folder or a link to one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._look()
        self._looked_at = 0.0

    def has_changed(self, now: float) -> bool:
        """Return True once after each change; `now` are seconds that count up."""
        if now - self._looked_at < LOOK_S:
            return False
        self._looked_at = now
        before, self._seen = self._seen, self._look()
        return before != self._seen

    def _look(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def hold(content: Path) -> None:
    """Keep the set that `content` leads to now from being removed while this process lives (flock(2))."""
    with contextlib.suppress(OSError):
        fd = os.open(content, os.O_RDONLY | os.O_CLOEXEC)  # stays open: that is the hold
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
