"""The kiosk against what a site would install instead: Chromium in kiosk mode with the same directory.

    python tests/bench/compare.py [--presses 1000] [--quick] [--json] [--size 1080x1920]
        [--parts hide,work,resources,growth] [--services 10,100,1000,10000]

Needs the Debian packages chromium and xvfb, and root for the resources. Programs take turns in blocks, so
that whatever else the machine does hits all of them; `--presses` is for each program and each load. 1,000 of
them take some hours, `--quick` some minutes. Times are what stage.py says, sizes what resources.py says.

Not measured, because the product does not have them yet: Hide during speech, during the making of a printed
slip, and while a new content set is taken over. Nor are the glass, its controller and a compositor.
Exit status 1 if a screen was ever not the one expected, 2 if something has to be installed first.
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
from dataclasses import asdict
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import growth
import report
from latency import ROOT, parse_size
from loads import LOADS, under
from peer.site import Exit
from probe import VirtualScreen, come_first, settle, surroundings
from resources import Meter, Taken, installed_chromium_mb, installed_kiosk_mb
from rivals import CHROMIUM, kiosk, missing, peer, same_walks
from stage import Stage, walk_without_watching
from steady import steady_site

from kiosk.house import open_house

PARTS = ("hide", "work", "resources", "growth")
PACE_S = 0.35


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--presses", type=int, help="of Hide, for each program and load (1000; quick: 6)")
    parser.add_argument("--quick", action="store_true", help="few presses, to see that it works")
    parser.add_argument("--json", action="store_true", help="print JSON with every reading")
    parser.add_argument("--size", type=parse_size, default=(1080, 1920), metavar="WxH", help="screen, px")
    parser.add_argument("--parts", default=",".join(PARTS[:3]), help="of %(default)s,growth")
    parser.add_argument("--services", default="10,100,1000,10000", help="sizes for the part growth")
    options = parser.parse_args()
    options.parts = options.parts.split(",")
    options.services = [int(number) for number in options.services.split(",")]
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {unknown.pop()}; the parts are {', '.join(PARTS)}")
    options.presses = options.presses or (6 if options.quick else 1000)
    options.block = min(options.presses, 10 if options.quick else 50)
    options.idle_s = 5.0 if options.quick else 30.0
    options.counted = 6 if options.quick else 50
    return options


class Comparison:
    """All programs on one screen, one at a time."""

    def __init__(self, screen: VirtualScreen, options: argparse.Namespace, scratch: Path) -> None:
        self.options = options
        self.stage = Stage(screen)
        self.taken: dict[str, Taken] = {}
        self.grown: list[growth.Grown] = []
        site = steady_site(ROOT / "data" / "sites" / "police-lobby.toml")
        house = open_house(ROOT / "data", site)
        self.rivals = [kiosk(ROOT / "data", site, options.size)]
        for folder, leaving in (("in-place", Exit.IN_PLACE), ("gov-uk", Exit.GOV_UK)):
            self.rivals.append(peer(house, scratch / folder, options.size, leaving))
        same_walks(self.rivals)

    def learn(self) -> None:
        """Learn how each lobby looks."""
        for rival in self.rivals:
            with self.stage.running(rival):
                pass
            if rival.leaves:
                self.stage.learn_overlay(rival)

    def hides(self) -> None:
        """Press Hide on every page in turn, under each load."""
        for load in LOADS:
            self.stage.strain(load != "idle")
            with under(load):
                self._in_blocks(load, self.options.presses)
        self.stage.strain(False)

    def _in_blocks(self, load: str, presses: int) -> None:
        size = self.options.block
        for done in range(0, presses, size):
            turn = done // size % len(self.rivals)
            for rival in self.rivals[turn:] + self.rivals[:turn]:
                tell(f"{load}: {rival.name}, {done} of {presses}")
                with self.stage.running(rival, "start" if load == "idle" else f"start, {load}"):
                    settle(self.stage.screen.pixels(), 1.0, 5.0)
                    for walk in islice(cycle(rival.walks), done, done + size):
                        self.stage.visit(rival, walk, load)

    def works(self) -> None:
        """Press Hide while a page is being made, and while a code is."""
        presses = max(6, self.options.presses // 10)
        for rival in self.rivals:
            tell(f"at work: {rival.name}")
            deep = [walk for walk in rival.walks if len(walk.taps) > 1]
            with self.stage.running(rival):
                settle(self.stage.screen.pixels(), 1.0, 5.0)
                for work, walks in (("page in the making", deep), ("code in the making", rival.codes)):
                    for walk in islice(cycle(walks), presses if walks else 0):
                        self.stage.visit_at_work(rival, walk, work)

    def resources(self) -> None:
        """Count what each takes, untouched for a while and over some visits at a fixed pace."""
        for rival in self.rivals:
            tell(f"resources: {rival.name}")
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

    def growing(self) -> None:
        """Measure synthetic directories of several sizes."""
        for services in self.options.services:
            tell(f"growth: {services} services")
            self.grown += growth.grow(self.stage.screen, self.options.size, services)

    def around(self) -> dict[str, object]:
        """Return machine, versions, date, load and pace."""
        found = surroundings(self.stage.screen)
        shown = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=False).stdout
        return found | {"chromium": shown.strip(), "presses": self.options.presses}

    def show(self, begun: dict[str, object]) -> None:
        """Print surroundings at the beginning and the end, the tables, and the faults."""
        ended = self.around()
        for name, value in begun.items():
            later = f"   (at the end: {ended[name]})" if ended[name] != value else ""
            print(f"{name:<13} {value}{later}")
        rows = report.time_rows(report.timed(self.stage.readings))
        rows += report.resource_rows(self.taken) if self.taken else []
        if rows:
            print(f"\n{report.table(rows)}\n\ntimes: median / 99 % / worst; x: how many times ours")
        if self.grown:
            print(f"\n{growth.table(self.grown)}")
        print(f"\n{len(self.stage.faults)} faults", *self.stage.faults, sep="\n  ")


def tell(what: str) -> None:
    """Say on standard error what is being done."""
    print(what, file=sys.stderr, flush=True)


def main() -> int:
    """Measure and print; return the exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = parse_options()
    if "resources" in options.parts and os.geteuid() != 0:
        tell("only root can read what a program takes; run it as root, or with --parts hide,work")
        return 2
    if lacking := missing():
        tell(lacking)
        return 2
    os.chdir(ROOT)
    come_first()
    compileall.compile_dir(ROOT / "kiosk", quiet=1)  # as the README's first command installs it
    with VirtualScreen(*options.size) as screen, tempfile.TemporaryDirectory(prefix="compare-") as scratch:
        comparison = Comparison(screen, options, Path(scratch))
        begun = comparison.around()
        parts = {"hide": comparison.hides, "work": comparison.works}
        parts |= {"resources": comparison.resources, "growth": comparison.growing}
        if set(options.parts) - {"growth"}:
            comparison.learn()
        for name in options.parts:
            parts[name]()
        if options.json:
            found = report.as_json(comparison.stage.readings, comparison.taken)
            grown = [asdict(one) for one in comparison.grown]
            faults = comparison.stage.faults
            print(json.dumps({"surroundings": begun, **found, "growth": grown, "faults": faults}, indent=1))
        else:
            comparison.show(begun)
    return 1 if comparison.stage.faults else 0


if __name__ == "__main__":
    sys.exit(main())
