"""The older way of a graphics driver, asked for in the site file, on the DRM screen of an emulated machine.

The freeze that it is for was not seen here: it needs Intel's graphics.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.terminal import image
from tests.terminal.image import Layer
from tests.terminal.machine import Machine
from tests.terminal.panel import settled, touch_back_and_forth
from tests.terminal.terminal import marks, started

TOOLS = ("qemu-system-x86_64", "mke2fs")
pytestmark = marks(image.missing(*TOOLS))
DISPLAY = "visitor-kiosk-display"


@pytest.fixture(scope="module")
def machine(installed) -> Iterator[Machine]:
    layer = Layer(installed.root, image.RUN / "driver")
    site = layer.root / "etc/visitor-kiosk/site.toml"
    site.write_text(site.read_text().replace("[panel]\n", "[panel]\nplain_driver = true\n"))
    with started(layer, "driver") as machine:
        yield machine


def test_the_lobby_and_twenty_touches_come_by_the_older_way(machine):
    lobby = settled(machine, 300)
    watch = "strace -f -e trace=ioctl -o /run/asked -p $(systemctl show -p MainPID --value " + DISPLAY + ")"
    machine.sh(f"(timeout 60 {watch} &) 2>/dev/null; sleep 5")
    arrived = touch_back_and_forth(machine, lobby)
    asked = machine.sh(
        "grep -o 'DRM_IOCTL_MODE_PAGE_FLIP\\|DRM_IOCTL_MODE_ATOMIC' /run/asked | sort | uniq -c"
    )
    assert "PAGE_FLIP" in asked
    assert "ATOMIC" not in asked
    print(f"\ntouches that arrived by the older way: {arrived} of 20; {asked}")
