"""Measures the panel of an installed terminal: the kiosk makes room on the glass and comes back.

systemd runs the screen in a unit with the rights of the display; this process is root and takes nothing from
it but two numbers. The kiosk comes back however this ends: by this process, else by the unit itself.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from kiosk.site_keys import site_key

UNIT: Final = "visitor-kiosk-measure.service"
KIOSK: Final = ("visitor-kiosk-display.service", "visitor-kiosk.service")
ANSWER: Final = Path("/run/visitor-kiosk-measure.toml")
"""Where the unit's standard output goes."""
LONGEST_ANSWER: Final = 4096
KEYS: Final = ("width_mm", "lower_edge_mm")
ENDS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TOLD: Final = "The panel asks now: hold a bank card to the glass. Ctrl+C ends it and brings the kiosk back.\n"


def is_terminal(environment: Mapping[str, str] = os.environ, root: Path = Path("/")) -> bool:
    """Return whether this is root on an installed terminal, and not in a session that has a screen."""
    has_screen = any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    is_installed = (root / "usr/lib/systemd/system" / UNIT).is_file()
    return is_installed and (root / "run/systemd/system").is_dir() and os.geteuid() == 0 and not has_screen


def asked_on_the_glass(answer: Path = ANSWER) -> dict[str, float | int] | None:
    """Ask in the kiosk's place and return what was measured, in mm; None when there is no answer.

    Raises SystemExit when a signal ends it, and OSError without systemctl; the kiosk is started all the same.
    """
    answer.unlink(missing_ok=True)
    sys.stderr.write(TOLD)
    with _ended_by_signals():
        try:
            _systemctl("start", "--wait", UNIT)
        finally:
            for number in ENDS:
                signal.signal(number, signal.SIG_IGN)  # the rest is short, and the kiosk must come back
            _systemctl("stop", UNIT)
            _systemctl("reset-failed", UNIT)
            _systemctl("start", *KIOSK)
    return numbers_in(answer)


def read_anew() -> None:
    """Have the kiosk read its site file again."""
    _systemctl("restart", KIOSK[-1])


def numbers_in(answer: Path) -> dict[str, float | int] | None:
    """Return the numbers of [panel] in a file; None for anything but what the screen can have measured."""
    try:
        with answer.open("rb") as file:
            tables = tomllib.loads(file.read(LONGEST_ANSWER).decode())
    except (OSError, ValueError):
        return None
    panel = tables.get("panel")
    if tables.keys() != {"panel"} or not isinstance(panel, dict):
        return None
    if "width_mm" not in panel or not panel.keys() <= set(KEYS):
        return None
    return panel if all(_is_allowed(name, value) for name, value in panel.items()) else None


def _is_allowed(name: str, value: object) -> bool:
    key = site_key("panel", name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return key.low <= value <= key.high  # not for nan


def _systemctl(*arguments: str) -> None:
    """Have systemd do something. That a unit failed is seen in its answer."""
    subprocess.run(  # noqa: S603 - our own units
        ("systemctl", *arguments),  # noqa: S607 - root runs it, by their own path
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let Ctrl+C, a closed terminal and `kill` end it by an exception, and put back what was settled."""
    before = {number: signal.signal(number, _end) for number in ENDS}
    try:
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, was)


def _end(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
    raise SystemExit(128 + number)
