"""A terminal from zero: minimal Debian 13, the package, systemd; how it starts, and what its screen shows.

In a container: real units, real sandboxes, cage without a screen. Devices and keys are for test_machine.py,
kills for test_recovery.py, sandboxes for test_sandbox.py.
"""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from kiosk.deploy.exposure import MOST
from tests.terminal import image
from tests.terminal.container import Container, until
from tests.terminal.image import Layer

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def test_from_zero_it_boots_into_the_lobby(terminal, lobby):
    assert terminal.run("systemctl", "is-system-running", "--wait").strip() == "running"
    assert terminal.run("systemctl", "--failed", "--no-legend").strip() == ""
    assert terminal.show("visitor-kiosk-update.timer", "ActiveState") == "active"
    assert lobby[:2] == b"P6"


def test_with_its_screen_off_visits_are_replaced_and_come_back_with_it(terminal, lobby):
    """The compositor takes its only output away, as when a monitor is pulled; Qt then has no screen."""
    terminal.wait_until_up()
    host = terminal.pid("visitor-kiosk")
    cursor = terminal.run("journalctl", "-b", "-n", "0", "--show-cursor").strip().rpartition("cursor: ")[2]
    for _ in range(4):
        seen = until(lambda: len(found := terminal.children(host)) == 2 and found, 20)[0]
        time.sleep(1.5)  # three that die young would bring the built-in page, as they should
        terminal.screen("--off")
        terminal.kill(seen)
        until(lambda seen=seen: seen not in (found := terminal.children(host)) and len(found) == 2, 20)
        time.sleep(1.5)
        terminal.screen("--on")
        until(lambda: terminal.picture() == lobby, 20)
    time.sleep(1.5)
    terminal.kill(terminal.children(host)[0])  # the next was laid out without a screen
    until(lambda: terminal.picture() == lobby, 20)
    assert terminal.pid("visitor-kiosk") == host
    said = terminal.run("journalctl", "-b", f"--after-cursor={cursor}", "-o", "cat", "--quiet")
    assert said == ""


def test_started_with_its_screen_off_it_is_ready_and_shows_the_lobby_when_it_comes(terminal, lobby):
    """As when a monitor sleeps while the program is upgraded at night."""
    terminal.screen("--off")
    terminal.strike(terminal.pid("visitor-kiosk"), signal.SIGKILL, 30)
    host = terminal.pid("visitor-kiosk")
    until(lambda: len(terminal.children(host)) == 2, 20)
    terminal.screen("--on")
    until(lambda: terminal.picture() == lobby, 20)
    time.sleep(1.5)
    terminal.kill(terminal.children(host)[0])
    until(lambda: terminal.picture() == lobby, 20)
    assert terminal.pid("visitor-kiosk") == host


def test_the_units_are_no_more_exposed_than_promised_by_the_systemd_that_runs_them(terminal):
    found = {name: terminal.exposure(name.replace("@", "@stick")) for name in MOST}
    assert {name: found[name] for name in MOST if found[name] > MOST[name]} == {}
    print(f"\n{found}")


def test_no_log_tells_that_a_visit_was_replaced(terminal, lobby):
    """cage has words for each new window: they would count the visits."""
    terminal.wait_until_up()
    host = terminal.pid("visitor-kiosk")
    until(lambda: len(terminal.children(host)) == 2, 20)
    cursor = terminal.run("journalctl", "-b", "-n", "0", "--show-cursor").strip().rpartition("cursor: ")[2]
    for _ in range(3):
        visits = until(lambda: terminal.children(host)[1:] and terminal.children(host), 20)
        time.sleep(1.5)  # as above
        terminal.kill(visits[0])
        until(lambda gone=visits[0]: gone not in terminal.children(host), 20)
    until(lambda: len(terminal.children(host)) == 2, 20)
    said = terminal.run("journalctl", "-b", f"--after-cursor={cursor}", "-o", "cat", "--quiet")
    assert said == ""


def test_on_a_read_only_root_it_is_the_same(installed, lobby):
    folder, read_only = image.RUN / "read-only", ("--read-only", "--volatile=no")
    with Layer(installed.root, folder) as layer, Container(layer.root, *read_only) as container:
        container.wait_until_up()
        until(lambda: container.picture() == lobby, 30)


def test_it_can_be_removed_and_leaves_nothing(installed):
    with Layer(installed.root, image.RUN / "removed") as layer:
        done = layer.run("dpkg", "--purge", "visitor-kiosk")
        assert done.returncode == 0, done.stderr
        left = [str(path) for path in layer.root.rglob("*visitor-kiosk*") if "deb-systemd" not in str(path)]
        assert left == []


def test_locked_it_says_so_and_unlocked_it_is_as_before(installed):
    with Layer(installed.root, image.RUN / "locked") as layer:
        before = files(layer.root / "etc")
        assert layer.run("visitor-kiosk", "lock").returncode == 0
        assert layer.run("systemctl", "is-enabled", "getty@.service").stdout.strip() == "masked"
        assert layer.run("visitor-kiosk", "lock", "--undo").returncode == 0
        assert files(layer.root / "etc") == before


def files(folder: Path) -> dict[str, bytes | str]:
    """Return every file and link below a folder with what is in it; an empty folder is nothing."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_symlink() or path.is_file():
            found[str(path)] = str(path.readlink()) if path.is_symlink() else path.read_bytes()
    return found
