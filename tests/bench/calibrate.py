"""Measure the error of the probe: how late does it see changes made at a known time?

A child maps the frame buffer like the X server does, changes it from top to bottom in one go and
reports the time at which the last byte was written. The probe times the same change; lateness is
its time minus that one, for pages and for the lobby after Hide.
Run: `python tests/bench/calibrate.py [--rounds N] [--pause-ms T] [--load] [--size WxH]`.
"""

from __future__ import annotations

import argparse
import mmap
import os
import random
import statistics
import struct
import time
from collections.abc import Callable

import numpy as np
from arriving import Arrival
from latency import parse_size
from loads import load
from shares import come_first, first_of_all
from watching import Pixels, Reading, Watch


class Painter:
    """A child process that changes shared memory at times it reports."""

    def __init__(self, shape: tuple[int, int, int], rows: slice) -> None:
        """Fork the child now, before any `Watch`: a fork later on would make its first copy slow."""
        memory = mmap.mmap(-1, shape[0] * shape[1] * shape[2])
        self.view: Pixels = np.ndarray(shape, np.uint8, memory)
        self._rows = rows
        wait_end, self._go = os.pipe()
        self._done, tell_end = os.pipe()
        if not os.fork():
            os.close(self._go)
            self._serve(wait_end, tell_end)
        os.close(wait_end)
        os.close(tell_end)

    def _serve(self, wait_end: int, tell_end: int) -> None:
        """In the child: for each byte received wait 20-30 ms, fill `rows`, send the time it was done."""
        self.view[:] = 0
        while colour := os.read(wait_end, 1):
            time.sleep(random.uniform(0.02, 0.03))
            self.view[self._rows] = colour[0]
            os.write(tell_end, struct.pack("d", time.perf_counter()))
        os._exit(0)

    def after(self, colour: int) -> Pixels:
        """Return the picture that a change will make."""
        picture = self.view.copy()
        picture[self._rows] = colour
        return picture

    def start(self, colour: int) -> float:
        """Ask for a change; return the time it was asked for, in s."""
        os.write(self._go, bytes([colour]))
        return time.perf_counter()

    def done(self) -> float:
        """Return the time the change was done, in s."""
        (moment,) = struct.unpack("d", os.read(self._done, 8))
        return float(moment)

    def end(self) -> None:
        """End the child."""
        os.close(self._go)
        os.close(self._done)
        os.wait()


Eye = Callable[[Painter, int, float], Watch | Arrival]


def page_eye(painter: Painter, colour: int, pause_s: float) -> Watch:
    """Watch as the bench does for a page, of which is not known how it will look."""
    return Watch(painter.view, pause_s)


def lobby_eye(painter: Painter, colour: int, pause_s: float) -> Arrival:
    """Watch as the bench does for the lobby after Hide."""
    return Arrival(painter.view, painter.after(colour), pause_s)


def lateness(painter: Painter, look: Eye, pause_s: float, rounds: int) -> list[tuple[float, Reading]]:
    """Return (how late the last changed pixel was seen, in ms; the reading) for each round."""
    found = []
    for i in range(1, rounds + 1):
        colour = 1 + i % 2
        eye = look(painter, colour, pause_s)
        with first_of_all(look is lobby_eye and pause_s > 0):
            begun = painter.start(colour)
            reading = eye.run(begun, 0.02, 1.0)
        assert reading.last_ms is not None
        found.append((reading.last_ms - (painter.done() - begun) * 1e3, reading))
    return found


def show(name: str, found: list[tuple[float, Reading]]) -> None:
    """Print one line: lateness, the bound the probe claims, and how often the bound did not hold."""
    late = sorted(item[0] for item in found)
    bound = statistics.median(r.error_ms for _, r in found)
    poll = statistics.median(r.poll_ms for _, r in found)
    broken = sum(ms > r.error_ms for ms, r in found)
    print(
        f"{name:<18} poll {poll:.3f} ms   late: median {statistics.median(late):.3f}, "
        f"p99 {late[int(len(late) * 0.99)]:.3f}, worst {late[-1]:.3f}, least {late[0]:.3f} ms   "
        f"bound: median {bound:.3f} ms, broken {broken} of {len(found)}"
    )


def main() -> None:
    """Run the calibration for a whole screen, a strip and one pixel row."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=parse_size, default=(1080, 1920), metavar="WxH", help="screen, px")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--pause-ms", type=float, default=0.0, help="sleep between polls")
    parser.add_argument("--load", action="store_true", help="both processors busy")
    options = parser.parse_args()
    width, height = options.size
    middle = height // 2
    kinds = {
        "whole": slice(0, height),
        "80 rows": slice(middle, middle + 80),
        "one row": slice(middle, middle + 1),
    }
    come_first()
    with load(options.load):
        for what, look in {"page": page_eye, "lobby": lobby_eye}.items():
            for name, rows in kinds.items():
                painter = Painter((height, width, 4), rows)
                found = lateness(painter, look, options.pause_ms / 1e3, options.rounds)
                show(f"{what}, {name}", found)
                painter.end()


if __name__ == "__main__":
    main()
