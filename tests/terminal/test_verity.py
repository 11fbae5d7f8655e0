"""A root image under dm-verity, by the recipe of the README: as it is, and with one byte changed."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL.Image import Image

from tests.terminal import image
from tests.terminal.drawn import Drawn
from tests.terminal.machine import READY, Machine
from tests.terminal.pages import draw, shows
from tests.terminal.terminal import check_it_is_locked, marks

pytestmark = marks(image.missing("qemu-system-x86_64", "mke2fs", "veritysetup", "debugfs"))
BLOCK = 4096
READ_AT_START = "/etc/visitor-kiosk/site.toml"
"""The lobby's own words: whoever shows the lobby has read them."""
FOUND_WRONG = r"device-mapper: verity: .*is corrupted|Kernel panic - not syncing: dm-verity device corrupted"


@pytest.fixture(scope="module")
def verity(deb) -> Iterator[Path]:
    """The folder that the recipe fills: root.img, root.hashes, a kernel, its initramfs and its line."""
    try:
        yield image.verity(deb, image.RUN / "verity")
    finally:
        shutil.rmtree(image.RUN / "verity", ignore_errors=True)


@pytest.fixture(scope="module")
def drawn(installed) -> Drawn:
    return draw(installed)


def verified(name: str, data: Path, made: Path) -> Machine:
    """Boot `data` with all else that was made, by the line that was made, but for where the two disks are.

    What the kernel has to say comes over the wire.
    """
    line = (made / "kernel-line").read_text().strip().replace(" quiet loglevel=3", "")
    for place, disk in (
        ("/dev/disk/by-partlabel/kiosk-hashes", "/dev/vdb"),
        ("/dev/disk/by-partlabel/kiosk", "/dev/vda"),
    ):
        assert place in line
        line = line.replace(place, disk)
    second = ("-drive", f"file={made / 'root.hashes'},format=raw,if=virtio,readonly=on")
    return Machine(image.RUN / name, data, made, line, *second)


def test_a_verified_image_boots_into_the_lobby(verity, drawn):
    with verified("verity-good", verity / "root.img", verity) as machine:
        machine.wait_until_up(900)
        check_it_is_locked(machine, drawn, "verity-lobby")
        assert "dm-0" in machine.sh("readlink -f $(findmnt -no SOURCE /)")
        assert not re.search(FOUND_WRONG, machine.heard)


def test_one_changed_byte_is_never_shown(verity, drawn):
    wrong = image.RUN / "wrong.img"
    shutil.copy(verity / "root.img", wrong)
    looks = 0
    try:
        change_one_byte(wrong, READ_AT_START)
        with verified("verity-bad", wrong, verity) as machine:
            end = time.monotonic() + 900
            while not re.search(FOUND_WRONG, machine.heard):
                assert time.monotonic() < end, machine.heard[-800:]
                assert READY not in machine.heard
                looks += looked(machine, drawn.lobby)
            for _ in range(20):  # it stands still, or is gone with its panic
                looks += looked(machine, drawn.lobby)
    finally:
        wrong.unlink(missing_ok=True)
    print(f"\nlooks at the screen from power-on to the panic: {looks}, none at the lobby")
    assert looks > 10


def looked(machine: Machine, lobby: Image) -> int:
    """Look at the screen, which must not be the lobby; return 1, or 0 when the machine is gone."""
    machine.hear()
    try:
        assert not shows(machine, lobby)
    except (OSError, ValueError):
        return 0
    return 1


def change_one_byte(disk: Path, path: str) -> None:
    """Change one bit in the first block of a file in an ext4 image."""
    asked = ["debugfs", "-R", f"blocks {path}", disk]
    block = int(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()[0])
    with disk.open("r+b") as file:
        file.seek(block * BLOCK)
        before = file.read(1)
        assert before == (image.ROOT / "data/sites/police-lobby.toml").read_bytes()[:1]
        file.seek(block * BLOCK)
        file.write(bytes([before[0] ^ 1]))
