"""A panel that is plugged in while the compositor shows nothing: real units and cage; the socket is a file.

A container has no graphics card, and no driver that loses a screen: the word of the kernel is made up.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.terminal import image
from tests.terminal.container import Container, until
from tests.terminal.image import Layer
from tests.terminal.terminal import marks

pytestmark = marks(image.missing())
SOCKET = "srv/drm/card0-HDMI-A-1/status"
LOOKS_THERE = """\
[Service]
ExecStart=
ExecStart=/usr/bin/cage -d -m last -- /usr/bin/python3 -IB /usr/bin/visitor-kiosk display \
--site /etc/visitor-kiosk/site.toml --notes /run/visitor-kiosk-screen --connectors /srv/drm
"""
SITE = "/etc/visitor-kiosk/site.toml"
DISPLAY = "visitor-kiosk-display"


@pytest.fixture(scope="module")
def terminal(installed) -> Iterator[Container]:
    with Layer(installed.root, image.RUN / "dark") as layer:
        layer.write(SOCKET, "disconnected\n")
        layer.write(f"etc/systemd/system/{DISPLAY}.service.d/95-drm.conf", LOOKS_THERE)
        with Container(layer.root) as container:
            container.wait_until_up()
            yield container


def restarts(terminal: Container) -> int:
    return int(terminal.show(DISPLAY, "NRestarts"))


def plug(terminal: Container, status: str) -> None:
    terminal.run("sh", "-c", f"echo {status} > /{SOCKET}")


def test_a_dark_screen_gets_one_new_start_and_the_lobby_only_when_it_is_plugged_in(terminal, lobby):
    before = restarts(terminal)
    terminal.screen("--off")
    with pytest.raises(TimeoutError):
        until(lambda: restarts(terminal) > before, 40, 1)
    plug(terminal, "connected")
    until(lambda: restarts(terminal) > before, 60, 1)
    terminal.wait_until_up()
    until(lambda: terminal.picture() == lobby, 30)
    assert restarts(terminal) == before + 1
    assert terminal.run("cat", "/run/visitor-kiosk-screen/starts").strip() == "1"


def test_a_second_time_it_waits_longer(terminal, lobby):
    before = restarts(terminal)
    terminal.screen("--off")
    with pytest.raises(TimeoutError):
        until(lambda: restarts(terminal) > before, 40, 1)
    until(lambda: restarts(terminal) > before, 60, 1)
    terminal.wait_until_up()
    until(lambda: terminal.picture() == lobby, 30)


def test_the_older_way_of_the_driver_reaches_the_compositor_and_nothing_else(terminal, lobby):
    before = terminal.pid(DISPLAY)
    terminal.run("sed", "-i", "s/^.panel.$/&\\nplain_driver = true/", SITE)
    terminal.run("systemctl", "daemon-reload")
    terminal.run("systemctl", "restart", DISPLAY)
    until(lambda: terminal.pid(DISPLAY) not in (0, before), 30)
    terminal.wait_until_up()
    given = terminal.run("cat", f"/proc/{terminal.pid(DISPLAY)}/environ").split("\0")
    assert {"WLR_DRM_NO_ATOMIC=1", "WLR_DRM_NO_MODIFIERS=1"} <= set(given)
    assert "WLR_DRM" not in terminal.run("cat", f"/proc/{terminal.pid('visitor-kiosk')}/environ")
    until(lambda: terminal.picture() == lobby, 30)
