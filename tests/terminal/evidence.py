"""What a terminal showed and said when a test failed: kept, for faults that come once in a month."""

from __future__ import annotations

import contextlib
import subprocess
import time
from pathlib import Path
from typing import Protocol

from tests.terminal import image

FAILED = image.KEEP / "failed"
ASKED = {
    "journal.txt": ("journalctl", "-b", "-o", "short-monotonic", "--no-pager"),
    "units.txt": ("systemctl", "status", "visitor-kiosk*", "seatd", "--no-pager", "--full", "--lines=0"),
    "states.txt": ("systemctl", "show", "visitor-kiosk", "visitor-kiosk-display", "seatd"),
    "processes.txt": ("sh", "-c", "for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline; cat $p/stat; done"),
    "outputs.txt": (
        *("setpriv", "--reuid=visitor-kiosk-display", "--regid=visitor-kiosk-display", "--clear-groups"),
        *("env", "XDG_RUNTIME_DIR=/run/visitor-kiosk-display", "WAYLAND_DISPLAY=wayland-0", "wlr-randr"),
    ),
}


class Looked(Protocol):
    """A terminal that is still up."""

    def run(self, *command: str, seconds: float = 60) -> str: ...
    def picture(self) -> bytes: ...


def keep(terminal: Looked, name: str, fault: str) -> Path:
    """Save journal, units, processes, picture, load of this machine and the fault; return the folder."""
    folder = FAILED / f"{time.strftime('%Y%m%d-%H%M%S')}-{''.join(c if c.isalnum() else '-' for c in name)}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fault.txt").write_text(fault)
    (folder / "load.txt").write_text(Path("/proc/loadavg").read_text() + Path("/proc/meminfo").read_text())
    broken = (OSError, subprocess.SubprocessError, TimeoutError)  # it may be gone altogether
    for file, command in ASKED.items():
        with contextlib.suppress(*broken):
            (folder / file).write_text(terminal.run(*command, seconds=20))
    with contextlib.suppress(*broken):
        (folder / "screen.ppm").write_bytes(terminal.picture())
    return folder
