"""A real kiosk on a virtual screen: pressed, killed, stopped and searched from outside."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from types import UnionType

import pytest
from PySide6.QtCore import QPoint

from kiosk.house import DEMO_SITE, open_house
from kiosk.ui.picture import built
from kiosk.ui.theme import Panel
from kiosk.visit.actions import SetLanguage, SetLook, SetSize, SetSpeech
from kiosk.visit.places import HelpPlace, LobbyPlace, Place
from kiosk.visit.visit import Visit
from tests.bench.plan import walks
from tests.bench.probe import VirtualScreen
from tests.bench.steady import steady_site
from tests.bench.watching import Pixels, difference, settle
from tests.faults.fingers import Fingers

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
WIDTH, HEIGHT, WIDTH_MM = 1080, 1920, 268.0
SITE = steady_site(DATA / "sites" / DEMO_SITE)
CHANGING = SetLanguage | SetLook | SetSize | SetSpeech
RUN = (str(ROOT / "run_kiosk.py"),)


@cache
def ways(width: int = WIDTH, height: int = HEIGHT, site: Path = SITE) -> dict[str, list[tuple[int, int]]]:
    """Return the taps from the lobby to each page."""
    house = open_house(DATA, site)
    found: dict[str, list[tuple[int, int]]] = {}
    for walk in walks(house, Panel.measured(width, height, WIDTH_MM)):
        found.setdefault(str(walk["page"]), [(x, y) for x, y in walk["taps"]])
    return found


@cache
def spots_of(
    place: Place, kinds: type | UnionType, width: int = WIDTH, height: int = HEIGHT, site: Path = SITE
) -> list[tuple[int, int]]:
    """Return where a page has the buttons of these actions."""
    house = open_house(DATA, site)
    visit = Visit(trail=(LobbyPlace(), place))
    page = built(house, visit, Panel.measured(width, height, WIDTH_MM))
    wanted = [b for b in page.buttons() if isinstance(b.action, kinds)]
    spots = [b.mapTo(page, QPoint(b.width() // 2, b.height() // 2)) for b in wanted]
    page.deleteLater()
    return [(spot.x(), spot.y()) for spot in spots]


def strip_of(screen: VirtualScreen) -> tuple[int, int]:
    """Return a spot on the strip."""
    return screen.width // 2, screen.height - 40


def short_and_long(short: int, long: int) -> list:
    """Return how often to try: a little by default, and as often as promised with `-m slow`."""
    return [short, pytest.param(long, marks=pytest.mark.slow)]


class RunningKiosk:
    """The kiosk as it is installed. `program` is what Python runs, `wrapper` what runs Python."""

    def __init__(
        self,
        screen: VirtualScreen,
        wrapper: Sequence[str] = (),
        program: Sequence[str] = RUN,
        site: Path = SITE,
        **environment: str,
    ) -> None:
        self.screen = screen
        self.site = site
        self.strip = strip_of(screen)
        self._fingers = Fingers(self)
        self._start = partial(
            screen.spawn, [*wrapper, sys.executable, *program, "--site", str(site)], environment
        )
        self.child = self._start()
        middle = screen.pixels()[:, screen.width // 2, 0]
        self.wait_until(lambda: middle.min() != middle.max(), 20)  # more than a ground of one colour
        self.rest()
        self.lobby: Pixels = screen.pixels().copy()

    # Processes

    @property
    def host(self) -> int:
        """The process that has the visits as children."""
        pids = [self.child.pid, *descendants(self.child.pid)]
        return next(pid for pid in pids if cmdline(pid).startswith(sys.executable))

    def visits(self) -> list[int]:
        """The visit processes, oldest first: with two of them, the first is on screen."""
        return sorted(children(self.host), key=started)

    def start_again(self) -> None:
        """Do what systemd does when the host has died."""
        self.child = self._start()

    def kill(self, pid: int, number: int = signal.SIGKILL) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)

    # The visitor

    def ways(self) -> dict[str, list[tuple[int, int]]]:
        """Return the taps from the lobby to each page of this site on this screen."""
        return ways(self.screen.width, self.screen.height, self.site)

    def walk(self, page: str) -> None:
        for spot in self.ways()[page]:
            self.tap(spot)

    def tap(self, spot: tuple[int, int]) -> None:
        """Tap as a visitor does, and wait until the screen is quiet, whether or not something came of it."""
        self._fingers.tap(spot, hold_s=0.06, answer_s=0.3)
        self.rest(0.08)

    def use_controls(self) -> None:
        """Change language, text size, colours and perhaps the voice of the page that is open."""
        for spot in self.spots_of(HelpPlace(), CHANGING):
            self.tap(spot)

    def spots_of(self, place: Place, kinds: type | UnionType) -> list[tuple[int, int]]:
        """Return where a page of this site has the buttons of these actions."""
        return spots_of(place, kinds, self.screen.width, self.screen.height, self.site)

    def hide(self) -> None:
        self.screen.press(*self.strip)
        time.sleep(0.03)
        self.screen.release(*self.strip)

    # What can be seen

    def rest(self, quiet_s: float = 0.3) -> None:
        assert settle(self.screen.pixels(), quiet_s, 10.0)

    def shows_lobby(self) -> bool:
        return difference(self.screen.pixels(), self.lobby) is None

    def wait_for_lobby(self, limit_s: float = 5.0) -> float:
        """Return the seconds until the lobby is on the glass."""
        return self.wait_until(self.shows_lobby, limit_s)

    def wait_for_standby(self, limit_s: float = 5.0) -> None:
        self.wait_until(self._has_standby, limit_s)

    def _has_standby(self) -> bool:
        found = self.visits()
        return len(found) == 2 and self.is_resting(found[1])

    def end_visit(self, limit_s: float = 5.0) -> None:
        """Hide, and wait until the next visit has the screen and a standby of its own."""
        old = self.visits()[0]
        self.hide()
        self.wait_for_next(old, limit_s)

    def wait_for_next(self, old: int, limit_s: float) -> None:
        """Wait until the lobby is back, the old visit gone, and a standby ready."""
        self.wait_for_lobby(limit_s)
        self.wait_until(lambda: old not in self.visits(), limit_s)
        self.wait_for_standby(limit_s)

    @staticmethod
    def is_resting(pid: int) -> bool:
        """True once a visit has warmed up: it waits, and has for a moment, and not for the processor."""
        before = processor_ticks(pid)
        for _ in range(5):
            if state_of(pid) != "S":
                return False
            time.sleep(0.03)
        return processor_ticks(pid) == before > 0

    @staticmethod
    def wait_until(condition, limit_s: float) -> float:
        began = time.perf_counter()
        while not condition():
            assert time.perf_counter() - began < limit_s, "it did not happen in time"
            time.sleep(0.002)
        return time.perf_counter() - began


def stat_of(pid: int) -> list[str]:
    """Return what the kernel tells of a process from its state on (proc(5), field 3); empty if gone."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []


def started(pid: int) -> int:
    """Return when a process was started, in clock ticks; process ids begin anew at some number."""
    words = stat_of(pid)
    return int(words[19]) if words else 0


def processor_ticks(pid: int) -> int:
    """Return the processor time a process has had, in clock ticks; 0 when it is gone."""
    words = stat_of(pid)
    return int(words[11]) + int(words[12]) if words else 0


def state_of(pid: int) -> str:
    """Return the state letter of a process, "Z" for a zombie, or "gone"."""
    return (stat_of(pid) or ["gone"])[0]


def is_running(pid: int) -> bool:
    return state_of(pid) not in {"gone", "Z"}


def own_memory(host: int) -> int:
    """Return the memory in kB that the host and its visits made themselves, shared pages counted once.

    That is PSS without the pages of files: their share depends on who else has the same libraries loaded.
    """
    total = 0
    for pid in (host, *descendants(host)):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) for line in rollup if line.startswith(("Pss_Anon", "Pss_Shmem")))
    return total


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
