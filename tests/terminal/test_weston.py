"""weston in place of cage, as the README has it, on the DRM screen of an emulated machine.

weston has key bindings of its own, which no setting takes away: those for debugging and the recorder wait for
Super. The example leaves no key that is one.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import pytest

from tests.terminal import image
from tests.terminal.container import until
from tests.terminal.drawn import Drawn
from tests.terminal.image import Layer
from tests.terminal.lobby import in_lobby
from tests.terminal.machine import Machine
from tests.terminal.pages import draw, ways_about
from tests.terminal.panel import FULL, LANGUAGE, STRIP, settled, tap
from tests.terminal.terminal import (
    check_each_comes_back,
    check_it_is_locked,
    check_keys,
    check_no_core,
    check_touches,
    marks,
    started,
)

TOOLS = ("qemu-system-x86_64", "mke2fs")
pytestmark = [*marks(image.missing(*TOOLS)), pytest.mark.apart]
EXAMPLES = "/usr/share/doc/visitor-kiosk/examples"
PLACES = {
    "weston.conf": "/etc/systemd/system/visitor-kiosk-display.service.d",
    "weston.ini": "/etc/visitor-kiosk",
}
SUPER = ("meta_l", "meta_r")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
OF_WESTON = (
    *((held, key) for held in SUPER for key in (*LETTERS, "tab", "spc", "f1", "f5", "f11", "up", "pgup")),
    *((held, "shift", key) for held in SUPER for key in ("m", "q", "f", "spc")),
    *(("ctrl", "alt", key) for key in ("backspace", "f1", "f2", "f7", "s", "w")),
    *(("shift", "spc"), ("ctrl", "shift", "spc"), ("alt", "shift", "spc")),
)
DEBUGGING = tuple(
    itertools.chain.from_iterable(
        ((held, "shift", "spc"), (key,)) for held in SUPER for key in (*LETTERS, "f1", "f5")
    )
)
"""Super, Shift and space; and what the next key then does to picture and log."""


@pytest.fixture(scope="module")
def layer(installed) -> Iterator[Layer]:
    """A terminal with weston and the two examples."""
    with Layer(installed.root, image.RUN / "weston") as layer:
        layer.add("weston")
        for name, place in PLACES.items():
            done = layer.run("install", "-D", "-m644", f"{EXAMPLES}/{name}", f"{place}/{name}")
            assert done.returncode == 0, done.stderr
        yield layer


@pytest.fixture(scope="module")
def machine(layer) -> Iterator[Machine]:
    with started(layer, "weston") as machine:
        yield machine


@pytest.fixture(scope="module")
def drawn(layer) -> Drawn:
    return draw(layer, ways_about())


def processes(machine: Machine) -> str:
    """Return all programs of the display that run: what a key binding starts would be one more."""
    return machine.sh("cat /sys/fs/cgroup/system.slice/visitor-kiosk-display.service/cgroup.procs")


def test_weston_shows_the_lobby_on_a_locked_terminal(machine, drawn):
    check_it_is_locked(machine, drawn, "weston-lobby")
    assert machine.sh("cat /proc/$(systemctl show visitor-kiosk-display -p MainPID --value)/comm") == "weston"


def test_every_touch_brings_the_right_page_through_weston(machine, drawn):
    check_touches(machine, drawn)


def test_no_key_of_westons_changes_anything(machine, drawn):
    started = processes(machine)
    check_keys(machine, drawn.lobby, (*OF_WESTON, *DEBUGGING))
    assert processes(machine) == started


def test_weston_comes_back_after_a_kill(machine, drawn):
    check_each_comes_back(machine, drawn.lobby)
    check_no_core(machine)


def started_with(machine: Machine, change: str) -> None:
    """Start weston anew with a change of its settings, in the words of sed; they are put over the file."""
    ini, put = "/etc/visitor-kiosk/weston.ini", "/run/weston.ini"
    machine.sh(f"umount {ini} 2>/dev/null; sed '{change}' {ini} > {put}; mount --bind {put} {ini}")
    machine.sh("systemctl restart visitor-kiosk-display", 180)
    until(lambda: machine.sh("systemctl is-active visitor-kiosk") == "active", 300)


def means(shot: bytes) -> tuple[int, ...]:
    """Return the mean of each colour of a PPM."""
    pixels = shot[-3 * FULL[0] * FULL[1] :]
    return tuple(sum(pixels[colour::3]) // (len(pixels) // 3) for colour in range(3))


def test_without_the_setting_for_super_a_key_would_change_the_picture(machine, drawn):
    """What the setting is for; and that the keys of this test do reach weston."""
    started_with(machine, "/^keymap_options/d")
    in_lobby(machine, drawn.lobby)
    before = machine.shot()
    for chord in (("meta_l", "shift", "spc"), ("r",)):
        machine.keys(*chord)
        time.sleep(1)
    tap(machine, LANGUAGE)
    until(lambda: machine.shot() != before, 60)
    tap(machine, STRIP)
    time.sleep(15)
    red, green, blue = (now - was for was, now in zip(means(before), means(settled(machine)), strict=True))
    assert red > 5
    assert max(green, blue) < -20
    started_with(machine, "")
    in_lobby(machine, drawn.lobby)


def test_nothing_was_written_to_the_disk_by_weston(machine):
    assert machine.written() == (0, 0)
