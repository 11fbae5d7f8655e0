"""The panel measured on an installed terminal by one command, and the kiosk that comes back however it ends.

Real units and cage without a screen; the keys are typed through the compositor (wtype). A bank card and a
finger on real glass were not there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from tests.terminal import image
from tests.terminal.container import HEADLESS, Container, colourful, until
from tests.terminal.image import Layer
from tests.terminal.terminal import marks

pytestmark = marks(image.missing())
SITE = "/etc/visitor-kiosk/site.toml"
UNIT = "visitor-kiosk-measure"
ON_GLASS = (
    *("setpriv", "--reuid=visitor-kiosk-display", "--regid=visitor-kiosk-display", "--clear-groups"),
    *("env", f"XDG_RUNTIME_DIR=/run/{UNIT}", "WAYLAND_DISPLAY=wayland-0"),
)
STARTED = (
    "systemd-run",
    "--unit=technician",
    "--remain-after-exit",
    "--property=StandardOutput=truncate:/root/said",
)


@pytest.fixture(scope="module")
def terminal(installed) -> Iterator[Container]:
    with Layer(installed.root, image.RUN / "measured") as layer:
        layer.add("wtype")
        layer.write(f"etc/systemd/system/{UNIT}.service.d/90-container.conf", HEADLESS)
        with Container(layer.root) as container:
            container.wait_until_up()
            yield container


@pytest.fixture
def asked(terminal) -> Iterator[Container]:
    """A terminal whose panel asks, since a technician gave the command; all is as before afterwards."""
    terminal.run("cp", SITE, "/root/site")
    begin(terminal)
    yield terminal
    terminal.run("cp", "/root/site", SITE)
    terminal.run("systemctl", "stop", "technician", UNIT)
    terminal.run("systemctl", "reset-failed")


def begin(terminal: Container) -> None:
    terminal.run(*STARTED, "visitor-kiosk", "measure")
    until(lambda: colourful(picture(terminal)), 60, 0.5)


def picture(terminal: Container) -> bytes:
    """Return what the panel shows while it asks, as PPM."""
    return terminal.picture(ON_GLASS)


def press(terminal: Container, *keys: str) -> None:
    """Plug in a keyboard and press one key after the other; the first, which is nobody's, may be lost."""
    strokes = [word for key in ("F1", *keys) for word in ("-s", "1000", "-k", key)]
    terminal.run(*ON_GLASS, "wtype", *strokes)


def ended(terminal: Container) -> int:
    """Wait for the command to end and the kiosk to be back; return the exit code."""
    until(lambda: terminal.show("technician", "SubState") in {"exited", "failed"}, 60)
    terminal.wait_until_up()
    until(lambda: colourful(terminal.picture()), 60)
    assert terminal.show(UNIT, "ActiveState") == "inactive"
    assert (
        terminal.run("systemctl", "list-units", "--failed", "--no-legend", "visitor-kiosk*", "seatd*").strip()
        == ""
    )
    return int(terminal.show("technician", "ExecMainStatus"))


def site(terminal: Container) -> str:
    return terminal.run("cat", SITE)


def test_what_was_measured_is_written_and_the_kiosk_is_back_with_it(asked):
    before = tomllib.loads(site(asked))
    assert asked.show("visitor-kiosk", "ActiveState") == "inactive"
    host_before = asked.ready_at()
    press(asked, "Right", "Right", "Return", "Up", "Return")
    assert ended(asked) == 0
    after = tomllib.loads(site(asked))
    assert after["panel"].pop("lower_edge_mm") == before["panel"].get("lower_edge_mm", 740) + 10
    assert after["panel"].pop("width_mm") != before["panel"].pop("width_mm")
    before["panel"].pop("lower_edge_mm", None)
    assert after == before
    assert "is written" in asked.run("cat", "/root/said")
    assert asked.ready_at() > host_before


def test_escape_writes_nothing(asked):
    before = site(asked)
    press(asked, "Right", "Escape")
    assert ended(asked) == 1
    assert site(asked) == before


@pytest.mark.parametrize("name", ["cage", "python3"])
def test_a_kill_of_what_asks_brings_the_kiosk_back(asked, name):
    before, cage = site(asked), asked.pid(UNIT)
    asked.kill(cage if name == "cage" else asked.children(cage)[0])
    assert ended(asked) == 1
    assert site(asked) == before


@pytest.mark.parametrize("number", ["INT", "TERM", "HUP"])
def test_a_command_that_is_stopped_brings_the_kiosk_back(asked, number):
    before = site(asked)
    asked.run("systemctl", "kill", f"--signal={number}", "technician")
    assert ended(asked) > 1
    assert site(asked) == before


def test_a_command_that_is_killed_leaves_a_panel_that_still_gives_way_to_the_kiosk(asked):
    before = site(asked)
    asked.run("systemctl", "kill", "--signal=KILL", "technician")
    assert asked.show(UNIT, "ActiveState") == "active"
    press(asked, "Return", "Return")
    ended(asked)
    assert site(asked) == before


def test_a_site_file_that_cannot_be_written_stays_and_the_numbers_are_told(asked):
    before, folder = site(asked), SITE.rpartition("/")[0]
    asked.run("mount", "--bind", folder, folder)
    asked.run("mount", "-o", "remount,bind,ro", folder)
    try:
        press(asked, "Return", "Up", "Return")
        assert ended(asked) == 2
        said = asked.run("cat", "/root/said")
        assert "Read-only file system" in said
        assert "lower_edge_mm = " in said
        assert site(asked) == before
    finally:
        asked.run("umount", folder)


def test_the_picture_is_turned_as_the_site_file_says_before_it_asks(asked):
    upright = picture(asked).split(b"\n")[1].split()
    press(asked, "Escape")
    ended(asked)
    asked.run("sh", "-c", f"sed -i '/^rotation/d; s/^.panel.$/&\\nrotation = 90/' {SITE}")
    asked.run("systemctl", "stop", "technician")
    asked.run("systemctl", "reset-failed", "technician")
    begin(asked)
    assert picture(asked).split(b"\n")[1].split() == upright[::-1]
    press(asked, "Escape")
    ended(asked)
