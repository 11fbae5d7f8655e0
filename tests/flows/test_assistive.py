"""With assistive technology on, a screen reader finds its way over the bus; without it there is nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from kiosk.ui import assistive
from tests.flows.walker import Walker
from tests.ui.houses import DATA, ROOT

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
SYSTEM_PYTHON = Path("/usr/bin/python3")
BUS = f"""
{LAUNCHER} --launch-immediately & bus=$!
{sys.executable} run_kiosk.py --site "$1" & kiosk=$!
shift
{SYSTEM_PYTHON} tests/flows/bus_walk.py "$@"
code=$?
kill $kiosk $bus
wait
exit $code
"""
WALK = ("Help and community services", "Talk to someone, day or night", "ALIVE", "314-993-2777")


def is_missing() -> bool:
    if not all(map(shutil.which, ("xvfb-run", "dbus-run-session"))) or not LAUNCHER.exists():
        return True
    asked = [SYSTEM_PYTHON, "-c", "import pyatspi"]
    return subprocess.run(asked, capture_output=True, check=False).returncode != 0


def walk_over_the_bus(folder: Path, table: str, patience_s: int) -> subprocess.CompletedProcess[str]:
    site = folder / "site.toml"
    text = (DATA / "sites" / "police-lobby.toml").read_text(encoding="utf-8")
    site.write_text(text.replace("[[tile]]", f"{table}\n\n[[tile]]", 1), encoding="utf-8")
    quiet = {
        key: value for key, value in os.environ.items() if not key.startswith(("QT_", "DBUS_", "AT_SPI"))
    }
    quiet |= {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1080x1920x24", "dbus-run-session", "--", "bash", "-c", BUS]
    return subprocess.run(
        [*screen, "bus", str(site), str(patience_s), *WALK],
        cwd=ROOT,
        env=quiet,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


@pytest.mark.skipif(is_missing(), reason="at-spi2-core, python3-pyatspi or a bus is not installed")
def test_from_the_lobby_to_a_number_over_the_bus_by_names_alone(tmp_path):
    done = walk_over_the_bus(tmp_path, "[assistive]\ntechnology = true", patience_s=20)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    titles = ["What would help you now?", "Talk to someone, day or night", "ALIVE"]
    assert told["announced"] == titles
    assert ["heading", "ALIVE"] in [[role, name] for role, name, _ in told["met"]]
    assert "Help and community services" not in [name for _, name, _ in told["met"]], "the lobby lies below"


@pytest.mark.skipif(is_missing(), reason="at-spi2-core, python3-pyatspi or a bus is not installed")
def test_without_the_site_setting_the_bus_sees_nothing(tmp_path):
    done = walk_over_the_bus(tmp_path, "", patience_s=3)
    assert done.returncode == 1
    assert "no such push button; there are []" in done.stderr


@pytest.fixture
def announced(monkeypatch):
    said = []

    class Asked:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness
        installFactory = QAccessible.installFactory  # noqa: N815

        @staticmethod
        def updateAccessibility(event):  # noqa: N802
            said.append((event.message(), event.politeness() is QAccessible.AnnouncementPoliteness.Assertive))

    monkeypatch.setattr(assistive, "QAccessible", Asked)
    return said


@pytest.fixture
def assisted(qapp, house, announced):
    walker = Walker(replace(house, settings=replace(house.settings, assistive_technology=True)))
    yield walker
    walker.leave()


def test_pages_and_the_idle_question_are_announced(assisted, announced):
    assisted.tap("Help")
    assert announced[-1] == ("What would help you now?", False)
    assisted.wait(61)
    assert announced[-1] == ("Still here? Touch the screen to go on.", True)
    assisted.key(Qt.Key.Key_Down)
    assert announced[-1] == ("What would help you now?", False)
    assisted.press(assisted.strip())
    assert announced[-1] == ("Welcome", False)


def test_the_focus_is_on_the_heading_of_a_new_page_and_the_lobby_is_not_below_it(assisted):
    lobby = assisted.glass()
    assisted.tap("Help")
    assert assisted.window.focusWidget() is assisted.page.banner.heading
    assert not assisted.window._lobby.isVisible()
    assert not assisted.window._focus.ring.isVisible()
    assisted.press(assisted.strip())
    assert assisted.window._lobby.isVisible()
    assert assisted.glass() == lobby


def test_without_the_site_setting_nothing_is_announced(at_portrait, announced):
    at_portrait.tap("Help").wait(61)
    assert announced == []
    assert at_portrait.window._lobby.isVisible()
