"""What is on the screen of an emulated machine and what a finger does there; and the plug of its monitor.

QEMU takes the size of a viewer's window for the monitor of its graphics card (RFB 3.8, SetDesktopSize). A
size of nothing takes the monitor away: the guest's driver sees an interrupt, an empty connector, a uevent.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterable

from tests.terminal.container import until
from tests.terminal.machine import Machine

LANGUAGE, STRIP = "0.735,0.031", "0.5,0.97"
"""A control in the banner of the lobby, and Hide."""
FULL = (1080, 1920)
SET_SIZE = 251
TOLD_S = 1.5
"""QEMU gathers what a viewer says for a second."""
MODIFIERS = (
    ("ctrl",),
    ("alt",),
    ("ctrl", "alt"),
    ("shift",),
    ("ctrl", "shift"),
    ("meta_l",),
    ("alt", "shift"),
)
STRUCK = (
    *(f"f{number}" for number in range(1, 13)),
    *("delete", "backspace", "pause", "print", "menu", "home", "end"),
    *("c", "d", "q", "r", "t", "w", "x", "z", "spc", "esc"),
)
CHORDS = (
    *((*held, key) for held in MODIFIERS for key in STRUCK),
    *(("alt", "sysrq", key) for key in "bcehikmorsu"),
    *[("ctrl", "alt", "delete")] * 9,
    *(("power",), ("sleep",), ("wake",)),
)
OF_THE_KIOSK = ("spc", "esc", "tab", "up")
"""Keys that mean something to a visitor, whatever is held with them: they choose, hide and go on."""


class Plug:
    """The cable between the machine and its monitor, by QEMU's VNC server. Plugged in at first."""

    def __init__(self, machine: Machine) -> None:
        self._viewer = socket.socket(socket.AF_UNIX)
        path = str(machine.folder / "vnc")
        until(lambda: self._viewer.connect_ex(path) == 0, 20)
        self._viewer.settimeout(20)
        assert self._read(12).startswith(b"RFB 003.")
        self._viewer.sendall(b"RFB 003.008\n")
        assert 1 in self._read(self._read(1)[0])  # without a password
        self._viewer.sendall(b"\x01")
        assert self._read(4) == bytes(4)
        self._viewer.sendall(b"\x01")  # others may look as well
        head = self._read(24)
        self._read(struct.unpack(">I", head[20:])[0])
        self.put_in()  # QEMU passes on only what differs from what it was told last
        time.sleep(TOLD_S)

    def pull(self) -> None:
        """Take the monitor away."""
        self._set(0, 0)

    def put_in(self) -> None:
        """Bring it back."""
        self._set(*FULL)

    def close(self) -> None:
        """Leave the monitor as it is."""
        self._viewer.close()

    def _set(self, width: int, height: int) -> None:
        screen = struct.pack(">IHHHHI", 0, 0, 0, width, height, 0)
        self._viewer.sendall(struct.pack(">BxHHBx", SET_SIZE, width, height, 1) + screen)

    def _read(self, count: int) -> bytes:
        said = b""
        while len(said) < count:
            more = self._viewer.recv(count - len(said))
            assert more, "QEMU hung up"
            said += more
        return said


def vnc(folder: object) -> tuple[str, str]:
    """Return what QEMU wants to be told for a Plug."""
    return "-vnc", f"unix:{folder}/vnc"


def touch_panel(machine: Machine) -> None:
    """Plug in a touch panel; it taps what `tap` says."""
    machine.sh("mkfifo -m 600 /run/taps 2>/dev/null; python3 /root/touch.py /run/taps > /run/panel 2>&1 &")
    until(lambda: "PANEL-IS-THERE" in machine.sh("cat /run/panel"), 120)


def pull_touch_panel(machine: Machine) -> None:
    """Unplug it: the kernel takes the device away when the program ends."""
    machine.sh(
        "kill $(cat /proc/[0-9]*/stat | grep '(python3)' | cut -d' ' -f1 | while read p; do "
        "grep -qs touch.py /proc/$p/cmdline && echo $p; done)"
    )
    until(lambda: "panel of the tests" not in machine.sh("cat /proc/bus/input/devices"), 60)


def tap(machine: Machine, place: str) -> None:
    """Touch a place, given in fractions of the picture, wherever that is on the panel."""
    right, down = map(float, place.split(","))
    for _ in range(machine.rotation // 90):
        right, down = 1 - down, right
    machine.sh(f"echo {right:.4f},{down:.4f} > /run/taps")


def settled(machine: Machine, seconds: float = 60) -> bytes:
    """Return the screen when it has not changed for some seconds."""
    end = time.monotonic() + seconds
    before = machine.shot()
    while time.monotonic() < end:
        time.sleep(3)
        if (now := machine.shot()) == before and len(set(now[20::50021])) > 3:
            return now
        before = now
    machine.sh(
        "journalctl -b -p warning -o cat --no-pager | tail -30; systemctl status visitor-kiosk --no-pager"
    )
    raise TimeoutError(f"the screen does not come to rest; see {machine.folder}/serial.log")


def touched(machine: Machine, place: str, before: bytes) -> bytes:
    """Tap, and return the screen at rest when it is another one. Raises TimeoutError."""
    tap(machine, place)
    until(lambda: machine.shot() != before, 60)
    return until(lambda: (now := settled(machine)) != before and now, 60)


def press_all(machine: Machine, chords: Iterable[tuple[str, ...]]) -> None:
    """Press all these one after the other."""
    for chord in chords:
        machine.keys(*chord)
        time.sleep(0.15)
