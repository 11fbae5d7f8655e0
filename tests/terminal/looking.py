"""Runs beside the units of a terminal: looks at the screen again and again, and prints when it was the lobby.

Usage: looking.py LOBBY.ppm. One line for each look: when it began and when it ended, in s of CLOCK_MONOTONIC,
and 1 for the lobby, 0 for anything else or no screen at all. It takes pictures as the user of the display.
"""

import hashlib
import pwd
import subprocess
import sys
import time
from pathlib import Path

USER = "visitor-kiosk-display"
PATIENCE_S = 20  # a compositor that hangs answers nobody
PLACE = {"XDG_RUNTIME_DIR": f"/run/{USER}", "WAYLAND_DISPLAY": "wayland-0", "PATH": "/usr/bin"}


def look(entry: pwd.struct_passwd) -> bytes:
    """Return the screen as PPM; nothing where there is none."""
    try:
        return subprocess.run(
            ["grim", "-t", "ppm", "-"],
            env=PLACE,
            user=entry.pw_uid,
            group=entry.pw_gid,
            extra_groups=[],
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        ).stdout
    except subprocess.TimeoutExpired:
        return b""


def main() -> None:
    """Look until this process is killed."""
    wanted = hashlib.sha256(Path(sys.argv[1]).read_bytes()).digest()
    entry = pwd.getpwnam(USER)
    while True:
        began = time.monotonic()
        is_lobby = hashlib.sha256(look(entry)).digest() == wanted
        print(f"{began:.4f} {time.monotonic():.4f} {int(is_lobby)}", flush=True)


main()
