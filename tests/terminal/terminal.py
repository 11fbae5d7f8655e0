"""What every emulated terminal is asked, whatever its processor and its compositor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.terminal import image
from tests.terminal.container import until
from tests.terminal.image import Layer
from tests.terminal.machine import LINE, Machine
from tests.terminal.panel import CHORDS, in_lobby, press_all, touch_panel
from tests.terminal.processor import AMD64, Processor

UNITS = ("seatd", "visitor-kiosk-display", "visitor-kiosk")


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
        layer.close()
        disk.unlink(missing_ok=True)


def check_it_is_locked(machine: Machine, lobby: bytes, name: str) -> None:
    """The lobby is there, nothing has failed, and no way into the system is open; keep the picture."""
    assert machine.sh("systemctl is-system-running --wait", 600).splitlines()[-1] == "running"
    said = machine.sh("visitor-kiosk lock --check", 240)
    assert said.splitlines()[-1] == "Locked.", said
    (image.KEEP / f"{name}.ppm").write_bytes(lobby)


def pids(machine: Machine) -> str:
    """Return the main processes of all units and how often each was started again."""
    return machine.sh(f"systemctl show {' '.join(UNITS)} -p MainPID,NRestarts,ActiveState")


def check_keys(machine: Machine, more: tuple[tuple[str, ...], ...] = ()) -> None:
    """Press every chord, `more` and the power button: no process, terminal or job is another afterwards."""
    before = pids(machine)
    chords = (*CHORDS, *more)
    assert len(chords) >= 200
    press_all(machine, chords)
    assert pids(machine) == before
    assert machine.sh("cat /sys/class/tty/tty0/active") == "tty1"
    assert machine.sh("systemctl list-jobs --no-legend") == ""
    in_lobby(machine)
    print(f"\nchords that changed nothing: {len(chords)} and the power button")


def check_each_comes_back(machine: Machine) -> None:
    """Kill one unit after the other; each time the lobby is there again."""
    for unit in UNITS:
        before = machine.sh(f"systemctl show {unit} -p MainPID --value")
        machine.sh(f"kill -9 {before}")
        until(
            lambda unit=unit, before=before: (
                machine.sh(f"systemctl show {unit} -p MainPID --value") not in (before, "0")
            ),
            120,
        )
        in_lobby(machine)
