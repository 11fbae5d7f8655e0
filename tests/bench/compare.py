"""The kiosk against what a site would install instead: Chromium in kiosk mode with the same directory.

    python tests/bench/compare.py [--presses 1000] [--peers 1000] [--visits 10000] [--peer-visits 1000]
        [--size 1080x1920,3840x2160] [--parts hide,work,apart,resources,compositors,visits,growth]
        [--quick] [--json] [--loads idle,processors,memory] [--services 10,...,100000]

Needs the Debian packages chromium and xvfb, cage, xwayland and weston for the part compositors (weston may be
missing), and root for the resources.
Programs take turns in blocks, so that whatever else the machine does hits all of them.
    hide         Hide on every page in turn: idle, both processors busy, memory pressure; tap to page; start
    work         Hide while a page, a code or a list is being made: a tenth as many
    apart        Hide while the kiosk speaks, prints into a jam, takes new content over: a tenth as many
    resources    memory, idle processor and wake-ups, processor time a visit, writes, sockets, size installed
    compositors  Hide and tap to page with cage and then weston in between, as a kiosk has it: a tenth as many
    visits       memory and latency over `--visits` visits, `--peer-visits` of the page: slopes and intervals
    growth       start, memory, page and Hide with `--services` made-up services
The first size is given everything, each further one the parts hide (idle, processors) and resources with a
fifth of the presses. `--peers` presses are made of the pages in the browser where it is given, fewer than of
the kiosk. Times are what stage.py says, sizes what resources.py says. Ctrl+C ends a run early: what has been
measured by then is printed.
Exit status 1 if a screen was ever not the one expected, 2 if something has to be installed first, 130 if
it was ended early.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import compositors
import growth
import report
import situations
import visits
from latency import ROOT
from loads import LOADS, under
from peer.site import Exit
from probe import VirtualScreen, surroundings
from resources import Meter, Taken, installed_chromium_mb, installed_kiosk_mb
from rivals import CHROMIUM, Rival, kiosk, missing, peer, same_walks
from shares import come_first
from stage import Kept, Stage, walk_without_watching
from steady import steady_site
from wanted import parse_options
from watching import settle

from kiosk.house import open_house
from kiosk.ui.run import make_application

FURTHER = ("hide", "resources")
PACE_S = 0.35
BEGUN = time.perf_counter()


class Comparison:
    """All programs on one screen, one at a time. `share` is how much of the presses this screen is given."""

    def __init__(
        self, screen: VirtualScreen, options: argparse.Namespace, scratch: Path, share: float, kept: Kept
    ) -> None:
        self.options = options
        self.size = (screen.width, screen.height)
        self.where = "" if share == 1 else f" at {screen.width}x{screen.height}"
        self.share = share
        self.stage = Stage(screen, kept, self.where)
        self.taken: dict[str, Taken] = {}
        self.grown: list[growth.Grown] = []
        self.courses: list[visits.Course] = []
        self.scratch = scratch
        self.rivals = self._rivals(self.size)

    def _rivals(self, size: tuple[int, int]) -> list[Rival]:
        site = steady_site(ROOT / "data" / "sites" / "police-lobby.toml")
        house = open_house(ROOT / "data", site)
        rivals = [kiosk(ROOT / "data", site, size)]
        for leaving in (Exit.IN_PLACE, Exit.GOV_UK):
            folder = self.scratch / f"{leaving.name.lower()}-{size[0]}x{size[1]}"
            rivals.append(peer(house, folder, size, leaving))
        same_walks(rivals)
        return rivals

    def learn(self, stage: Stage, rivals: list[Rival]) -> None:
        """Learn how each lobby looks."""
        for rival in rivals:
            with stage.running(rival):
                pass
            if rival.leaves:
                stage.learn_overlay(rival)

    def _presses(self, rival: Rival, share: float = 1.0) -> int:
        wanted = self.options.presses if rival.name == report.KIOSK else self.options.peers
        return max(min(6, wanted), round(wanted * self.share * share))

    def hides(self) -> None:
        """Press Hide on every page in turn, under each load."""
        for load in self.options.loads:
            if self.share < 1 and load not in LOADS[:2]:
                continue
            self.stage.strain(load != "idle")
            with under(load):
                self._in_blocks(self.stage, self.rivals, load)
        self.stage.strain(False)

    def _in_blocks(self, stage: Stage, rivals: list[Rival], load: str, share: float = 1.0) -> None:
        """Let the programs take turns, the one with most presses in blocks of 50 or a little more."""
        counts = {rival.name: self._presses(rival, share) for rival in rivals}
        rounds = max(1, max(counts.values()) // 50)
        for turn in range(rounds):
            first = turn % len(rivals)
            for rival in rivals[first:] + rivals[:first]:
                done, until = (counts[rival.name] * edge // rounds for edge in (turn, turn + 1))
                tell(f"{load}{stage.where}: {rival.name}, {done} of {counts[rival.name]}")
                with stage.running(rival, "start" if load == "idle" else f"start, {load}"):
                    settle(stage.screen.pixels(), 0.5, 5.0)
                    for walk in islice(cycle(rival.walks), done, until):
                        stage.visit(rival, walk, load)

    def works(self) -> None:
        """Press Hide while a page is being made, and while a code is."""
        for rival in self.rivals:
            tell(f"at work: {rival.name}")
            presses = self._presses(rival, 0.1)
            deep = [walk for walk in rival.walks if len(walk.taps) > 1]
            with self.stage.running(rival):
                settle(self.stage.screen.pixels(), 1.0, 5.0)
                for work, walks in (("page in the making", deep), ("code in the making", rival.codes)):
                    for walk in islice(cycle(walks), presses if walks else 0):
                        self.stage.visit_at_work(rival, walk, work)

    def apart(self) -> None:
        """Press Hide while the kiosk does what a page in a browser does not."""
        folder = self.scratch / "situations"
        folder.mkdir()
        for trial in situations.apart_from_browsers(folder):
            tell(f"apart: {trial.name}")
            readings, faults = situations.run(self.stage.screen, trial, self._presses(self.rivals[0], 0.1))
            self.stage.kept(f"hide, {trial.name}", self.rivals[0]).extend(readings)
            self.stage.faults += faults

    def resources(self) -> None:
        """Count what each takes, untouched for a while and over some visits at a fixed pace."""
        for rival in self.rivals:
            tell(f"resources{self.where}: {rival.name}")
            with self.stage.running(rival) as pid:
                meter = Meter(pid)
                settle(self.stage.screen.pixels(), 10.0, 12.0)  # what browsers do after a start is not idling
                meter.idle(self.options.idle_s)
                before = meter.cpu()
                for walk in islice(cycle(rival.walks), self.options.counted):
                    walk_without_watching(self.stage, walk, PACE_S, meter.look)
                meter.taken.cpu_s_per_visit = (meter.cpu() - before) / self.options.counted
                meter.finish()
            taken = self.taken[rival.name] = meter.taken
            taken.profile_bytes = rival.profiles[-1]
            is_kiosk = rival.name == report.KIOSK
            taken.installed_mb = installed_kiosk_mb() if is_kiosk else installed_chromium_mb()

    def compositors(self) -> None:
        """Press Hide on every page in turn, with a compositor between program and screen."""
        bare = self._rivals(compositors.SIZE)
        found = compositors.installed()
        for name in compositors.COMPOSITORS:
            if name not in found:
                tell(f"{name} is not installed: not measured")
                continue
            folder = self.scratch / name
            folder.mkdir(mode=0o755)
            rivals = compositors.COMPOSITORS[name](bare, folder)
            with VirtualScreen(*compositors.SIZE) as screen:
                stage = Stage(screen, self.stage.readings)
                stage.aim_s = compositors.AIM_S
                self.learn(stage, rivals)
                self._in_blocks(stage, rivals, f"in {name}", compositors.SHARE)
            self.stage.faults += stage.faults

    def visits(self) -> None:
        """Visit the kiosk and the page that covers in place again and again."""
        for rival in visits.with_short_walks(self.rivals[:2], self.stage):
            tell(f"visits: {rival.name}")
            wanted = self.options.visits if rival.name == report.KIOSK else self.options.peer_visits
            self.courses.append(visits.many_visits(self.stage, rival, wanted))

    def growing(self) -> None:
        """Measure synthetic directories of several sizes."""
        for services in self.options.services:
            tell(f"growth: {services} services")
            self.grown += growth.grow(self.stage.screen, self.size, services)

    def run(self) -> None:
        """Measure all parts that are wanted for this screen."""
        parts = {"hide": self.hides, "work": self.works, "apart": self.apart, "resources": self.resources}
        parts |= {"compositors": self.compositors, "visits": self.visits, "growth": self.growing}
        wanted = [part for part in self.options.parts if self.share == 1 or part in FURTHER]
        if set(wanted) - {"growth", "compositors"}:
            self.learn(self.stage, self.rivals)
        for name in wanted:
            parts[name]()

    def around(self) -> dict[str, object]:
        """Return machine, versions, date, load and pace."""
        found = surroundings(self.stage.screen)
        shown = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=False).stdout
        presses = f"{self.options.presses} of the kiosk, {self.options.peers} of the pages"
        return found | {"chromium": shown.strip(), "presses": presses}


def show(begun: dict[str, object], ended: dict[str, object], all_of: list[Comparison], kept: Kept) -> None:
    """Print surroundings at the beginning and the end, the tables, and the faults."""
    for name, value in begun.items():
        later = f"   (at the end: {ended[name]})" if ended[name] != value else ""
        print(f"{name:<13} {value}{later}")
    rows = report.time_rows(report.timed(kept))
    for one in all_of:
        rows += report.resource_rows(one.taken, one.where) if one.taken else []
    if rows:
        print(f"\n{report.table(rows)}\n\n{report.READING}")
    for one in all_of:
        if one.courses:
            print(f"\n{visits.table(one.courses)}")
        if one.grown:
            print(f"\n{growth.table(one.grown)}")
    faults = [fault for one in all_of for fault in one.stage.faults]
    print(f"\n{len(faults)} faults", *faults, sep="\n  ")


def as_json(begun: dict[str, object], all_of: list[Comparison], kept: Kept) -> str:
    """Return everything with every reading."""
    found = report.as_json(kept, {one.where: one.taken for one in all_of if one.taken})
    grown = [asdict(each) for one in all_of for each in one.grown]
    courses = [asdict(each) for one in all_of for each in one.courses]
    faults = [fault for one in all_of for fault in one.stage.faults]
    return json.dumps(
        {"surroundings": begun, **found, "visits": courses, "growth": grown, "faults": faults}, indent=1
    )


def tell(what: str) -> None:
    """Say on standard error what is being done, and after how many seconds."""
    print(f"{time.perf_counter() - BEGUN:6.0f} s  {what}", file=sys.stderr, flush=True)


def lacking(options: argparse.Namespace) -> str | None:
    """Return one sentence about what is missing for these parts, None when all is there."""
    if "resources" in options.parts and os.geteuid() != 0:
        return "only root can read what a program takes; run it as root, or with --parts hide,work"
    return missing() or (compositors.lacking() if "compositors" in options.parts else None)


def measure(options: argparse.Namespace, kept: Kept, all_of: list[Comparison]) -> Iterator[dict[str, object]]:
    """Measure on a screen of each size; give the surroundings at the beginning and after each size."""
    with tempfile.TemporaryDirectory(prefix="compare-") as scratch:
        Path(scratch).chmod(0o755)  # cage and what it starts run as nobody
        for size in options.sizes:
            with VirtualScreen(*size) as screen:
                one = Comparison(screen, options, Path(scratch), 0.2 if all_of else 1.0, kept)
                all_of.append(one)
                if len(all_of) == 1:
                    yield one.around()
                one.run()
                yield one.around()


def main() -> int:
    """Measure and print; return the exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = parse_options(__doc__)
    if words := lacking(options):
        tell(words)
        return 2
    os.chdir(ROOT)
    application = make_application()
    come_first()
    compileall.compile_dir(ROOT / "kiosk", quiet=1)  # as the README's first command installs it
    kept: Kept = defaultdict(list)
    all_of: list[Comparison] = []
    around: list[dict[str, object]] = []
    ended_early = False
    try:
        for each in measure(options, kept, all_of):
            around.append(each)  # noqa: PERF402 - what came before it was ended early is kept
    except KeyboardInterrupt:
        ended_early = True
        around = [each | {"ended": "early, by hand"} for each in around]
    if around and options.json:
        print(as_json(around[0], all_of, kept))
    elif around:
        show(around[0], around[-1] | {"screen": around[0]["screen"]}, all_of, kept)
    del application
    if ended_early:
        return 130
    return 1 if any(one.stage.faults for one in all_of) else 0


if __name__ == "__main__":
    sys.exit(main())
