"""This kiosk against an earlier one, in turn on one screen: what a change did to Hide, a page and the start.

    git worktree add ../before HEAD~1
    python tests/bench/before.py ../before [--size 3840x2160] [--visits 60] [--load idle] [--starts 3]
    python tests/bench/before.py . --python /usr/local/bin/python3 --visits 0 --starts 15

Both show the content of this checkout and are pressed on the same pages, with this Python if no other is
named for the earlier one. Times as stage.py says, in ms to the last changed pixel; the last lines say how
many times the earlier median and mean the new ones are.
Exit status 1 if a screen was not the one expected, 2 if the other folder has no kiosk.
"""

from __future__ import annotations

import argparse
import compileall
import os
import sys
from collections import defaultdict
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).parents[2]))

from latency import ROOT, parse_size
from loads import LOADS, under
from probe import VirtualScreen, figures, surroundings, table
from rivals import Rival, kiosk
from shares import come_first
from stage import Kept, Stage
from steady import steady_site
from watching import settle

from kiosk.ui.run import make_application

NOW, BEFORE = "now", "before"


def both(before: Path, size: tuple[int, int], earlier_python: str, pages: list[str]) -> list[Rival]:
    """Return the two kiosks, compiled as the README's first command does it."""
    now = kiosk(ROOT / "data", steady_site(ROOT / "data" / "sites" / "police-lobby.toml"), size)
    now.walks = [walk for walk in now.walks if not pages or walk.page in pages]
    python, _, *rest = now.command
    rivals = []
    for name, folder, runs in ((BEFORE, before, earlier_python), (NOW, ROOT, python)):
        compileall.compile_dir(folder / "kiosk", quiet=1)
        command = (runs, str(folder / "run_kiosk.py"), *rest)
        rivals.append(replace(now, name=name, command=command, profiles=[]))
    return rivals


def take_turns(stage: Stage, rivals: list[Rival], visits: int, starts: int, load: str) -> None:
    """Start each `starts` times and visit it `visits` times in all."""
    for turn in range(starts):
        for rival in rivals if turn % 2 else reversed(rivals):
            with stage.running(rival, f"start, {load}"):
                settle(stage.screen.pixels(), 0.5, 5.0)
                done, until = (visits * edge // starts for edge in (turn, turn + 1))
                for walk in islice(cycle(rival.walks), done, until):
                    stage.visit(rival, walk, load)


def show(kept: Kept) -> None:
    """Print the figures, and what became of each median."""
    print(table({f"{figure}, {name}": figures(found) for (figure, name), found in sorted(kept.items())}))
    for figure in sorted({figure for figure, _ in kept}):
        old, new = (figures(kept[figure, name]) for name in (BEFORE, NOW))
        if old and new:
            means = (
                mean(r.last_ms for _, r in kept[figure, n] if r.last_ms is not None) for n in (NOW, BEFORE)
            )
            median, average = new.median_ms / old.median_ms, next(means) / next(means)
            print(f"{figure}: {median:.2f} times the median before, {average:.2f} times the mean")


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("before", type=Path, help="a checkout of an earlier commit")
    parser.add_argument("--size", type=parse_size, default=(1080, 1920), metavar="WxH", help="screen, px")
    parser.add_argument("--visits", type=int, default=60, help="to each (%(default)s)")
    parser.add_argument("--starts", type=int, default=3, help="of each (%(default)s)")
    parser.add_argument(
        "--pages", type=lambda given: given.split(","), default=[], help="these only, such as help"
    )
    parser.add_argument("--python", default=sys.executable, help="what runs the earlier one (%(default)s)")
    parser.add_argument("--load", choices=LOADS, default=LOADS[0], help="%(choices)s")
    options = parser.parse_args()
    before = options.before.resolve()
    if not (before / "run_kiosk.py").is_file():
        print(f"{before} has no run_kiosk.py: give a checkout of this project", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    application = make_application()
    come_first()
    kept: Kept = defaultdict(list)
    with VirtualScreen(*options.size) as screen:
        stage = Stage(screen, kept)
        rivals = both(before, options.size, options.python, options.pages)
        for rival in rivals:
            with stage.running(rival):  # learns how its lobby looks
                pass
        stage.strain(options.load != LOADS[0])
        with under(options.load):
            take_turns(stage, rivals, options.visits, options.starts, options.load)
        for name, value in surroundings(screen).items():
            print(f"{name:<13} {value}")
    show(kept)
    print(f"{len(stage.faults)} faults", *stage.faults, sep="\n  ")
    del application
    return 1 if stage.faults else 0


if __name__ == "__main__":
    sys.exit(main())
