"""Starts a unit with the probe in its own sandbox, and returns what the probe found there."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from tests.terminal.container import Container, until

PROBE = "usr/share/visitor-kiosk/probe.py"
BEFORE = "[Service]\nExecStartPre=/usr/bin/python3 -IB /{probe}\nStandardOutput=journal\n"
INSTEAD = "[Service]\nExecStart=\nExecStart=/usr/bin/python3 -IB /{probe}\n"
LISTENS = """\
import socket, time
with socket.socket(socket.AF_UNIX) as end:
    end.bind("\\0visitor-kiosk-tests")
    end.listen()
    time.sleep(10**6)
"""
REST_S = 2.0
SCREEN = ("visitor-kiosk", "visitor-kiosk-display")
Seen = dict[str, Any]


def listen(terminal: Container) -> None:
    """Have something listen outside of the units on a socket without a file, which no path can hide."""
    terminal.run("systemd-run", "--quiet", "--unit=tests-listener", "/usr/bin/python3", "-c", LISTENS)
    until(lambda: "@visitor-kiosk-tests" in terminal.run("cat", "/proc/net/unix"), 20)


def probed(terminal: Container, unit: str, *, instead: bool = False, program: str = "") -> Seen:
    """Start a unit with the probe before its program, or `instead` of it, and return what it found.

    Another `program` in its place prints one line: PROBE and JSON. What follows the display follows again;
    all is as before when this returns.
    """
    (terminal.root / PROBE).write_text(program or (Path(__file__).parent / "probe.py").read_text())
    # A drop-in of an instance is read for that instance alone.
    place = f"/run/systemd/system/{unit}.service.d"
    terminal.run("mkdir", "-p", place)
    text = (INSTEAD if instead else BEFORE).format(probe=PROBE)
    terminal.run("sh", "-c", f"printf '%s' '{text}' > {place}/99-probe.conf; systemctl daemon-reload")
    try:
        return _started(terminal, unit)
    finally:
        terminal.run("sh", "-c", f"rm -r {place}; systemctl daemon-reload")


def _started(terminal: Container, unit: str) -> Seen:
    cursor = terminal.run("journalctl", "-b", "-n", "0", "--show-cursor").strip().rpartition("cursor: ")[2]
    # A whole stop and a rest, so that nothing of the start before is left.
    if unit in SCREEN:
        terminal.run("systemctl", "stop", "visitor-kiosk-display", seconds=120)
        time.sleep(REST_S)
    said = terminal.run("systemctl", "start", unit, seconds=120)

    def lines() -> list[str]:
        command = ("journalctl", "-b", f"--after-cursor={cursor}", "-u", unit, "-o", "cat", "--all")
        return [each for each in terminal.run(*command).splitlines() if each.startswith("PROBE")]

    try:
        found = until(lines, 40)[-1]
    except TimeoutError as fault:
        raise AssertionError(said + terminal.run("journalctl", "-b", "-u", unit, "-n", "40")) from fault
    return json.loads(found.removeprefix("PROBE"))
