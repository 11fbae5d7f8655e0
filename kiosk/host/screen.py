"""The first client of the compositor: turns the picture, then asks for an answer again and again.

cage has no watchdog of its own. This process is one: when the compositor is mute, or shows nothing on a
screen that is plugged in, it tells systemd, which ends both.
Source: wlr-randr(1) of Debian 13 (0.4.1); sd_notify(3).
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from kiosk.host.dark import DarkScreen
from kiosk.host.health import Health

ASKS_EVERY_S: Final = 3.0
ANSWERS_WITHIN_S: Final = 4.0
TURNS: Final = {0: "normal", 90: "270", 180: "180", 270: "90"}
"""Degrees clockwise that a site may write, and their names for wlr-randr, which counts counter-clockwise."""

Output = dict[str, Any]


def watch_screen(
    degrees: int,
    health: Health,
    dark: DarkScreen | None = None,
    sleep: Callable[[float], object] = time.sleep,
) -> int:
    """Say that the display is ready, and that it still is, until it does not answer. Return exit code 1.

    A screen that is plugged in later is turned as well. It is ready only when it is turned: touch follows.
    Without any screen it is ready, too: a monitor that sleeps must not hold up an upgrade at night.
    """
    while (outputs := outputs_now()) is not None:
        if turn(outputs, degrees):
            health.answers()
        if dark and dark.wants_new_start(outputs):
            break
        sleep(ASKS_EVERY_S)
    health.fails()  # a compositor that hangs does not notice that this process ends
    return 1


def turn(outputs: Sequence[Output], degrees: int) -> bool:
    """Turn every enabled output that is not turned yet. Return False when one cannot be turned."""
    wanted = TURNS[degrees]
    crooked = [each for each in outputs if each.get("enabled") and each.get("transform") != wanted]
    return all(_asked("--output", str(each["name"]), "--transform", wanted) is not None for each in crooked)


def outputs_now() -> list[Output] | None:
    """Return what the compositor says of its outputs; None when it does not answer."""
    answer = _asked("--json")
    try:
        found = None if answer is None else json.loads(answer)
    except ValueError:
        return None
    return found if isinstance(found, list) else None


def _asked(*arguments: str) -> str | None:
    """Return the answer of one Wayland round trip, or None."""
    try:
        done = subprocess.run(  # noqa: S603 - names and turns come from the compositor and a list
            ["wlr-randr", *arguments],  # noqa: S607 - found in the unit's own path
            capture_output=True,
            text=True,
            timeout=ANSWERS_WITHIN_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
