"""The older way of a graphics driver, asked for in the site file, on the DRM screen of an emulated machine.

The freeze that it is for was not seen here: it needs Intel's graphics.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.terminal import image
from tests.terminal.drawn import Drawn
from tests.terminal.image import Layer
from tests.terminal.machine import Machine
from tests.terminal.pages import draw, wait_for_page, ways_about
from tests.terminal.terminal import check_touches, marks, started

TOOLS = ("qemu-system-x86_64", "mke2fs")
pytestmark = marks(image.missing(*TOOLS))
DISPLAY = "visitor-kiosk-display"


@pytest.fixture(scope="module")
def layer(installed) -> Iterator[Layer]:
    with Layer(installed.root, image.RUN / "driver") as layer:
        site = layer.root / "etc/visitor-kiosk/site.toml"
        site.write_text(site.read_text().replace("[panel]\n", "[panel]\nplain_driver = true\n"))
        yield layer


@pytest.fixture(scope="module")
def machine(layer) -> Iterator[Machine]:
    with started(layer, "driver") as machine:
        yield machine


@pytest.fixture(scope="module")
def drawn(layer) -> Drawn:
    return draw(layer, ways_about())


def test_every_touch_brings_the_right_page_by_the_older_way(machine, drawn):
    wait_for_page(machine, drawn.lobby, 300)
    watch = "strace -f -e trace=ioctl -o /run/asked -p $(systemctl show -p MainPID --value " + DISPLAY + ")"
    machine.sh(f"(timeout 900 {watch} &) 2>/dev/null; sleep 5")
    check_touches(machine, drawn)
    asked = machine.sh(
        "grep -o 'DRM_IOCTL_MODE_PAGE_FLIP\\|DRM_IOCTL_MODE_ATOMIC' /run/asked | sort | uniq -c"
    )
    assert "PAGE_FLIP" in asked
    assert "ATOMIC" not in asked
    print(f"\ncalls by the older way: {asked}")
