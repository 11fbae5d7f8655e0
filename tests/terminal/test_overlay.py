"""A root under an overlay of memory, as the README describes it, in an emulated machine. One boot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.terminal import image
from tests.terminal.drawn import Drawn
from tests.terminal.image import Layer
from tests.terminal.machine import Machine
from tests.terminal.pages import draw
from tests.terminal.terminal import check_each_comes_back, check_it_is_locked, marks, started

PACKAGES = ("busybox", "e2fsprogs", "overlayroot")
SETTING = 'overlayroot="tmpfs:swap=0,recurse=0"'

pytestmark = marks(image.missing("qemu-system-x86_64", "mke2fs"))


def test_the_readme_has_what_is_tried_here():
    readme = (image.ROOT / "README.md").read_text()
    assert f"`apt-get install {' '.join(PACKAGES)}`" in readme
    assert f"`{SETTING}`" in readme


@pytest.fixture(scope="module")
def layer(installed) -> Iterator[Layer]:
    with Layer(installed.root, image.RUN / "overlay") as layer:
        for package in PACKAGES:
            layer.add(package)
        layer.write("etc/overlayroot.conf", f"{SETTING}\n")
        done = layer.run("update-initramfs", "-u")
        assert done.returncode == 0, done.stderr
        yield layer


@pytest.fixture(scope="module")
def machine(layer) -> Iterator[Machine]:
    with started(layer, "overlay") as machine:
        yield machine


@pytest.fixture(scope="module")
def drawn(layer) -> Drawn:
    return draw(layer)


def test_under_an_overlay_it_boots_into_the_lobby_and_is_locked(machine, drawn):
    assert machine.sh("findmnt -no FSTYPE /") == "overlay"
    check_it_is_locked(machine, drawn, "overlay-lobby")


def test_under_an_overlay_nothing_is_written_to_the_disk(machine, drawn):
    """Whatever a program tries, and with each unit killed once, from power-on."""
    machine.sh("for f in /etc/x /var/log/x /var/lib/x /usr/x; do seq 100000 > $f; done; sync")
    check_each_comes_back(machine, drawn.lobby)
    machine.sh("sync")
    assert machine.written() == (0, 0)


def test_without_its_packages_no_initramfs_is_made(installed):
    """The trap that the README tells of: a machine that starts without the overlay then."""
    with Layer(installed.root, image.RUN / "overlay-trap") as layer:
        layer.run(
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "install",
            "-y",
            "--no-install-recommends",
            "overlayroot",
        )
        done = layer.run("update-initramfs", "-u")
        assert done.returncode != 0
        assert "hooks/overlayroot failed" in done.stdout + done.stderr
