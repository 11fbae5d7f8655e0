"""What a site file turns on, opened in the units: speech, a printer, a screen reader; nothing else.

A systemd generator (systemd.generator(7)) writes one drop-in for each, at boot and at `daemon-reload`.
Where a queue is at the socket of the kiosk's own print server, it has that started, too. A site file that
cannot be read opens nothing: the kiosk then shows its last good set without them. A program that the package
does not depend on may be missing ("-"): systemd would not start the kiosk at all. Without the one that gives
a session bus nothing is opened for a screen reader. The older way of a graphics driver opens nothing either;
it is a word for the compositor in its own unit.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any, Final

from kiosk.shipped import SHOWN, SITE

UNIT: Final = "visitor-kiosk.service"
DISPLAY: Final = "visitor-kiosk-display.service"
ROTATIONS: Final = (0, 90, 180, 270)

# capset: setpriv asks for the capabilities that it has anyway, none; where it may not ask, it ends.
SPEECH: Final = """\
# [speech] on: espeak-ng, aplay for recordings if it is there, and the sound device.
[Service]
ExecPaths=/usr/bin/setpriv -/usr/bin/espeak-ng -/usr/bin/aplay
SupplementaryGroups=audio
BindPaths=-/dev/snd
DeviceAllow=char-alsa rw
SystemCallFilter=capset
"""
HEADSET: Final = """\
# [speech] headset: the input device of the jack, and no other. A folder is bound, as by-path holds links.
[Service]
SupplementaryGroups=input
BindReadOnlyPaths=-/dev/input
DeviceAllow={device} r
"""
DEVICE: Final = """\
# [printer] device: dd, and the printer. A folder of /dev is bound, so that it may be plugged in later.
[Service]
ExecPaths=/usr/bin/setpriv /usr/bin/timeout /usr/bin/dd
SupplementaryGroups=lp
BindPaths=-{folder}
DeviceAllow={allowed} rw
SystemCallFilter=capset
"""
QUEUE: Final = """\
# [printer] queue: lp and cancel, and the socket of the print server.
[Service]
ExecPaths=/usr/bin/setpriv /usr/bin/timeout -/usr/bin/lp -/usr/bin/cancel
SupplementaryGroups=visitor-kiosk-print
SystemCallFilter=capset
"""
SOCKET: Final = "BindReadOnlyPaths=-{folder}\n"
LOOPBACK: Final = """\
PrivateNetwork=no
RestrictAddressFamilies=AF_INET AF_INET6
IPAddressAllow=localhost
"""
ASSISTIVE: Final = """\
# [assistive] technology: a session bus of its own, which wants a user with a name, and a /tmp (memory).
# The screen reader is yours: start it in a drop-in of your own, on the same bus.
[Service]
ExecStart=
ExecStart=/usr/bin/dbus-run-session -- {command}
NotifyAccess=all
DynamicUser=no
User=visitor-kiosk-bus
ExecPaths=/usr/bin/dbus-run-session /usr/bin/dbus-daemon -/usr/libexec
RuntimeDirectory=visitor-kiosk-bus
RuntimeDirectoryMode=0700
BindPaths=/run/visitor-kiosk-bus
PrivateTmp=no
InaccessiblePaths=
InaccessiblePaths=-/var/tmp -/dev/shm -/dev/mqueue -/sys
TemporaryFileSystem=/tmp:mode=1777
Environment=XDG_RUNTIME_DIR=/run/visitor-kiosk-bus
"""
ASSISTIVE_NAME: Final = "50-assistive.conf"
PLAIN_DRIVER: Final = """\
# [panel] plain_driver: for graphics that freeze otherwise. wlroots 0.18, docs/env_vars.md; Debian bug
# 1112158; https://github.com/Screenly/Anthias/issues/2976.
[Service]
Environment=WLR_DRM_NO_ATOMIC=1 WLR_DRM_NO_MODIFIERS=1
"""
COMMAND: Final = f"/usr/bin/python3 -IB /usr/bin/visitor-kiosk run --content {SHOWN} --site {SITE}"
PRINT_SERVER: Final = PurePosixPath("/usr/lib/systemd/system/visitor-kiosk-print.service")
PRINT_SOCKET: Final = "/run/visitor-kiosk-print/cups.sock"
BUS: Final = Path("usr/bin/dbus-run-session")
SYSTEM_SERVER: Final = PurePosixPath("/run/cups")


def generate(folder: str, site: Path = SITE, root: Path = Path("/")) -> int:
    """Write the drop-ins of `site` below `folder`, which systemd gives empty. Return an exit code."""
    tables = read_tables(site)
    opened = drop_ins(tables)
    if ASSISTIVE_NAME in opened and not (root / BUS).exists():
        sys.stderr.write(f"visitor-kiosk: /{BUS} is not installed; no screen reader sees the screen\n")
        del opened[ASSISTIVE_NAME]
    for unit, found in ((UNIT, opened), (DISPLAY, display_drop_ins(tables))):
        place = Path(folder) / f"{unit}.d"
        for name, text in found.items():
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, encoding="utf-8")
    if wants_print_server(tables):
        wanted = Path(folder) / f"{UNIT}.wants" / PRINT_SERVER.name
        wanted.parent.mkdir(parents=True, exist_ok=True)
        wanted.symlink_to(PRINT_SERVER)
    return 0


def wants_print_server(tables: dict[str, Any]) -> bool:
    """Whether the site prints by a queue of the kiosk's own print server."""
    table = _table(tables, "printer")
    return bool(_printer(table) and table.get("queue")) and table.get("server") == PRINT_SOCKET


