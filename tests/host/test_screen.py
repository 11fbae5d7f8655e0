"""The watchdog of the compositor, with a made-up wlr-randr that answers, refuses or is mute."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from kiosk.host import screen
from kiosk.host.health import Health
from kiosk.host.screen import watch_screen

ANSWERS = """#!/bin/sh
echo "$@" >> {folder}/asked
[ "$1" = --json ] || {{ [ -e {folder}/refuses ] && exit 1; exit 0; }}
[ "$(grep -c json {folder}/asked)" -gt 3 ] && {then}
cat {folder}/outputs
"""


@pytest.fixture
def said(tmp_path, monkeypatch) -> socket.socket:
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    manager.bind(str(tmp_path / "notify"))
    manager.settimeout(0.1)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    yield manager
    manager.close()


def install(folder: Path, transform: str, *, then: str = "exit 1", enabled: bool = True) -> None:
    outputs = [{"name": "HDMI-A-1", "enabled": enabled, "transform": transform}]
    (folder / "outputs").write_text(json.dumps(outputs))
    program = folder / "wlr-randr"
    program.write_text(ANSWERS.format(folder=folder, then=then))
    program.chmod(0o755)


def heard(manager: socket.socket) -> list[str]:
    words = []
    try:
        while True:
            words += manager.recv(4096).decode().splitlines()
    except TimeoutError:
        return [word for word in words if not word.startswith("STATUS")]


def watch(degrees: int = 0) -> int:
    return watch_screen(degrees, Health(), sleep=lambda _: None)


def test_it_is_ready_and_well_while_it_answers_and_ends_when_it_does_not(tmp_path, said):
    install(tmp_path, "normal")
    assert watch() == 1
    assert heard(said) == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=trigger"]


def test_the_picture_is_turned_clockwise_before_it_is_ready(tmp_path, said):
    """wl_output.transform counts counter-clockwise (wayland.xml)."""
    install(tmp_path, "normal")
    watch(90)
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[:2] == ["--json", "--output HDMI-A-1 --transform 270"]
    assert heard(said)[0] == "READY=1"


def test_without_a_screen_it_is_ready_and_turns_nothing(tmp_path, said):
    install(tmp_path, "normal", enabled=False)
    assert watch(90) == 1
    assert "--output" not in (tmp_path / "asked").read_text()
    assert heard(said) == ["READY=1", *["WATCHDOG=1"] * 3, "WATCHDOG=trigger"]


def test_it_stays_well_when_its_screen_is_unplugged_later(tmp_path, said):
    install(tmp_path, "normal")
    pulled = json.dumps([{"name": "HDMI-A-1", "enabled": False, "transform": "normal"}])

    def pull(_: float) -> None:
        (tmp_path / "outputs").write_text(pulled)

    assert watch_screen(0, Health(), sleep=pull) == 1
    assert heard(said) == ["READY=1", *["WATCHDOG=1"] * 3, "WATCHDOG=trigger"]


def test_what_is_turned_already_is_left_alone(tmp_path, said):
    install(tmp_path, "270")
    watch(90)
    assert "--output" not in (tmp_path / "asked").read_text()


def test_a_screen_that_cannot_be_turned_is_not_ready(tmp_path, said):
    install(tmp_path, "normal")
    (tmp_path / "refuses").touch()
    assert watch(90) == 1
    assert heard(said) == ["WATCHDOG=trigger"]


@pytest.mark.parametrize(
    "then", ["exec sleep 60", "{ echo junk; exit 0; }", "{ echo 1; exit 0; }", "kill -9 $$"]
)
def test_a_compositor_that_is_mute_or_talks_nonsense_ends_it(tmp_path, said, then, monkeypatch):
    monkeypatch.setattr(screen, "ANSWERS_WITHIN_S", 0.3)
    install(tmp_path, "normal", then=then)
    assert watch() == 1
    words = heard(said)
    assert (words.count("WATCHDOG=1"), words[-1]) == (3, "WATCHDOG=trigger")


def test_without_the_program_it_ends_at_once(tmp_path, said, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert watch() == 1
    assert heard(said) == ["WATCHDOG=trigger"]
