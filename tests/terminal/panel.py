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
"""Both are there in the lobby of the site and in the built-in one, which a processor this slow may bring."""
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
    """Touch a place, given in fractions of the screen."""
    machine.sh(f"echo {place} > /run/taps")


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


def in_lobby(machine: Machine) -> bytes:
    """Return the lobby that is on the screen: Hide changes nothing there, and only there.

    It may be the built-in one: on a processor this slow a standby can be too late three times in a row.
    """
    for _ in range(4):
        before = settled(machine)
        tap(machine, STRIP)
        time.sleep(8)
        if settled(machine) == before:
            return before
    raise TimeoutError("Hide still changes what is on the screen")


def touch_back_and_forth(machine: Machine, lobby: bytes) -> int:
    """Touch twenty times and return how many arrived.

    Each brings another page, always the same one, and the lobby after it; see in_lobby for which.
    """
    arrived, pages = 0, {}
    for _ in range(10):
        page, shown = touched(machine, LANGUAGE, lobby), lobby
        arrived += 1
        assert pages.setdefault(lobby, page) == page
        lobby = touched(machine, STRIP, page)
        arrived += 1
        if lobby != shown:
            lobby = in_lobby(machine)
    return arrived


def press_all(machine: Machine, chords: Iterable[tuple[str, ...]]) -> None:
    """Press all these one after the other, then the power button."""
    for chord in chords:
        machine.keys(*chord)
        time.sleep(0.15)
    machine.qmp("system_powerdown")
    time.sleep(10)
    machine.keys("esc")
