"""Runs in the guest: a touch panel by uinput (linux/uinput.h)."""

import fcntl
import os
import struct
import sys
import time
from pathlib import Path

SETTLE_S, DOWN_S = 4.0, 0.15
SYN, KEY, ABS = 0, 1, 3
ABS_X, ABS_Y, SLOT, TOUCH_X, TOUCH_Y, TRACKING = 0x00, 0x01, 0x2F, 0x35, 0x36, 0x39
BTN_TOUCH, DIRECT, REACH = 0x14A, 1, 4095
CREATE = 0x5501


def settles(number: int) -> int:
    """Return the ioctl that sets one bit."""
    return (1 << 30) | (4 << 16) | (0x55 << 8) | number


def make() -> int:
    """Return the file descriptor of a new touch panel of one finger."""
    panel = os.open("/dev/uinput", os.O_RDWR)
    for kind in (SYN, KEY, ABS):
        fcntl.ioctl(panel, settles(100), kind)
    fcntl.ioctl(panel, settles(101), BTN_TOUCH)
    fcntl.ioctl(panel, settles(110), DIRECT)
    most = [0] * 64
    for axis in (ABS_X, ABS_Y, SLOT, TOUCH_X, TOUCH_Y, TRACKING):
        fcntl.ioctl(panel, settles(103), axis)
        most[axis] = REACH
    most[SLOT], most[TRACKING] = 9, 65535
    limits = struct.pack("64i", *most) + struct.pack("192i", *[0] * 192)
    os.write(
        panel, b"panel of the tests".ljust(80, b"\0") + struct.pack("HHHHI", 3, 0x1234, 0x5678, 1, 0) + limits
    )
    fcntl.ioctl(panel, CREATE)
    return panel


def send(panel: int, *events: tuple[int, int, int]) -> None:
    """Send events, closed by the report."""
    for kind, code, value in (*events, (SYN, 0, 0)):
        os.write(panel, struct.pack("llHHi", 0, 0, kind, code, value))


def main() -> None:
    """Tap each place that is written into the pipe named first, as x,y in fractions of the screen."""
    panel = make()
    time.sleep(SETTLE_S)
    print("PANEL-IS-THERE", flush=True)
    number = 0
    while True:
        with Path(sys.argv[1]).open() as pipe:
            for place in pipe:
                number += 1
                tap(panel, number, *(int(float(each) * REACH) for each in place.split(",")))


def tap(panel: int, number: int, x: int, y: int) -> None:
    """Put a finger down and lift it."""
    finger = ((ABS, SLOT, 0), (ABS, TRACKING, number), (ABS, TOUCH_X, x), (ABS, TOUCH_Y, y))
    send(panel, *finger, (KEY, BTN_TOUCH, 1), (ABS, ABS_X, x), (ABS, ABS_Y, y))
    time.sleep(DOWN_S)
    send(panel, (ABS, TRACKING, -1), (KEY, BTN_TOUCH, 0))


main()
