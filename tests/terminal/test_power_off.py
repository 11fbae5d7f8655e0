"""A terminal that could write to its disk: twenty visits, then the plug is pulled. The disk is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import image
from tests.terminal.lobby import each_visit, in_lobby
from tests.terminal.machine import LINE, Machine
from tests.terminal.pages import draw, wait_for_page, ways_about
from tests.terminal.panel import touch_panel
from tests.terminal.terminal import marks

pytestmark = marks(image.missing("qemu-system-x86_64", "mke2fs"))
VISITS = 20


@pytest.fixture
def own_disk(locked) -> Iterator[Path]:
    """A disk of its own, which QEMU may write to."""
    disk = image.RUN / "power-off.img"
    try:
        yield locked.disk(disk)
    finally:
        disk.unlink(missing_ok=True)


def digest(disk: Path) -> str:
    """Return the SHA-256 of a file."""
    with disk.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def test_twenty_visits_and_a_pulled_plug_change_no_byte_of_the_disk(locked, own_disk):
    drawn = draw(locked, ways_about()[-VISITS // 4 :])  # to entries and pages behind Help
    before = digest(own_disk)
    with Machine(image.RUN / "power-off", own_disk, locked.root / "boot", LINE, snapshot=False) as machine:
        machine.wait_until_up(900)
        touch_panel(machine)
        wait_for_page(machine, drawn.lobby, 300)
        in_lobby(machine, drawn.lobby)
        visits = each_visit(machine, drawn, VISITS)
        written = machine.written()
        machine.process.kill()
        machine.process.wait()
    print(f"\nvisits: {visits}; writes to the disk and their bytes: {written}; the same file: {before}")
    assert visits == VISITS
    assert written == (0, 0)
    assert digest(own_disk) == before
