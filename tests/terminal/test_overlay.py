"""A root under an overlay of memory, as the README describes it, in an emulated machine. One boot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.terminal import image
from tests.terminal.image import Layer
from tests.terminal.pages import draw
from tests.terminal.terminal import check_it_is_locked, marks, started

PACKAGES = ("busybox", "e2fsprogs", "overlayroot")
SETTING = 'overlayroot="tmpfs:swap=0,recurse=0"'

pytestmark = marks(image.missing("qemu-system-x86_64", "mke2fs"))


def test_the_readme_has_what_is_tried_here():
    readme = (image.ROOT / "README.md").read_text()
    assert f"`apt-get install {' '.join(PACKAGES)}`" in readme
    assert f"`{SETTING}`" in readme


@pytest.fixture(scope="module")
def layer(installed) -> Iterator[Layer]:
    layer = Layer(installed.root, image.RUN / "overlay")
    try:
        for package in PACKAGES:
            layer.add(package)
        layer.write("etc/overlayroot.conf", f"{SETTING}\n")
        done = layer.run("update-initramfs", "-u")
        assert done.returncode == 0, done.stderr
        yield layer
    finally:
        layer.close()


def test_under_an_overlay_it_boots_into_the_lobby_and_is_locked(layer):
    with started(layer, "overlay") as machine:
        assert machine.sh("findmnt -no FSTYPE /") == "overlay"
        check_it_is_locked(machine, draw(layer), "overlay-lobby")


def test_without_its_packages_no_initramfs_is_made(installed):
    """The trap that the README tells of: a machine that starts without the overlay then."""
    layer = Layer(installed.root, image.RUN / "overlay-trap")
    try:
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
    finally:
        layer.close()
