"""The same programs in cage and in weston, the compositors a kiosk runs in, as far as that can be watched.

Each draws into a window of the virtual screen, by the processor (pixman), 1024x768, and both programs speak
Wayland to it. So its own frame timer and the copying from buffer to window are in the figures, for both
alike; a graphics processor, scan-out and vertical sync of a panel are not. Compare the rows of one compositor
with each other only.

A touch panel has no pointer, but both compositors take their presses from one here. cage leaves it to the X
server, which paints none. weston paints it itself, so it is given a theme of which nothing can be seen.
Moving it, and what a program makes of that, would take a frame that no finger takes: the pointer is on the
strip for AIM_S before Hide is pressed, as it is on a tile for the time of a tap before its page is asked for.

After a rest weston paints 9.7 ms later, a frame less its repaint window of 7 ms: nothing is shown before.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rivals import CHROMIUM, Rival

from tests.faults import cage
from tests.faults.running import has

SIZE = (cage.WIDTH, cage.HEIGHT)
SHARE = 0.1
AIM_S = 0.05
OZONE = ("--ozone-platform=wayland", "--enable-features=UseOzonePlatform")

WESTON_INI = """\
# As kiosk/deploy/units/weston.ini, where it applies to a window.
[core]
shell=kiosk-shell.so
idle-time=0
[keyboard]
keymap_options=altwin:ctrl_win
[input-method]
path=
[shell]
background-color=0xff203a5a
locking=false
cursor-theme=none
[autolaunch]
path={launch}
watch=true
"""
LAUNCH = """\
#!/bin/sh
exec xargs -0 -a "$XDG_RUNTIME_DIR/command" env
"""
"""weston launches one file, without arguments: they are left where only this user looks."""
START = (
    r'printf "%s\0" "$@" >"$XDG_RUNTIME_DIR/command" && exec weston --config="$0" --backend=x11-backend.so '
    f"--shell=kiosk-shell.so --use-pixman --width={cage.WIDTH} --height={cage.HEIGHT}"
)
POINTERS = ("default", "left_ptr", "left_arrow", "pointer", "hand1", "hand2", "xterm", "text")


def in_cage(rivals: list[Rival], folder: Path) -> list[Rival]:
    """Return the programs as cage starts them; `folder` must be open to nobody."""
    return _in(cage.IN_CAGE, cage.surrounded(folder), rivals)


def in_weston(rivals: list[Rival], folder: Path) -> list[Rival]:
    """Return the programs as weston starts them; `folder` must be open to nobody."""
    launch, settings = folder / "launch", folder / "weston.ini"
    launch.write_text(LAUNCH)
    launch.chmod(0o755)
    settings.write_text(WESTON_INI.format(launch=launch))
    _write_clear_pointers(folder / "icons" / "clear" / "cursors")
    pointers = {"XCURSOR_PATH": str(folder / "icons"), "XCURSOR_THEME": "clear"}
    wrapper = (*cage.AS_NOBODY, "sh", "-c", START, str(settings))
    return _in(wrapper, cage.surrounded(folder) | pointers, rivals)


COMPOSITORS: dict[str, Callable[[list[Rival], Path], list[Rival]]] = {"cage": in_cage, "weston": in_weston}


def installed() -> list[str]:
    """Return the compositors there are here."""
    return [name for name in COMPOSITORS if has(name)]


def lacking() -> str | None:
    """Return one sentence about why the part cannot be measured here, None where it can."""
    without = cage.lacking()
    return f"{without}: leave the part compositors out" if without else None


def _in(wrapper: tuple[str, ...], environment: dict[str, str], rivals: list[Rival]) -> list[Rival]:
    return [
        replace(
            one,
            command=(*wrapper, *_for_wayland(one.command[len(one.wrapper) :])),
            wrapper=wrapper,
            environment=environment,
        )
        for one in rivals
    ]


def _for_wayland(command: tuple[str, ...]) -> tuple[str, ...]:
    return (command[0], *OZONE, *command[1:]) if command[0] == CHROMIUM else command


def _write_clear_pointers(folder: Path) -> None:
    """Write a theme of pointers, each one pixel that is not painted; the format is that of Xcursor(3)."""
    folder.mkdir(parents=True)
    image, size = 0xFFFD0002, 24
    head = struct.pack("<4s3I", b"Xcur", 16, 0x10000, 1) + struct.pack("<3I", image, size, 28)
    pixel = struct.pack("<9I", 36, image, size, 1, 1, 1, 0, 0, 0) + bytes(4)
    for name in POINTERS:
        (folder / name).write_bytes(head + pixel)
