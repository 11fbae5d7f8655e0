"""A real kiosk on a virtual screen: pressed, killed, stopped and searched from outside."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from kiosk.house import DEMO_SITE, open_house
from kiosk.ui.theme import Panel
from tests.bench.plan import walks
from tests.bench.probe import Pixels, VirtualScreen, difference, settle

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
WIDTH, HEIGHT, WIDTH_MM = 1080, 1920, 268.0
STRIP = (WIDTH // 2, HEIGHT - 40)


@cache
def ways() -> dict[str, list[tuple[int, int]]]:
    """Return the taps from the lobby to each page."""
    house = open_house(DATA, DATA / "sites" / DEMO_SITE)
    found: dict[str, list[tuple[int, int]]] = {}
    for walk in walks(house, Panel.measured(WIDTH, HEIGHT, WIDTH_MM)):
        found.setdefault(str(walk["page"]), [(x, y) for x, y in walk["taps"]])
    return found


class RunningKiosk:
    def __init__(self, screen: VirtualScreen, wrapper: Sequence[str] = (), **environment: str) -> None:
        self.screen = screen
        command = [*wrapper, sys.executable, str(ROOT / "run_kiosk.py")]
        self.child = screen.spawn(command, environment)
        self.wait_until(lambda: screen.pixels()[HEIGHT // 2].max() > 0, 20)
        self.rest()
        self.lobby: Pixels = screen.pixels().copy()

    # Processes

    @property
    def host(self) -> int:
        """The process that has the visits as children."""
        pids = [self.child.pid, *descendants(self.child.pid)]
        return next(pid for pid in pids if "run_kiosk" in cmdline(pid) and "strace" not in cmdline(pid))

    def visits(self) -> list[int]:
        """The visit processes, oldest first: with two of them, the first is on screen."""
        return sorted(children(self.host))

    def kill(self, pid: int, number: int = signal.SIGKILL) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)

    # The visitor

    def walk(self, page: str) -> None:
        for spot in ways()[page]:
            self.tap(spot)

    def tap(self, spot: tuple[int, int]) -> None:
        self.screen.tap(*spot)
        self.rest(0.12)
        time.sleep(0.2)

    def hide(self) -> None:
        self.screen.press(*STRIP)
        time.sleep(0.03)
        self.screen.release(*STRIP)

    # What can be seen

    def rest(self, quiet_s: float = 0.3) -> None:
        assert settle(self.screen.pixels(), quiet_s, 10.0)

    def shows_lobby(self) -> bool:
        return difference(self.screen.pixels(), self.lobby) is None

    def wait_for_lobby(self, limit_s: float = 5.0) -> float:
        """Return the seconds until the lobby is on the glass."""
        return self.wait_until(self.shows_lobby, limit_s)

    def wait_for_standby(self, limit_s: float = 5.0) -> None:
        self.wait_until(lambda: len(self.visits()) == 2, limit_s)
        time.sleep(0.6)

    @staticmethod
    def wait_until(condition, limit_s: float) -> float:
        began = time.perf_counter()
        while not condition():
            assert time.perf_counter() - began < limit_s, "it did not happen in time"
            time.sleep(0.002)
        return time.perf_counter() - began


def children(pid: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(word) for word in (task / "children").read_text().split()]
    return found


def descendants(pid: int) -> list[int]:
    return [each for child in children(pid) for each in (child, *descendants(child))]


def cmdline(pid: int) -> str:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def copies(pid: int, marker: str) -> int:
    """Return how often a text stands in the readable memory of a process, in three encodings."""
    needles = {marker.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")}
    count = 0
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            span, rights, *_ = line.split()
            if "r" not in rights or "[v" in line:
                continue
            start, end = (int(edge, 16) for edge in span.split("-"))
            count += sum(chunk.count(needle) for chunk in _chunks(memory, start, end) for needle in needles)
    return count


def _chunks(memory, start: int, end: int, size: int = 1 << 24) -> Iterator[bytes]:
    for at in range(start, end, size):
        with contextlib.suppress(OSError, ValueError):
            memory.seek(at)
            yield memory.read(min(size, end - at))


def has(*programs: str) -> bool:
    return all(
        subprocess.run(["which", name], capture_output=True, check=False).returncode == 0 for name in programs
    )
