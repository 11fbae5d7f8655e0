"""What every emulated terminal is asked, whatever its processor and its compositor."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PIL.Image import Image

from tests.terminal import image
from tests.terminal.container import until
from tests.terminal.drawn import Drawn, differing
from tests.terminal.image import Layer
from tests.terminal.lobby import in_lobby, touch_all
from tests.terminal.machine import LINE, Machine
from tests.terminal.pages import screen, wait_for_page
from tests.terminal.panel import CHORDS, LANGUAGE, OF_THE_KIOSK, press_all, touch_panel, touched
from tests.terminal.processor import AMD64, Processor

UNITS = ("seatd", "visitor-kiosk-display", "visitor-kiosk")
PARTS = {unit: f"systemctl show {unit} -p MainPID --value" for unit in UNITS} | {
    "the visit on screen": "H=$(systemctl show visitor-kiosk -p MainPID --value); "
    "set -- $(cat /proc/$H/task/$H/children); echo $1"
}
"""How to find the process of each; the oldest child of the host is on the screen."""
CORES = (
    "find / /run /tmp /var/tmp /dev /dev/shm /var/lib/systemd -xdev -type f "
    "\\( -name core -o -name 'core.[0-9]*' -o -name 'core.*.zst' -o -name '*.core' \\) 2>/dev/null"
)
KEYBOARD = (
    "E=$(grep -l 'Virtio Keyboard' /sys/class/input/event*/device/name); "
    "E=/dev/input/$(basename ${E%/device/name})"
)
COUNT = (
    """python3 -c 'import struct; print(sum(kind == 1 and value == 1 for *_, kind, _, value in """
    """struct.iter_unpack("qqHHi", open("/run/keys", "rb").read())))'"""
)
HEARD = "dmesg | grep -c 'sysrq: HELP'"


def marks(lacking: str) -> list[pytest.MarkDecorator]:
    """Return the marks of a module of slow tests, which cannot run where something is `lacking`."""
    return [
        pytest.mark.slow,
        pytest.mark.skipif(bool(lacking), reason=lacking),
        pytest.mark.filterwarnings("ignore::ResourceWarning"),
    ]


@contextmanager
def started(layer: Layer, name: str, processor: Processor = AMD64) -> Iterator[Machine]:
    """Lock the system of `layer` and boot it from a root that is read-only, with a touch panel."""
    disk = image.RUN / f"{name}.img"
    try:
        layer.make_bootable(processor)
        layer.disk(disk)
        boot = layer.root / "boot"
        with Machine(image.RUN / f"{name}-run", disk, boot, LINE, processor=processor) as machine:
            machine.wait_until_up(1200)
            touch_panel(machine)
            yield machine
    finally:
        disk.unlink(missing_ok=True)


def check_it_is_locked(machine: Machine, drawn: Drawn, name: str) -> None:
    """The lobby of the site is there, nothing has failed, no way in is open; keep the picture."""
    assert drawn.are_apart()
    wait_for_page(machine, drawn.lobby, 300)
    print(f"\npixels of another shade than in the lobby drawn: {differing(screen(machine), drawn.lobby):.4%}")
    assert machine.sh("systemctl is-system-running --wait", 600).splitlines()[-1] == "running"
    said = machine.sh("visitor-kiosk lock --check", 240)
    assert said.splitlines()[-1] == "Locked.", said
    (image.KEEP / f"{name}.ppm").write_bytes(machine.shot())


def check_touches(machine: Machine, drawn: Drawn) -> None:
    """Each touch brings the page that its place promises, and Hide the lobby."""
    pages = len(drawn.walks)
    assert pages >= 10
    arrived, touches = touch_all(machine, drawn), sum(len(walk) + 1 for walk in drawn.walks)
    print(f"\ntouches that brought the right page: {arrived} of {touches}, {pages} pages and the lobby")
    assert arrived == touches >= 20


