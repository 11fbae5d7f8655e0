"""How much of the system each unit may reach at most, by `systemd-analyze security`: of 10, which is all.

The tests hold the units as they are shipped to it, and doctor those that are installed. What a site file
turns on comes on top; see the README, Install it on a terminal.
"""

from __future__ import annotations

from typing import Final

MOST: Final = {
    "seatd.service": 2.0,
    "visitor-kiosk-display.service": 1.5,
    "visitor-kiosk-measure.service": 1.5,
    "visitor-kiosk.service": 0.5,
    "visitor-kiosk-print.service": 1.3,
    "visitor-kiosk-update-usb@.service": 0.5,
    "visitor-kiosk-update.service": 1.3,
}
OTHERS: Final = 2.0
"""For a unit that somebody added, such as the one that writes figures for Prometheus."""
