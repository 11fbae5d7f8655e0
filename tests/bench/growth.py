"""How the kiosk grows with its directory: start, memory, pages for 10 to 100,000 services in built files.

    python tests/bench/growth.py [--services 10,1000,10000,100000] [--left none,one,half] [--rounds 7]
        [--size 1080x1920]

The contents are synthetic (directory.py). All sizes are measured in turn, round after round, so that a busy
minute of the machine falls on all of them; the ratios are to the first size of the same run. Times are in ms:
    start     from exec to the lobby
    help      from the release of the tap to the page; likewise need and entry; hide from its press
    looked up what a need and an entry take to be read and decoded, without a page
`--left none,one,half` measures each size also with one entry, and with every second, that is so old that it
has left; its ratios are to the same first row.

`grow` compares with the browser's page for `compare.py`. That is made beforehand, as a website's would be;
from 1,001 services on it keeps its entries in files of their own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[2]))

from directory import aged, made_up
from latency import ROOT, Walk, parse_size
from peer.site import Exit
from probe import VirtualScreen, surroundings
from report import IN_PLACE, NAMES
from resources import pss_mb, tree
from rivals import Rival, kiosk, peer, same_walks
from shares import come_first
from stage import Stage
from steady import steady_site
from watching import settle

from kiosk.agency.build import find_index
from kiosk.content.age import days_checked, shown_on, today_by
from kiosk.content.listing import listed
from kiosk.content.model import CategoryId, Library, ServiceId
from kiosk.content.store import Edition, built
from kiosk.content.stored import open_stored
from kiosk.house import open_house
from kiosk.site_file import load_settings

DATA = ROOT / "data"
SITE = DATA / "sites" / "police-lobby.toml"
SETTLE_S = 3.0
VISITS = 4
LOOKS = 200
RESTING = 3
CHECKED_S = 60.0
LEFT = {"none": [], "one": [0], "half": range(0, 1_000_000, 2)}
"""The places of the entries that have left; lines of day and night have odd ones."""
MOST_IN_A_PAGE = 10_000
TOO_LARGE = "its page would be about 1.6 GB (33 MB with 2,000 services) and is not written"
COLUMNS = ("start", "PSS MB", "help", "need", "entry", "hide", "looked up", "file MB")


@dataclass(frozen=True)
class Grown:
    """What one program came to with `services` services; None where it did not come up."""

    services: int
    program: str
    start_ms: float | None = None
    pss_mb: float | None = None
    page_ms: float | None = None
    hide_ms: float | None = None
    fault: str = ""


def grow(screen: VirtualScreen, size: tuple[int, int], services: int) -> list[Grown]:
    """Measure the kiosk with a built file, and the page that covers in place, on one synthetic directory."""
    folder = Path(tempfile.mkdtemp(prefix="directory-"))
    folder.chmod(0o755)  # the browser runs as an ordinary user
    try:
        library = made_up(DATA, services)
        file, site = folder / "directory.kiosk", steady_site(SITE)
        _write_as_built(library, file)
        rivals = [kiosk(file, site, size, most=2)]
        if services > MOST_IN_A_PAGE:
            return [_measured(screen, rivals[0], services), Grown(services, IN_PLACE, fault=TOO_LARGE)]
        house = replace(open_house(file, site), library=library, stored=None)
        rivals.append(peer(house, folder / "peer", size, Exit.IN_PLACE))
        del house, library
        same_walks(rivals)
        return [_measured(screen, rival, services) for rival in rivals]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(screen: VirtualScreen, rival: Rival, services: int) -> Grown:
    stage = Stage(screen)
    stage.quiet_s = 0.4
    try:
        with stage.running(rival):
            pass  # learns the lobby
        with stage.running(rival) as pid:
            settle(screen.pixels(), SETTLE_S, 2 * SETTLE_S)
            memory = pss_mb(tree(pid))
            for walk in (rival.walks * VISITS)[:VISITS]:
                stage.visit(rival, walk, "idle")
    except (RuntimeError, OSError) as fault:
        return Grown(services, rival.name, fault=str(fault).splitlines()[0])
    found = {key: _median(stage, key, rival) for key in ("start", "page, idle", "hide, idle")}
    fault = stage.faults[0] if stage.faults else ""
    times = (found["page, idle"], found["hide, idle"])
    return Grown(services, rival.name, found["start"], memory, *times, fault)


def _median(stage: Stage, figure: str, rival: Rival) -> float | None:
    known = [r.last_ms for _, r in stage.readings[figure, rival.name] if r.last_ms is not None]
    return median(known) if known else None


def table(grown: list[Grown]) -> str:
    """Return the growth as one table."""
    lines = [f"{'services':>9}  {'program':<14}{'start ms':>10}{'PSS MB':>9}{'page ms':>9}{'hide ms':>9}"]
    for one in grown:
        values = (one.start_ms, one.pss_mb, one.page_ms, one.hide_ms)
        shown = [f"{v:.0f}" if v is not None else "-" for v in values]
        line = f"{one.services:>9,}  {one.program:<14}{shown[0]:>10}" + "".join(f"{s:>9}" for s in shown[1:])
        lines.append(f"{line}  {one.fault}".rstrip())
    assert all(one.program in NAMES for one in grown)
    return "\n".join(lines)


@dataclass
class Sized:
    """One size of the directory, and what was read of it, column by column."""

    services: int
    left: str
    rival: Rival
    walk: Walk
    found: dict[str, list[float]] = field(default_factory=dict)

    def keep(self, column: str, value: float | None) -> None:
        """Keep a reading; None where nothing changed."""
        if value is not None:
            self.found.setdefault(column, []).append(value)

    def median(self, column: str) -> float | None:
        """Return the median of a column, None without readings."""
        return median(self.found[column]) if self.found.get(column) else None


def prepared(services: int, left: str, folder: Path, size: tuple[int, int]) -> Sized:
    """Build the file of one size, with so many entries that have left, and find out where to press."""
    library = aged(made_up(DATA, services), LEFT[left])
    file = folder / f"{services}-{left}.kiosk"
    _write_as_built(library, file)
    del library
    rival = kiosk(file, steady_site(SITE), size, most=1)
    rival.name = f"kiosk {services} {left}"
    walk = next(walk for walk in rival.walks if walk.page.startswith("resource-"))
    sized = Sized(services, left, rival, walk)
    sized.keep("file MB", file.stat().st_size / 1e6)
    sized.keep("looked up", _looked_up_ms(file, walk))
    return sized


def _write_as_built(library: Library, file: Path) -> None:
    """Write the file that `build` makes, index of Find and all: without one each visit would make its own."""
    file.write_bytes(
        built({"": Edition(library, {})}, {SITE.name: load_settings(SITE, library)}, (find_index,))
    )


def _looked_up_ms(file: Path, walk: Walk) -> float:
    """Return the median time to list a need and read an entry, in ms."""
    entry = ServiceId(walk.page.removeprefix("resource-"))
    when = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("America/Chicago"))
    with closing(open_stored(file)) as stored:
        library = shown_on(
            today_by(datetime.now().astimezone().date(), days_checked(stored.library)[1]), stored.library
        )
        need = CategoryId(library.services[entry].categories[0])

        def look() -> None:
            listed(library, need, when)
            assert library.services[entry].phones

        return median(_timed(look) for _ in range(LOOKS))


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1e3


def _wait_until_checked(pid: int) -> None:
    """Wait until host, visit and standby are left: one more process reads the whole file once, behind all."""
    until = time.monotonic() + CHECKED_S
    while len(tree(pid)) > RESTING and time.monotonic() < until:
        time.sleep(0.1)


def one_round(stage: Stage, sized: Sized) -> None:
    """Start the kiosk once, weigh it when its standby is ready, and walk to an entry and hide there."""
    stage.readings.clear()
    name = sized.rival.name
    with stage.running(sized.rival) as pid:
        settle(stage.screen.pixels(), SETTLE_S, 2 * SETTLE_S)
        _wait_until_checked(pid)
        sized.keep("PSS MB", pss_mb(tree(pid)))
        stage.visit(sized.rival, sized.walk, "idle")
    sized.keep("start", _median(stage, "start", sized.rival))
    sized.keep("hide", _median(stage, "hide, idle", sized.rival))
    for column, (_, reading) in zip(
        ("help", "need", "entry"), stage.readings["page, idle", name], strict=True
    ):
        sized.keep(column, reading.last_ms)


def ratios(sizes: list[Sized]) -> str:
    """Return medians, each with its ratio to the first size."""
    lines = ["| services | left | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 2) + "|"]
    for sized in sizes:
        cells = []
        for column in COLUMNS:
            value, first = sized.median(column), sizes[0].median(column)
            shown = "-" if value is None else f"{value:.2f}" if value < 10 else f"{value:.0f}"
            cells.append(f"{shown} ({value / first:.2f})" if value and first else shown)
        lines.append(f"| {sized.services:,} | {sized.left} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> int:
    """Measure and print; return 1 if a screen was not the one expected."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--services", default="10,1000,10000,100000", help="the sizes, the first to compare with"
    )
    parser.add_argument(
        "--left", default="none", help="how many have left: none, one, half, or several of these"
    )
    parser.add_argument("--rounds", type=int, default=7, help="starts of each size")
    parser.add_argument("--size", type=parse_size, default=(1080, 1920), metavar="WxH", help="screen, px")
    options = parser.parse_args()
    os.chdir(ROOT)
    come_first()
    with tempfile.TemporaryDirectory(prefix="growth-") as folder:
        sizes = [
            prepared(int(services), left, Path(folder), options.size)
            for services in options.services.split(",")
            for left in options.left.split(",")
        ]
        with VirtualScreen(*options.size) as screen:
            stage = Stage(screen)
            for sized in sizes:
                with stage.running(sized.rival):
                    pass  # learns the lobby; the file is in the page cache of the system from now on
            for _ in range(options.rounds):
                for sized in sizes:
                    one_round(stage, sized)
            for name, value in surroundings(screen).items():
                print(f"{name:<13} {value}")
            print(f"{'rounds':<13} {options.rounds}\n\n{ratios(sizes)}\n")
            print(f"{len(stage.faults)} faults", *stage.faults, sep="\n  ")
            return 1 if stage.faults else 0


if __name__ == "__main__":
    sys.exit(main())
