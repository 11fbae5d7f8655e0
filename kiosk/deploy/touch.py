"""Turns touch with the picture. cage does so only for a touch panel that is bound to an output by its name
(udev's WL_OUTPUT), so a rule of udev tells libinput how the panel lies, whatever its output is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kiosk.deploy.openings import read_tables, rotation_of
from kiosk.shipped import SITE

MATRICES: Final = {90: "0 1 0 -1 0 1", 180: "-1 0 1 0 -1 1", 270: "0 -1 1 1 0 0"}
"""From a place on the panel to the place on a picture that is turned clockwise by so many degrees.

The first two rows of a matrix for (right, down, 1), in fractions of the panel; see libinput,
libinput_device_config_calibration_set_matrix().
"""


def properties(site: Path = SITE) -> str:
    """Return what udev is to know of each touch panel, as its IMPORT{program} reads it; "" for nothing."""
    matrix = MATRICES.get(rotation_of(read_tables(site)))
    return f"LIBINPUT_CALIBRATION_MATRIX={matrix}\n" if matrix else ""
