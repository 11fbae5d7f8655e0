"""Measuring on an installed terminal, beside a made-up systemctl: what is asked of it, and what is taken.

With the real one: tests/terminal/test_measure.py.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.shipped import SITE
from kiosk.technician import on_glass
from kiosk.technician.on_glass import asked_on_the_glass, is_terminal, numbers_in

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "kiosk/deploy/units"
BACK = [
    f"stop {on_glass.UNIT}",
    f"reset-failed {on_glass.UNIT}",
    "start visitor-kiosk-display.service visitor-kiosk.service",
]
SYSTEMCTL = """#!/bin/sh
echo "$@" >> {folder}/asked
[ "$2" = --wait ] || exit 0
{does}
"""


@pytest.fixture
def systemctl(tmp_path, monkeypatch):
    """Install a systemctl that notes what it is asked, and does this while the panel asks."""
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    def install(does: str) -> Path:
        program = tmp_path / "systemctl"
        program.write_text(SYSTEMCTL.format(folder=tmp_path, does=does))
        program.chmod(0o755)
        return tmp_path / "answer.toml"

    return install


def asked(folder: Path) -> list[str]:
    return (folder / "asked").read_text().splitlines()


def test_the_answer_is_taken_and_the_kiosk_started_again(systemctl, tmp_path):
    answer = systemctl(
        f"printf '[panel]\\nwidth_mm = 270.5\\nlower_edge_mm = 745\\n' > {tmp_path}/answer.toml"
    )
    assert asked_on_the_glass(answer) == {"width_mm": 270.5, "lower_edge_mm": 745}
    assert asked(tmp_path) == [f"start --wait {on_glass.UNIT}", *BACK]


def test_an_answer_of_another_day_is_not_taken(systemctl, tmp_path):
    answer = systemctl("exit 1")
    answer.write_text("[panel]\nwidth_mm = 270.5\n")
    assert asked_on_the_glass(answer) is None
    assert asked(tmp_path)[1:] == BACK


WAITS = """
import sys
from pathlib import Path
from kiosk.technician.on_glass import asked_on_the_glass
asked_on_the_glass(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_however_it_is_ended_the_kiosk_is_started_again(systemctl, tmp_path, number):
    answer = systemctl("exec sleep 60")
    command = subprocess.Popen([sys.executable, "-c", WAITS, answer], cwd=ROOT, start_new_session=True)
    end = time.monotonic() + 30
    while not (tmp_path / "asked").exists() or not asked(tmp_path):
        assert time.monotonic() < end
        time.sleep(0.05)
    os.killpg(command.pid, number)  # as a terminal does: to all that it started
    assert command.wait(30) == 128 + number
    assert asked(tmp_path)[1:] == BACK


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[panel]\n",
        "[panel]\nlower_edge_mm = 745\n",
        "[panel]\nwidth_mm = 99\n",
        "[panel]\nwidth_mm = 3001\n",
        "[panel]\nwidth_mm = nan\n",
        "[panel]\nwidth_mm = inf\n",
        "[panel]\nwidth_mm = true\n",
        '[panel]\nwidth_mm = "270"\n',
        "[panel]\nwidth_mm = 270\nlower_edge_mm = 1501\n",
        "[panel]\nwidth_mm = 270\nrotation = 0\n",
        '[panel]\nwidth_mm = 270\n[printer]\ndevice = "/dev/sda"\n',
        "panel = 270\n",
        "[panel\n",
    ],
)
def test_nothing_but_two_numbers_is_ever_taken(tmp_path, written):
    (tmp_path / "answer").write_text(written)
    assert numbers_in(tmp_path / "answer") is None


@given(st.binary(max_size=200))
def test_no_junk_is_taken_or_stops_it(tmp_path_factory, junk):
    answer = tmp_path_factory.getbasetemp() / "junk"
    answer.write_bytes(junk)
    assert numbers_in(answer) is None
    answer.write_bytes(b"[panel]\nwidth_mm = 270\n#" + b"x" * 5000 + junk)
    assert numbers_in(answer) in (None, {"width_mm": 270})


@pytest.mark.skipif(os.geteuid() != 0, reason="a terminal is where root is")
def test_only_root_on_an_installed_terminal_outside_a_session_is_one(tmp_path):
    assert not is_terminal({}, tmp_path)
    unit = tmp_path / "usr/lib/systemd/system" / on_glass.UNIT
    unit.parent.mkdir(parents=True)
    unit.touch()
    assert not is_terminal({}, tmp_path)
    (tmp_path / "run/systemd/system").mkdir(parents=True)
    assert is_terminal({}, tmp_path)
    assert not is_terminal({"WAYLAND_DISPLAY": "wayland-0"}, tmp_path)
    assert not is_terminal({"DISPLAY": ":0"}, tmp_path)


def lines_of(unit: str) -> list[str]:
    return (UNITS / unit).read_text().splitlines()


def test_the_unit_brings_the_kiosk_back_by_itself_and_reads_where_the_command_does():
    lines = lines_of(on_glass.UNIT)
    for name in ("OnSuccess", "OnFailure"):
        assert f"{name}={' '.join(on_glass.KIOSK)}" in lines
    assert f"StandardOutput=truncate:{on_glass.ANSWER}" in lines
    assert any(line.endswith(f"--turn --print --site {SITE}") for line in lines)


def test_what_asks_may_no_more_than_the_display():
    """All that the display's unit takes away is taken away here."""
    takes = (
        "Protect",
        "Restrict",
        "Private",
        "Device",
        "SystemCall",
        "Capability",
        "NoNew",
        "NoExec",
        "ExecPaths",
    )
    display = [line for line in lines_of("visitor-kiosk-display.service") if line.startswith(takes)]
    assert len(display) > 20
    assert [line for line in lines_of(on_glass.UNIT) if line.startswith(takes)] == display
    assert not [line for line in lines_of(on_glass.UNIT) if line.startswith(("ReadWrite", "StateDirectory"))]
