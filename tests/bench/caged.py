"""The same programs in cage, the compositor a kiosk runs in, as far as that can be watched.

cage draws into a window of the virtual screen, by the processor (pixman), 1024x768, and both programs speak
Wayland to it. So its own frame timer and the copying from buffer to window are in the figures, for both
alike; a graphics processor, scan-out and vertical sync of a panel are not. Compare these rows only.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rivals import CHROMIUM, Rival

from tests.faults.cage import HEIGHT, IN_CAGE, WIDTH, surrounded

SIZE = (WIDTH, HEIGHT)
LOAD = "in cage"
OZONE = ("--ozone-platform=wayland", "--enable-features=UseOzonePlatform")


def in_cage(rivals: list[Rival], folder: Path) -> list[Rival]:
    """Return the programs as cage starts them; `folder` must be open to nobody."""
    environment = surrounded(folder)
    return [
        replace(
            one,
            command=(*IN_CAGE, *_for_wayland(one.command[len(one.wrapper) :])),
            wrapper=IN_CAGE,
            environment=environment,
        )
        for one in rivals
    ]


def _for_wayland(command: tuple[str, ...]) -> tuple[str, ...]:
    return (command[0], *OZONE, *command[1:]) if command[0] == CHROMIUM else command
