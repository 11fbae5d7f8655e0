"""What the panel says of itself: its modes and, in its EDID (VESA E-EDID 1.4), its size in millimetres."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

HEADER: Final = bytes.fromhex("00ffffffffffff00")
BLOCK: Final = 128
DETAILED: Final = 54
"""Where the first detailed timing stands: 18 bytes for the preferred mode."""
LEAST_MM: Final = 50
MOST_MM: Final = 3000
SHAPES_MM: Final = {(160, 90), (160, 100), (1600, 900), (1600, 1000)}
"""Sizes that say only how a panel is shaped; some televisions write them."""
_MODE: Final = re.compile(r"(\d{3,5})x(\d{3,5})")


@dataclass(frozen=True, slots=True)
class Connector:
    """One socket of the graphics card as /sys/class/drm has it; `edid` is empty when it has none."""

    name: str
    status: str
    modes: str
    edid: bytes

    @property
    def is_connected(self) -> bool:
        """True when something is plugged in."""
        return self.status.strip() == "connected"

    @property
    def mode(self) -> tuple[int, int] | None:
        """Return the pixels of the preferred mode, as the panel is built."""
        found = _MODE.match(self.modes.strip())
        return (int(found[1]), int(found[2])) if found else None

    @property
    def size_mm(self) -> tuple[int, int] | None:
        """Return width and height as the panel is built; None when it does not say."""
        return size_of(self.edid)


def size_of(edid: bytes) -> tuple[int, int] | None:
    """Return width and height in mm: of the preferred mode, else the whole centimetres of the header."""
    block = edid[:BLOCK]
    if len(block) < BLOCK or not block.startswith(HEADER) or sum(block) % 256:
        return None
    timing = block[DETAILED : DETAILED + 18]
    exact = (timing[12] | (timing[14] >> 4) << 8, timing[13] | (timing[14] & 15) << 8)
    is_timing = timing[0] or timing[1]
    for size in ((exact,) if is_timing else ()) + ((block[21] * 10, block[22] * 10),):
        if all(LEAST_MM <= side <= MOST_MM for side in size) and size not in SHAPES_MM:
            return size
    return None
