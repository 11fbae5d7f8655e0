"""A panel that hangs on its side, on the DRM screen of an emulated machine: picture and touch are turned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.terminal import image
from tests.terminal.drawn import Drawn
from tests.terminal.image import Layer
from tests.terminal.machine import Machine
from tests.terminal.pages import draw, wait_for_page, ways_about
from tests.terminal.panel import FULL
from tests.terminal.terminal import check_touches, marks, started

pytestmark = marks(image.missing("qemu-system-x86_64", "mke2fs"))
CLOCKWISE = 90


@pytest.fixture(scope="module")
def layer(installed) -> Iterator[Layer]:
    with Layer(installed.root, image.RUN / "turned") as layer:
        site = layer.root / "etc/visitor-kiosk/site.toml"
        site.write_text(site.read_text().replace("[panel]\n", f"[panel]\nrotation = {CLOCKWISE}\n"))
        yield layer


@pytest.fixture(scope="module")
def machine(layer) -> Iterator[Machine]:
    with started(layer, "turned") as machine:
        machine.rotation = CLOCKWISE
        yield machine


@pytest.fixture(scope="module")
def drawn(layer) -> Drawn:
    """Without the ways to what stands on a further part of a page that is as low as this."""
    found = draw(layer, ways_about(), FULL[::-1])
    return replace(found, walks=tuple(walk for walk in found.walks if all(touch.place for touch in walk)))


def test_the_picture_is_turned_clockwise(machine, drawn):
    wait_for_page(machine, drawn.lobby, 300)


def test_every_touch_brings_the_page_of_its_place_on_the_turned_picture(machine, drawn):
    check_touches(machine, drawn)
