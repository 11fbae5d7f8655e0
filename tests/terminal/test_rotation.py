"""A panel that is mounted upright: the picture is turned by the site file before the display is ready."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.terminal import image
from tests.terminal.container import DISPLAY, Container, size_of
from tests.terminal.image import Layer

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]
TURNS = {90: "270", 270: "90"}
"""Degrees clockwise, and what wlr-randr calls them: `test_turned.py` looks which way the picture lies."""
REAL = "/usr/lib/wlr-randr"
SLOW = f"""\
#!/usr/bin/python3 -IB
import os, sys, time
if "--transform" in sys.argv:
    time.sleep(2)
os.execv("{REAL}", ["wlr-randr", *sys.argv[1:]])
"""
"""A compositor that takes its time to turn: who is ready sooner is seen to be."""
AT_READY = f"""\
[Service]
ExecStartPost={REAL} --json
StandardOutput=journal
"""
"""systemd runs this as soon as the display has said that it is ready."""


@pytest.fixture(scope="module", params=TURNS)
def degrees(request) -> int:
    return request.param


@pytest.fixture(scope="module")
def turned(installed, degrees) -> Iterator[Container]:
    with Layer(installed.root, image.RUN / f"turned-{degrees}") as layer:
        site = layer.root / "etc/visitor-kiosk/site.toml"
        written = site.read_text()
        assert "[panel]\n" in written
        site.write_text(written.replace("[panel]\n", f"[panel]\nrotation = {degrees}\n"))
        (layer.root / "usr/bin/wlr-randr").rename(layer.root / REAL.lstrip("/"))
        layer.write("usr/bin/wlr-randr", SLOW, 0o755)
        layer.write("etc/systemd/system/visitor-kiosk-display.service.d/91-at-ready.conf", AT_READY)
        with Container(layer.root) as container:
            container.wait_until_up()
            yield container


def turn_of(said: str) -> list[str]:
    """Return how each output is turned, by the first answer of wlr-randr in a text."""
    outputs, _ = json.JSONDecoder().raw_decode(said[said.index("[") :])
    return [each["transform"] for each in outputs]


def test_the_picture_is_turned_before_the_display_is_ready(turned, degrees):
    said = turned.run("journalctl", "-b", "-u", "visitor-kiosk-display", "-t", "wlr-randr", "-o", "cat")
    assert turn_of(said) == [TURNS[degrees]]


def test_it_stays_turned(turned, degrees):
    assert turn_of(turned.run(*DISPLAY, REAL, "--json")) == [TURNS[degrees]]


def test_the_lobby_stands_upright_on_it(turned):
    width, height = size_of(turned.lobby())
    assert height > width  # the output of the container lies: 1280x720
