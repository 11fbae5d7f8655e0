"""A virtual X screen that a GUI program is measured on from outside: pressed through XTEST, read from memory.

Xvfb keeps its frame buffer in a file that `VirtualScreen` maps into this process, so a look at the screen
costs no request to the server and does not disturb the program measured. `watching.py` looks.

Limits
    XTEST makes a mouse press, not a touch: the digitiser and the panel (scan-out, up to 1 frame)
    are not in the figures. Xvfb has no vertical sync and no graphics processor.
"""

from __future__ import annotations

import contextlib
import math
import mmap
import os
import platform
import shutil
import signal
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from PySide6.QtCore import qVersion
from Xlib import XK, X, display

from tests.bench.shares import DISPLAY_NICE, PROGRAM_NICE, share_of_session

if TYPE_CHECKING:
    from tests.bench.watching import Pixels, Reading


class VirtualScreen:
    """An X server of its own, with every program started on it; leaving the context ends them all."""

    def __init__(self, width: int = 1080, height: int = 1920) -> None:
        """Set the size of the screen in px; nothing runs before the context is entered."""
        self.width = width
        self.height = height
        self._children: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        memory = Path("/dev/shm")  # noqa: S108  # a disk would write the frame buffer back behind our back
        self._folder = Path(tempfile.mkdtemp(prefix="probe-", dir=memory if memory.is_dir() else None))
        try:
            self.name = f":{self._start_server()}"
            self._display = display.Display(self.name)
            self._pixels = self._map_frame_buffer()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._display.close()
        finally:
            self._end()

    def _start_server(self) -> int:
        """Start Xvfb on a free display and return its number once it takes connections."""
        read_end, write_end = os.pipe()
        size = f"{self.width}x{self.height}x24"
        command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", size, "-fbdir", str(self._folder)]
        command += ["-nolisten", "tcp", "-noreset", "-nocursor", "-br", "-s", "0"]
        with (self._folder / "xvfb.log").open("wb") as log:
            server = subprocess.Popen(command, stderr=log, pass_fds=[write_end], start_new_session=True)
        self._children.append(server)
        with contextlib.suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, server.pid, DISPLAY_NICE)
        share_of_session(server.pid, DISPLAY_NICE)
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            answer = pipe.readline().strip()
        if not answer:
            raise RuntimeError("Xvfb did not start:\n" + (self._folder / "xvfb.log").read_text())
        return int(answer)

    def _map_frame_buffer(self) -> Pixels:
        """Map the XWD file Xvfb draws into; its header is 25 big-endian words."""
        with (self._folder / "Xvfb_screen0").open("rb") as file:
            memory = mmap.mmap(file.fileno(), 0, mmap.MAP_SHARED, mmap.PROT_READ)
        header = struct.unpack(">25I", memory[:100])
        header_size, width, height, bits, line, colours = (header[i] for i in (0, 4, 5, 11, 12, 19))
        if (width, height, bits, line) != (self.width, self.height, 32, 4 * self.width):
            raise RuntimeError(f"unexpected frame buffer: {width}x{height}, {bits} bits, {line} bytes a line")
        return np.ndarray((height, width, 4), np.uint8, memory, header_size + 12 * colours)

    def _end(self) -> None:
        """End every child with its process group, the server last."""
        while self._children:
            self.stop(self._children[-1])
        shutil.rmtree(self._folder, ignore_errors=True)

    def pixels(self) -> Pixels:
        """Return the live screen, not a copy of it."""
        return self._pixels

    def spawn(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a program on this screen, in a session of its own; its output goes to `log()`."""
        settings = {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb", **(env or {})}
        settings.pop("WAYLAND_DISPLAY", None)
        with (self._folder / "program.log").open("wb") as log:
            child = subprocess.Popen(
                command,
                env=settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        share_of_session(child.pid, PROGRAM_NICE)
        self._children.append(child)
        return child

    def log(self) -> str:
        """Return what the last program started here has printed."""
        return (self._folder / "program.log").read_text(errors="replace")

    def stop(self, child: subprocess.Popen[bytes], patience_s: float = 3.0) -> None:
        """End a child of this screen: ask first, kill its whole process group after `patience_s`."""
        self._children.remove(child)
        child.terminate()
        try:
            child.wait(patience_s)
        except subprocess.TimeoutExpired:
            pass
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def _send(self, *inputs: tuple[int, int, int, int]) -> float:
        """Queue (kind, detail, x, y) inputs, then send them; return the time right before, in s."""
        for kind, detail, x, y in inputs:
            self._display.xtest_fake_input(kind, detail, x=x, y=y)
        sent = time.perf_counter()
        self._display.flush()
        return sent

    def press(self, x: int, y: int) -> float:
        """Move to (x, y) px and press there; return the time it was sent, `perf_counter` s."""
        return self._send((X.MotionNotify, 0, x, y), (X.ButtonPress, 1, 0, 0))

    def move(self, x: int, y: int) -> None:
        """Move to (x, y) px without pressing."""
        self._send((X.MotionNotify, 0, x, y))

    def release(self, x: int, y: int) -> float:
        """Release at (x, y) px; return the time it was sent, `perf_counter` s."""
        return self._send((X.MotionNotify, 0, x, y), (X.ButtonRelease, 1, 0, 0))

    def tap(self, x: int, y: int, hold_s: float = 0.06) -> float:
        """Press and release at (x, y) px; return the time the release was sent, `perf_counter` s."""
        self.press(x, y)
        time.sleep(hold_s)
        return self.release(x, y)

    def key(self, name: str) -> float:
        """Strike a key named as in X ("Escape", "F4"); return the time it was sent, `perf_counter` s."""
        code = self._display.keysym_to_keycode(XK.string_to_keysym(name))
        if not code:
            raise ValueError(f"no such key: {name}")
        return self._send((X.KeyPress, code, 0, 0), (X.KeyRelease, code, 0, 0))

    def sync(self) -> None:
        """Wait until the server has taken all input sent so far."""
        self._display.sync()

    def server_version(self) -> str:
        """Return the release of the X server, such as "21.1.7"."""
        number = self._display.display.info.release_number
        return f"{number // 100_000 % 100}.{number // 1000 % 100}.{number % 1000}"


@dataclass(frozen=True)
class Figures:
    """What a row of readings comes to; ms."""

    count: int
    median_ms: float
    p99_ms: float
    worst_ms: float
    error_median_ms: float
    error_worst_ms: float
    worst_at: str


def _rank(ordered: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile of ordered values; `share` is 0..1."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def figures(readings: Iterable[tuple[str, Reading]]) -> Figures | None:
    """Sum up (label, reading) pairs by the time to the last changed pixel; None if there is none."""
    known = sorted((r.last_ms, label, r.error_ms) for label, r in readings if r.last_ms is not None)
    if not known:
        return None
    times = [item[0] for item in known]
    errors = sorted(item[2] for item in known)
    return Figures(
        len(known),
        _rank(times, 0.5),
        _rank(times, 0.99),
        times[-1],
        _rank(errors, 0.5),
        errors[-1],
        known[-1][1],
    )


HEADINGS = ("", "n", "median ms", "p99 ms", "worst ms", "late<= median", "late<= worst", "worst at")


def table(rows: Mapping[str, Figures | None]) -> str:
    """Return the figures as one aligned table; times in ms."""
    lines: list[tuple[str, ...]] = [HEADINGS]
    for name, f in rows.items():
        if f is None:
            lines.append((name, "0", *["-"] * 6))
            continue
        times = (f.median_ms, f.p99_ms, f.worst_ms, f.error_median_ms, f.error_worst_ms)
        lines.append((name, str(f.count), *(f"{t:.2f}" for t in times), f.worst_at))
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADINGS))]
    last = len(HEADINGS) - 1
    return "\n".join(
        "  ".join(
            t.ljust(w) if i in {0, last} else t.rjust(w)
            for i, (t, w) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def pace_ms() -> float:
    """Return how long a fixed loop takes here and now, ms: shared machines differ twofold within the hour."""
    began = time.perf_counter()
    total = 0
    for number in range(1_000_000):
        total += number * number
    return (time.perf_counter() - began) * 1000


def surroundings(screen: VirtualScreen) -> dict[str, Any]:
    """Return what the figures depend on: machine, versions, date, size of the screen in px."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{cpu}, {os.cpu_count()} processors, Linux {platform.release()}",
        "load_average": round(os.getloadavg()[0], 2),
        "pace": f"{pace_ms():.0f} ms for a loop of a million steps",
        "python": platform.python_version(),
        "pyside6": version("PySide6-Essentials"),
        "qt": qVersion(),
        "xvfb": screen.server_version(),
        "screen": f"{screen.width}x{screen.height}",
    }