def read_tables(site: Path) -> dict[str, Any]:
    """Return the tables of a site file; none, told in one line, where it cannot be read."""
    try:
        with site.open("rb") as file:
            return tomllib.load(file)
    except (OSError, ValueError) as fault:
        sys.stderr.write(
            f"visitor-kiosk: {site} cannot be read ({type(fault).__name__}); nothing is opened\n"
        )
        return {}


def drop_ins(tables: dict[str, Any]) -> dict[str, str]:
    """Return {file name: text}: one drop-in of the kiosk's unit for each thing that the site turns on."""
    found = {}
    if _table(tables, "speech").get("on") is True:
        found["50-speech.conf"] = SPEECH
        device = str(_table(tables, "speech").get("headset", ""))
        if device.startswith("/dev/input/") and _is_plain(device.replace(":", "")):
            found["51-headset.conf"] = HEADSET.format(device=device)
    if printer := _printer(_table(tables, "printer")):
        found["50-printer.conf"] = printer
    if _table(tables, "assistive").get("technology") is True:
        found[ASSISTIVE_NAME] = ASSISTIVE.format(command=COMMAND)
    return found


def display_drop_ins(tables: dict[str, Any]) -> dict[str, str]:
    """Return {file name: text} for the display's unit."""
    plain = _table(tables, "panel").get("plain_driver") is True
    return {"50-driver.conf": PLAIN_DRIVER} if plain else {}


def rotation_of(tables: dict[str, Any]) -> int:
    """Return the degrees that the picture is turned by; 0 for what is no rotation."""
    degrees = _table(tables, "panel").get("rotation")
    return degrees if type(degrees) is int and degrees in ROTATIONS else 0


def _printer(table: dict[str, Any]) -> str:
    """Open a device below /dev, a socket below / or the loopback; "" for anything else."""
    device, queue, server = (str(table.get(key, "")) for key in ("device", "queue", "server"))
    if bool(device) == bool(queue):
        return ""
    if device:
        folder = PurePosixPath(device).parent
        if not _is_plain(device) or folder.parts[:2] != ("/", "dev"):
            return ""
        shared = folder == PurePosixPath("/dev")  # all devices would come with it: bind the one
        usb = folder == PurePosixPath("/dev/usb")
        return DEVICE.format(folder=device if shared else folder, allowed="char-usb" if usb else device)
    if server and not server.startswith("/"):
        return QUEUE + LOOPBACK
    folder = PurePosixPath(server).parent if server else SYSTEM_SERVER
    if not _is_plain(str(folder)) or len(folder.parts) < 3:
        return ""
    return QUEUE + SOCKET.format(folder=folder)


def _table(tables: dict[str, Any], name: str) -> dict[str, Any]:
    table = tables.get(name)
    return table if isinstance(table, dict) else {}


def _is_plain(path: str) -> bool:
    """Return True for a path that means one thing in a unit file: no blank, no %, no .., no line end."""
    return ".." not in path and all(
        letter.isascii() and (letter.isalnum() or letter in "/._-") for letter in path
    )
