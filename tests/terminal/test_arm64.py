"""A terminal with a 64-bit ARM processor, from zero: Debian for arm64, the package, the lock; then touched.

The machine is emulated, and so is each program that is installed into it; the README has how long it takes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.terminal import image
from tests.terminal.drawn import Drawn
from tests.terminal.image import Layer
from tests.terminal.machine import Machine
from tests.terminal.pages import draw, ways_about
from tests.terminal.processor import ARM64
from tests.terminal.terminal import check_it_is_locked, check_touches, marks, started

TOOLS = ("qemu-system-aarch64", "mke2fs")


def missing() -> str:
    """Return why the tests cannot run here: this machine must start programs of arm64, too."""
    if lacking := image.missing(*TOOLS):
        return lacking
    asked = ("arch-test", ARM64.debian)
    if not shutil.which(asked[0]) or subprocess.run(asked, capture_output=True, check=False).returncode:
        return "no program of arm64 starts here: install qemu-user-static, binfmt-support and arch-test"
    return ""


WHY = missing()
pytestmark = [*marks(WHY), pytest.mark.apart]


@pytest.fixture(scope="module")
def layer(deb) -> Iterator[Layer]:
    with Layer(image.debian(deb, ARM64), image.RUN / "arm64") as layer:
        layer.install(deb)
        yield layer


@pytest.fixture(scope="module")
def machine(layer) -> Iterator[Machine]:
    with started(layer, "arm64", ARM64) as machine:
        yield machine


@pytest.fixture(scope="module")
def drawn(layer) -> Drawn:
    return draw(layer, ways_about())


def test_on_arm64_it_boots_into_the_lobby_and_is_locked(machine, drawn):
    assert machine.sh("uname -m") == "aarch64"
    check_it_is_locked(machine, drawn, "arm64-lobby")


def test_on_arm64_every_touch_brings_the_right_page(machine, drawn):
    check_touches(machine, drawn)


def test_on_arm64_doctor_finds_nothing_wrong(machine):
    """What it says is to be looked at is what the emulated machine lacks; it is printed."""
    said = machine.sh("visitor-kiosk doctor --json --site /etc/visitor-kiosk/site.toml", 300)
    findings = json.loads(said)["findings"]
    judged = {each["check"]: each["said"] for each in findings if each["level"]}
    print(f"\nof {len(findings)} findings of the doctor, to be looked at: {judged}")
    assert [each for each in findings if each["level"] > 1] == []


def test_on_arm64_nothing_was_written_to_the_disk(machine):
    assert machine.written() == (0, 0)
