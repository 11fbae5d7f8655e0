"""A whole terminal in an emulated machine: real boot, a DRM screen, keys, touch, power button, memory, disk.

Some minutes for each boot. Screens are read by QEMU, not by the kiosk.
"""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import image
from tests.terminal.container import until
from tests.terminal.machine import LINE, Machine
from tests.terminal.panel import LANGUAGE, in_lobby, settled, tap, touch_back_and_forth, touch_panel
from tests.terminal.terminal import check_each_comes_back, check_it_is_locked, check_keys, marks

TOOLS = ("qemu-system-x86_64", "mke2fs", "veritysetup")
pytestmark = marks(image.missing(*TOOLS))
TYPED = ("q", "x", "j", "z", "v", "w", "k", "b", "q", "z", "x", "j", "k", "v")
HELD = "kqwbvzjxqkwvbz"


@pytest.fixture(scope="module")
def machine(disk) -> Iterator[Machine]:
    """One that has booted from a root that is read-only, with a touch panel."""
    with Machine(image.RUN / "run", *disk, LINE) as machine:
        machine.wait_until_up(900)
        touch_panel(machine)
        yield machine


@pytest.fixture(scope="module")
def lobby(machine) -> bytes:
    """The screen when it has not changed for some seconds."""
    return settled(machine, 300)


def test_it_boots_into_the_lobby_and_is_locked(machine, lobby):
    check_it_is_locked(machine, lobby, "lobby")


def test_twenty_touches_of_twenty_arrive(machine, lobby):
    print(f"\ntouches that arrived: {touch_back_and_forth(machine, lobby)} of 20")


def test_no_key_changes_anything(machine, lobby):
    check_keys(machine)


def test_what_was_typed_is_nowhere_in_memory(machine, lobby):
    machine.sh(f"python3 -c 'import time; held = \"{HELD}\"; time.sleep(1000)' &")
    before = in_lobby(machine)
    tap(machine, LANGUAGE)
    until(lambda: machine.shot() != before, 60)
    for key in TYPED:
        machine.keys(key)
        time.sleep(0.2)
    machine.keys("esc")
    in_lobby(machine)
    memory = machine.memory()
    try:
        found = {word: count(memory, word) for word in ("".join(TYPED), HELD)}
    finally:
        memory.unlink()
    print(f"\ncopies in memory, and of a word that is held on purpose: {found}")
    assert found["".join(TYPED)] == (0, 0)
    assert found[HELD][0] > 0


def count(memory: Path, word: str) -> tuple[int, int]:
    """Return how often a word is there as ASCII and as UTF-16."""
    wanted = (word.encode(), word.encode("utf-16-le"))
    found, rest = [0, 0], b""
    with memory.open("rb") as file:
        while part := file.read(2**24):
            part = rest + part
            found = [have + part.count(each) for have, each in zip(found, wanted, strict=True)]
            rest = part[-(len(wanted[1]) - 1) :]
            found = [have - rest.count(each) for have, each in zip(found, wanted, strict=True)]
    return found[0], found[1]


def test_each_part_comes_back(machine, lobby):
    check_each_comes_back(machine)


def test_nothing_was_written_to_the_disk(machine, lobby):
    """After all of the above, from power-on: the root is read-only."""
    assert machine.written() == (0, 0)


@pytest.fixture(scope="module")
def verity(deb) -> Iterator[Path]:
    """The folder that the recipe fills: root.img, root.hashes, a kernel, its initramfs and its line."""
    try:
        yield image.verity(deb, image.RUN / "verity")
    finally:
        shutil.rmtree(image.RUN / "verity", ignore_errors=True)


def verified(name: str, data: Path, made: Path) -> Machine:
    """Boot `data` with all else that was made, by the line that was made, but for where the two disks are."""
    line = (made / "kernel-line").read_text().strip()
    for place, disk in (
        ("/dev/disk/by-partlabel/kiosk-hashes", "/dev/vdb"),
        ("/dev/disk/by-partlabel/kiosk", "/dev/vda"),
    ):
        assert place in line
        line = line.replace(place, disk)
    second = ("-drive", f"file={made / 'root.hashes'},format=raw,if=virtio,readonly=on")
    return Machine(image.RUN / name, data, made, line, *second)


def test_a_verified_image_boots_into_the_lobby(verity):
    with verified("verity-good", verity / "root.img", verity) as machine:
        machine.wait_until_up(900)
        check_it_is_locked(machine, settled(machine, 300), "verity-lobby")
        assert "dm-0" in machine.sh("readlink -f $(findmnt -no SOURCE /)")


def test_one_changed_byte_is_never_shown(verity):
    wrong = image.RUN / "wrong.img"
    shutil.copy(verity / "root.img", wrong)
    try:
        change_one_byte(wrong, b"Find your way")
        with verified("verity-bad", wrong, verity) as machine:
            machine.wait_for("[Pp]anic|verity", 900)
            with pytest.raises((TimeoutError, OSError)):
                machine.wait_for("TERMINAL-IS-UP", 60)
    finally:
        wrong.unlink(missing_ok=True)


def change_one_byte(disk: Path, words: bytes) -> None:
    """Change one letter of the first place where these words stand."""
    with disk.open("r+b") as file:
        for start in itertools.count(0, 2**24):
            file.seek(start)
            part = file.read(2**24 + len(words))
            assert part, f"{words!r} is not in the image"
            if (at := part.find(words)) >= 0:
                file.seek(start + at)
                file.write(bytes([part[at] ^ 1]))
                return
