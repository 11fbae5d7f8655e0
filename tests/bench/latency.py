"""How fast is the kiosk? Start it on a virtual screen, press it, and time the last changed pixel.

    python tests/bench/latency.py [--walks walks.json] [--presses 200] [--starts 10] [--load] [--json]

`walks.json` tells how to reach each page from the lobby, positions in px of the screen of --size:

    [{"page": "help", "taps": [[540, 700]]}, {"page": "forms", "taps": [[540, 900], [200, 400]]}]

Measured, each to the last changed pixel (see watching.py for the error):
    hide   from the press of the strip on a page; the screen must then equal the lobby, pixel by pixel
    page   from the release of a tap to its page (taps act on release), every tap of every walk
    start  from the exec of the process to the first page, followed by 300 ms without a change

Exit status 1 if a tap did nothing, a screen was not the one expected, or never became quiet.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from loads import load
from probe import VirtualScreen, figures, surroundings, table
from shares import come_first
from steady import steady_site
from watching import Pixels, Reading, Watch, difference, settle, watch

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "data" / "sites" / "police-lobby.toml"
QUIET_S = 0.3
LIMIT_S = 3.0
START_LIMIT_S = 20.0
APART_S = 0.4
"""The kiosk ignores a second tap on a spot within 0.3 s; all taps here keep this distance."""
HOLD_S = 0.06
STRIP_MM = 20.0


@dataclass(frozen=True)
class Walk:
    """The taps, in px, that lead from the lobby to a page."""

    page: str
    taps: tuple[tuple[int, int], ...]


def read_walks(file: Path) -> list[Walk]:
    """Read walks from JSON, as shown at the top of this module; a walk without taps is left out."""
    raw = json.loads(file.read_text())
    walks = [Walk(item["page"], tuple((int(x), int(y)) for x, y in item["taps"])) for item in raw]
    return [walk for walk in walks if walk.taps]


def kiosk_at_night() -> list[str]:
    """Return the command of this kiosk on a site whose pages do not change during the run."""
    return [sys.executable, str(ROOT / "run_kiosk.py"), "--site", str(steady_site(SITE))]


def planned(options: argparse.Namespace) -> list[Walk]:
    """Return the shortest way to every page, from a process of its own without a screen."""
    width, height = options.size
    command = [
        sys.executable,
        str(ROOT / "tests" / "bench" / "plan.py"),
        f"{width}x{height}",
        str(options.panel_mm),
        str(steady_site(SITE)),
    ]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [Walk(item["page"], tuple((x, y) for x, y in item["taps"])) for item in found if item["taps"]]


def strip_middle(width: int, height: int, panel_mm: float) -> tuple[int, int]:
    """Return the middle of the strip in px, on a panel `panel_mm` wide."""
    return width // 2, round(height - STRIP_MM / 2 * width / panel_mm)


@dataclass
class Bench:
    """One kiosk on one virtual screen, and what has been measured on it."""

    screen: VirtualScreen
    command: list[str]
    strip: tuple[int, int]
    pause_s: float
    hides: list[tuple[str, Reading]] = field(default_factory=list)
    pages: list[tuple[str, Reading]] = field(default_factory=list)
    starts: list[tuple[str, Reading]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _released: float = 0.0

    def _expect(self, wanted: Pixels, where: str) -> bool:
        """Note a fault if the screen does not show `wanted`."""
        differs = difference(self.screen.pixels(), wanted)
        if differs:
            self.faults.append(f"{where}: the screen differs, {differs}")
        return not differs

    def _note(self, kept: list[tuple[str, Reading]], label: str, reading: Reading) -> bool:
        """Keep a reading; note a fault if nothing changed or the screen did not become quiet."""
        kept.append((label, reading))
        if reading.last_ms is None:
            self.faults.append(f"{label}: nothing changed")
        elif reading.timed_out:
            self.faults.append(f"{label}: still changing at the limit")
        return reading.last_ms is not None

    def _keep_apart(self) -> None:
        """Wait until the kiosk takes a tap on the same spot again."""
        time.sleep(max(0.0, self._released + APART_S - time.perf_counter()))

    def tap(self, label: str, at: tuple[int, int]) -> bool:
        """Tap at `at` px and time the page from the release; False if nothing changed."""
        self._keep_apart()
        self.screen.press(*at)
        time.sleep(HOLD_S)
        release = partial(self.screen.release, *at)
        reading = watch(self.screen.pixels(), release, QUIET_S, LIMIT_S, self.pause_s)
        self._released = time.perf_counter()
        return self._note(self.pages, label, reading)

    def press_strip(self) -> Reading:
        """Press the strip, time what changes, and release it when the screen is quiet."""
        self._keep_apart()
        press = partial(self.screen.press, *self.strip)
        return watch(self.screen.pixels(), press, QUIET_S, LIMIT_S, self.pause_s)

    def release_strip(self) -> None:
        """Let go of the strip and wait for the screen to be quiet."""
        self.screen.release(*self.strip)
        self._released = time.perf_counter()
        settle(self.screen.pixels(), 0.05, LIMIT_S)

    def hide(self, walk: Walk, lobby: Pixels) -> None:
        """Walk to a page, press the strip there, and check that the lobby is shown."""
        for i, at in enumerate(walk.taps, 1):
            self.tap(f"{walk.page} tap {i}", at)
        self._note(self.hides, f"hide {walk.page}", self.press_strip())
        self._expect(lobby, f"hide {walk.page}, strip held")
        self.release_strip()
        if not self._expect(lobby, f"hide {walk.page}, strip released"):
            self.press_strip()
            self.release_strip()

    def session(self, walks: list[Walk], presses: int) -> Pixels:
        """Start the kiosk, press Hide `presses` times over all walks; return its first page."""
        kiosk, _ = self.start()
        settle(self.screen.pixels(), 1.5, START_LIMIT_S)
        first = self.screen.pixels().copy()
        self.screen.tap(*self.strip)
        settle(self.screen.pixels(), 1.0, LIMIT_S)
        lobby = self.screen.pixels().copy()
        for walk in islice(cycle(walks), presses):
            self.hide(walk, lobby)
            if kiosk.poll() is not None:
                raise RuntimeError("the kiosk ended:\n" + self.screen.log())
        self._stop(kiosk)
        return first

    def start(self, wanted: Pixels | None = None) -> tuple[subprocess.Popen[bytes], Reading]:
        """Start the kiosk; time until it is quiet, and if given, until it shows `wanted`."""
        eye = Watch(self.screen.pixels(), self.pause_s)
        begun = time.perf_counter()
        kiosk = self.screen.spawn(self.command)
        reading = eye.run(begun, QUIET_S, START_LIMIT_S)
        while wanted is not None and difference(self.screen.pixels(), wanted):
            later = eye.run(begun, QUIET_S, START_LIMIT_S)
            if later.last_ms is None:
                break
            reading = later
        if reading.last_ms is None:
            raise RuntimeError("the kiosk shows nothing:\n" + self.screen.log())
        return kiosk, reading

    def time_starts(self, count: int, first: Pixels) -> None:
        """Start and end the kiosk `count` times; the screen is black before each start."""
        for i in range(1, count + 1):
            kiosk, reading = self.start(first)
            self._note(self.starts, f"start {i}", reading)
            self._expect(first, f"start {i}")
            self._stop(kiosk)

    def _stop(self, kiosk: subprocess.Popen[bytes]) -> None:
        """End the kiosk and wait until its window is gone from the screen."""
        self.screen.stop(kiosk)
        settle(self.screen.pixels(), QUIET_S, LIMIT_S)

    def report(self) -> dict[str, object]:
        """Return everything measured, ready for JSON; times in ms."""
        rows = {"hide": self.hides, "page": self.pages, "start": self.starts}
        return {
            "surroundings": surroundings(self.screen),
            "figures": {name: (f := figures(kept)) and asdict(f) for name, kept in rows.items()},
            "readings": {
                name: [{"label": label, **asdict(r)} for label, r in kept] for name, kept in rows.items()
            },
            "faults": self.faults,
        }

    def show(self, *, loaded: bool) -> None:
        """Print surroundings, one table, and the faults."""
        for name, value in surroundings(self.screen).items():
            print(f"{name:<13} {value}")
        print(f"{'load':<13} {'two spinning processes' if loaded else 'none of ours'}")
        polls = sorted(r.poll_ms for _, r in self.hides + self.pages)
        print(f"{'poll':<13} {polls[len(polls) // 2] if polls else 0:.3f} ms (median)\n")
        rows = {"hide (press to lobby)": self.hides, "page (release to page)": self.pages}
        rows["start (exec to first page)"] = self.starts
        print(table({name: figures(kept) for name, kept in rows.items()}))
        print(f"\n{len(self.faults)} faults", *self.faults, sep="\n  ")


def parse_size(text: str) -> tuple[int, int]:
    """Turn "1080x1920" into px."""
    width, height = text.lower().split("x")
    return int(width), int(height)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=parse_size, default=(1080, 1920), metavar="WxH", help="screen, px")
    parser.add_argument("--presses", type=int, default=200, help="of Hide, over all walks in turn")
    parser.add_argument(
        "--walks",
        type=Path,
        metavar="FILE",
        help="JSON, see above; else every page, worked out from the kiosk itself",
    )
    parser.add_argument("--starts", type=int, default=10, help="of the process")
    parser.add_argument("--load", action="store_true", help="both processors busy")
    parser.add_argument("--json", action="store_true", help="print JSON with every reading")
    parser.add_argument("--panel-mm", type=float, default=268.0, help="width of the panel, mm")
    parser.add_argument("--pause-ms", type=float, help="sleep between polls (default 0; 0.3 with --load)")
    parser.add_argument("--command", help="the program measured (default: this kiosk, at night)")
    return parser.parse_args()


def main() -> int:
    """Measure and print; return the exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = parse_options()
    walks = read_walks(options.walks) if options.walks else planned(options)
    pause_ms = options.pause_ms if options.pause_ms is not None else 0.3 * options.load
    os.chdir(ROOT)
    come_first()
    compileall.compile_dir(ROOT / "kiosk", quiet=1)  # as the README's first command installs it
    with VirtualScreen(*options.size) as screen, load(options.load):
        strip = strip_middle(screen.width, screen.height, options.panel_mm)
        command = shlex.split(options.command) if options.command else kiosk_at_night()
        bench = Bench(screen, command, strip, pause_ms / 1e3)
        bench.time_starts(options.starts, bench.session(walks, options.presses))
        if options.json:
            print(json.dumps({**bench.report(), "load": options.load}, indent=1))
        else:
            bench.show(loaded=options.load)
    return 1 if bench.faults else 0


if __name__ == "__main__":
    sys.exit(main())
