"""Hide whatever happens: from the press to the last changed pixel, while the visit is busy with something.

    python tests/bench/hide.py [--times 500] [--only printing,speaking]

Each time on another page, and the whole screen must then equal the lobby, pixel by pixel. Goals: 16 ms median
and 50 ms worst, also under load. Times in ms; see probe.py for what "late<=" means. Exit status 1 if a
screen was not the lobby.
"""

from __future__ import annotations

import argparse
import compileall
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from kiosk.ui.run import make_application  # noqa: E402
from kiosk.visit.actions import Print, SetSpeech  # noqa: E402
from kiosk.visit.places import HelpPlace, ResourcePlace  # noqa: E402
from tests.bench.latency import load  # noqa: E402
from tests.bench.probe import (  # noqa: E402
    Reading,
    VirtualScreen,
    Watch,
    come_first,
    difference,
    figures,
    settle,
    surroundings,
    table,
)
from tests.faults.running import RUN, SITE, RunningKiosk  # noqa: E402
from tests.faults.sites import SPEAKING, printing, site_with  # noqa: E402

COMPUTING = (str(ROOT / "tests" / "faults" / "computing.py"),)
SOUNDLESS = "pcm.!default { type null }\nctl.!default { type null }\n"
PRINTED = "alive"
QUIET_S = 0.15
LIMIT_S = 5.0
BRIEF_S = 0.002
"""A tap so short that nothing can be made ready under the finger."""


@dataclass
class Trial:
    """One situation: how the kiosk is started and what is done right before each press."""

    name: str
    prepare: Callable[[RunningKiosk, str], None]
    program: Sequence[str] = RUN
    site: Path = SITE
    environment: dict[str, str] = field(default_factory=dict)
    is_loaded: bool = False
    waits: bool = True
    """Whether the next visit is ready when this one begins."""
    strikes: int = 1


def open_page(kiosk: RunningKiosk, page: str) -> None:
    """Walk to the page."""
    kiosk.walk(page)


def tap_and_go(kiosk: RunningKiosk, page: str) -> None:
    """Walk there, the last tap a moment ago: the page is still in the making."""
    *first, last = kiosk.ways()[page]
    for spot in first:
        kiosk.tap(spot)
    kiosk.screen.tap(*last, hold_s=BRIEF_S)
    time.sleep(0.001)


def listen(kiosk: RunningKiosk, page: str) -> None:
    """Turn the voice on and open the page, which is being said."""
    kiosk.walk("help")
    kiosk.tap(kiosk.spots_of(HelpPlace(), SetSpeech)[0])
    kiosk.tap(kiosk.ways()[page][-1] if len(kiosk.ways()[page]) == 2 else kiosk.ways()["staff"][-1])


def print_slip(kiosk: RunningKiosk, _: str) -> None:
    """Ask for a slip that the printer does not take."""
    kiosk.walk(f"resource-{PRINTED}")
    kiosk.tap(kiosk.spots_of(ResourcePlace(PRINTED), Print)[0])


def trials(folder: Path) -> list[Trial]:
    """Return all situations; their site files and devices are in `folder`."""
    _, jammed = os.openpty()  # takes a few thousand bytes of a slip and then no more
    sound = folder / "asound.conf"
    sound.write_text(SOUNDLESS)
    speaking, paper = folder / "speaking", folder / "printing"
    speaking.mkdir()
    paper.mkdir()
    return [
        Trial("at rest", open_page),
        Trial("struck twice", open_page, strikes=2),
        Trial("page in the making", tap_and_go),
        Trial("no standby yet", open_page, waits=False),
        Trial("computing for 5 s", open_page, program=COMPUTING),
        Trial(
            "speaking",
            listen,
            site=site_with(speaking, SPEAKING),
            environment={"ALSA_CONFIG_PATH": str(sound)},
        ),
        Trial("printing, jammed", print_slip, site=site_with(paper, printing(Path(os.ttyname(jammed))))),
        Trial("processors busy", open_page, is_loaded=True),
        Trial("busy, in the making", tap_and_go, is_loaded=True),
    ]


def hide(kiosk: RunningKiosk, trial: Trial, pause_s: float) -> Reading:
    """Press the strip, and watch until the lobby is all there is."""
    view = kiosk.screen.pixels()
    eye = Watch(view, pause_s)
    begun = kiosk.screen.press(*kiosk.strip)
    for _ in range(trial.strikes - 1):
        kiosk.screen.release(*kiosk.strip)
        kiosk.screen.press(*kiosk.strip)
    reading = eye.run(begun, QUIET_S, LIMIT_S)
    while difference(view, kiosk.lobby) and not reading.timed_out:
        later = eye.run(begun, QUIET_S, LIMIT_S)
        reading = reading if later.last_ms is None else later
        if later.timed_out:
            break
    return reading


def run(screen: VirtualScreen, trial: Trial, times: int) -> tuple[list[tuple[str, Reading]], list[str]]:
    """Return the readings and what went wrong."""
    kiosk = RunningKiosk(screen, program=trial.program, site=trial.site, **trial.environment)
    kiosk.wait_for_standby(20)
    pages = [p for p in kiosk.ways() if p.startswith(("resource", "category", "guide", "my", "take"))]
    readings, faults = [], []
    with load(True) if trial.is_loaded else nullcontext():
        for page in islice(cycle(pages), times):
            if trial.waits:
                kiosk.wait_for_standby(20)
            trial.prepare(kiosk, page)
            reading = hide(kiosk, trial, 0.0003 if trial.is_loaded else 0.0)
            readings.append((page, reading))
            if reading.last_ms is None or reading.timed_out or not kiosk.shows_lobby():
                faults.append(f"{trial.name}, {page}: not the lobby")
            screen.release(*kiosk.strip)
            settle(screen.pixels(), 0.3, LIMIT_S)
    screen.stop(kiosk.child)
    settle(screen.pixels(), 0.3, LIMIT_S)
    return readings, faults


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=500, help="of each")
    parser.add_argument("--only", default="", help="some of them, by a word of each, with commas")
    options = parser.parse_args()
    application = make_application()
    compileall.compile_dir(ROOT / "kiosk", quiet=1)
    come_first()
    words = options.only.split(",")
    rows, faults = {}, []
    with tempfile.TemporaryDirectory(prefix="hide-") as folder, VirtualScreen() as screen:
        for trial in trials(Path(folder)):
            if any(word in trial.name for word in words):
                readings, wrong = run(screen, trial, options.times)
                rows[trial.name], faults = figures(readings), faults + wrong
        for name, value in surroundings(screen).items():
            print(f"{name:<13} {value}")
        print("", table(rows), "", f"{len(faults)} faults", *faults, sep="\n")
    del application
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