def pids(machine: Machine) -> str:
    """Return the main processes of all units and how often each was started again."""
    return machine.sh(f"systemctl show {' '.join(UNITS)} -p MainPID,NRestarts,ActiveState")


@contextmanager
def counted_keys(machine: Machine) -> Iterator[Callable[[], int]]:
    """Count the keys that the kernel hands on as pressed; they reach whoever opened the keyboard (evdev)."""
    machine.sh(f"{KEYBOARD}; cat $E > /run/keys & echo $! > /run/counting; sleep 2")
    yield lambda: int(machine.sh(COUNT).splitlines()[-1])
    machine.sh("kill $(cat /run/counting); rm /run/keys /run/counting")


def check_keys_arrive(machine: Machine) -> None:
    """A key of a visitor's changes the picture: without that, no other key could be seen to change none."""
    shown = machine.shot()
    machine.keys("down")
    until(lambda: machine.shot() != shown, 30)


def check_keys(machine: Machine, lobby: Image, more: tuple[tuple[str, ...], ...] = ()) -> None:
    """Press every chord, `more` and the power button: no pixel, process, terminal or job is another then.

    Those of a visitor come last: only these may do anything, and Hide undoes it.
    """
    chords = (*CHORDS, *more)
    assert len(chords) >= 200
    foreign = [chord for chord in chords if chord[-1] not in OF_THE_KIOSK]
    in_lobby(machine, lobby)
    check_keys_arrive(machine)
    in_lobby(machine, lobby)
    before, shown = pids(machine), machine.shot()
    with counted_keys(machine) as pressed:
        press_all(machine, foreign)
        machine.qmp("system_powerdown")
        time.sleep(10)
        assert machine.shot() == shown
        press_all(machine, [chord for chord in chords if chord[-1] in OF_THE_KIOSK])
        until(lambda: pressed() >= sum(map(len, chords)), 30)
    assert pids(machine) == before
    assert machine.sh("cat /sys/class/tty/tty0/active") == "tty1"
    assert machine.sh("systemctl list-jobs --no-legend") == ""
    in_lobby(machine, lobby)
    print(f"\nchords that changed nothing: {len(chords)} and the power button; {len(foreign)} not one pixel")


def check_each_comes_back(machine: Machine, lobby: Image) -> None:
    """Strike each part with each signal; each time the lobby is there again, and a touch and Hide work."""
    for number in ("KILL", "SEGV"):
        for part, find in PARTS.items():
            in_lobby(machine, lobby)
            struck = machine.sh(find).splitlines()[-1]
            machine.sh(f"kill -{number} {struck}")
            until(lambda find=find, struck=struck: machine.sh(find) not in (struck, "", "0"), 180)
            in_lobby(machine, lobby)
            touched(machine, LANGUAGE, machine.shot())
            in_lobby(machine, lobby)
            print(f"\n{part} after SIG{number}: the lobby, and it can be touched", end="")
    print()


def check_no_core(machine: Machine) -> None:
    """No file is the memory of a process that failed, wherever one could be written; nor a word of one."""
    machine.sh("touch /run/core.1")
    assert machine.sh(CORES) == "/run/core.1"
    machine.sh("rm /run/core.1")
    assert machine.sh(CORES) == ""
    assert machine.sh("journalctl -b -o cat --no-pager | grep -ci 'dumped core'") == "0"


def check_sysrq_is_off(machine: Machine) -> None:
    """With SysRq on, as Debian has it, the kernel hears the chord; locked, it does not."""
    heard = []
    for allowed in (438, 0):
        assert machine.sh(f"echo {allowed} > /proc/sys/kernel/sysrq; cat /proc/sys/kernel/sysrq") == str(
            allowed
        )
        before = int(machine.sh(HEARD).splitlines()[-1])
        machine.keys("alt", "sysrq", "h")
        time.sleep(3)
        heard.append(int(machine.sh(HEARD).splitlines()[-1]) - before)
    print(f"\nSysRq heard by the kernel when allowed, and when locked: {heard}")
    assert heard == [1, 0]
