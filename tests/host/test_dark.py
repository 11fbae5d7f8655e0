"""A screen that is plugged in and dark: when the compositor is started anew for it, and how often."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.host import dark
from kiosk.host.dark import STEADY_S, WAITS_S, DarkScreen

ROOT = Path(__file__).parents[2]
LIT, DARK = [{"name": "HDMI-A-1", "enabled": True}], [{"name": "HDMI-A-1", "enabled": False}]
DAY_S = 24 * 3600.0


class Wall:
    """A graphics card in files, as sysfs has it, and a clock on the wall beside it."""

    def __init__(self, folder: Path) -> None:
        self.notes, self.drm, self.time = folder / "notes", folder / "drm", 1000.0
        self.notes.mkdir()
        for name in ("card0", "card0-HDMI-A-1", "card0-Writeback-1", "renderD128"):
            (self.drm / name).mkdir(parents=True)
        (self.drm / "card0-Writeback-1/status").write_text("unknown\n")
        self.plug("connected")
        self.begin()

    def plug(self, status: str) -> None:
        (self.drm / "card0-HDMI-A-1/status").write_text(f"{status}\n")

    def begin(self) -> None:
        """A new process, as after each start."""
        self.watch = DarkScreen(self.notes, self.drm, lambda: self.time)

    def starts(self, outputs: list, seconds: float) -> list[float]:
        """Look every three seconds; return after how long each new start came."""
        found, began, end = [], self.time, self.time + seconds
        while self.time < end:
            if self.watch.wants_new_start(outputs):
                found.append(self.time - began)
                self.begin()
            self.time += 3
        return found


@pytest.fixture
def wall(tmp_path) -> Wall:
    return Wall(tmp_path)


def test_a_dark_screen_asks_for_a_new_start_after_a_while(wall):
    assert wall.starts(DARK, WAITS_S[0]) == []
    assert len(wall.starts(DARK, 3)) == 1


def test_an_output_that_the_compositor_does_not_even_have_is_dark(wall):
    assert len(wall.starts([], 30)) == 1


@pytest.mark.parametrize("status", ["disconnected", "unknown", ""])
def test_where_nothing_is_plugged_in_nothing_is_asked(wall, status):
    wall.plug(status)
    assert wall.starts(DARK, DAY_S) == []


def test_a_lit_screen_asks_for_nothing(wall):
    assert wall.starts(LIT, DAY_S) == []


def test_a_screen_that_takes_a_moment_is_given_the_whole_wait_again(wall):
    for _ in range(10):
        assert wall.starts(DARK, WAITS_S[0] - 3) == []
        assert wall.starts(LIT, 3) == []


def test_however_long_it_is_dark_it_does_not_start_again_and_again(wall):
    found = wall.starts(DARK, DAY_S)
    assert len(found) <= 26
    waits = [later - earlier for earlier, later in zip([0.0, *found], found, strict=False)]
    assert waits[:3] == pytest.approx(WAITS_S[:3], abs=6)
    assert min(waits[3:]) >= WAITS_S[3]


def test_a_picture_that_does_not_last_does_not_begin_the_waits_anew(wall):
    found = 0
    for _ in range(200):
        found += len(wall.starts(DARK, 30)) + len(wall.starts(LIT, 60))
    assert found == 1


def test_after_a_steady_picture_the_waits_begin_from_the_first(wall):
    wall.starts(DARK, 500)
    wall.starts(LIT, STEADY_S + 6)
    assert len(wall.starts(DARK, WAITS_S[0] + 6)) == 1


@pytest.mark.parametrize("written", [b"", b"\xff", b"many\n", b"-5\n", b"9" * 5000])
def test_a_count_that_cannot_be_read_is_none(wall, written):
    (wall.notes / "starts").write_bytes(written)
    assert len(wall.starts(DARK, WAITS_S[0] + 6)) == 1


def test_where_starts_cannot_be_counted_none_is_asked(wall):
    wall.notes.rmdir()
    assert wall.starts(DARK, DAY_S) == []
    wall.notes = None
    wall.begin()
    assert wall.starts(DARK, DAY_S) == []


WATCHES = (
    "import sys; from kiosk.host import dark; dark.WAITS_S = (4.0, 900.0); from kiosk.cli import main; main()"
)


def watching(wall: Wall, folder: Path, outputs: list) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start the real client of the display beside a compositor that answers; return it and what it tells."""
    answers = folder / "wlr-randr"
    answers.write_text(f"#!/bin/sh\necho '{json.dumps(outputs)}'\n")
    answers.chmod(0o755)
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    manager.bind(str(folder / "notify"))
    more = ("--notes", str(wall.notes), "--connectors", str(wall.drm))
    environment = {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "NOTIFY_SOCKET": str(folder / "notify"),
        "PYTHONPATH": str(ROOT),
    }
    client = subprocess.Popen([sys.executable, "-c", WATCHES, "display", *more], env=environment)
    return client, manager


def test_the_real_process_tells_systemd_once_and_the_next_one_waits(wall, tmp_path):
    for number, ends in enumerate((True, False)):
        folder = tmp_path / str(number)
        folder.mkdir()
        client, manager = watching(wall, folder, [{**DARK[0], "transform": "normal"}])
        try:
            began = time.monotonic()
            if ends:
                client.wait(60)
                assert time.monotonic() - began >= dark.WAITS_S[0] / 5
            else:
                with pytest.raises(subprocess.TimeoutExpired):
                    client.wait(12)
        finally:
            client.kill()
            client.wait()
        manager.setblocking(False)
        said = b""
        while True:
            try:
                said += manager.recv(4096) + b"\n"
            except BlockingIOError:
                break
        manager.close()
        assert b"READY=1" in said
        assert (b"WATCHDOG=trigger" in said) is ends
    assert (wall.notes / "starts").read_text() == "1\n"
