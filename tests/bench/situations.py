"""What a visit may be busy with when somebody presses Hide: how to start the kiosk, get there, and press.

`hide.py` times all of them; `compare.py` those for which a page in a browser has no counterpart. The pages a
press is made on come in turn, and the whole screen must then equal the lobby, pixel by pixel.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from kiosk.house import DEMO_SITE  # noqa: E402
from kiosk.updates.disk import point  # noqa: E402
from kiosk.visit.actions import Print, SetSpeech  # noqa: E402
from kiosk.visit.places import HelpPlace, ResourcePlace  # noqa: E402
from tests.bench.loads import load  # noqa: E402
from tests.bench.probe import VirtualScreen  # noqa: E402
from tests.bench.watching import Reading, Watch, difference, settle  # noqa: E402
from tests.faults.fingers import Fingers  # noqa: E402
from tests.faults.running import DATA, RUN, SITE, RunningKiosk  # noqa: E402
from tests.faults.sites import SPEAKING, printing, site_with  # noqa: E402

COMPUTING = (str(ROOT / "tests" / "faults" / "computing.py"),)
SOUNDLESS = "pcm.!default { type null }\nctl.!default { type null }\n"
PRINTED = "alive"
QUIET_S = 0.05
LIMIT_S = 5.0
RENEWED_S = 5.0
BRIEF_S = 0.002
"""A tap so short that nothing can be made ready under the finger."""

Prepare = Callable[[Fingers, str], None]


@dataclass
class Trial:
    """One situation: how the kiosk is started and what is done right before each press."""

    name: str
    prepare: Prepare
    program: Sequence[str] = RUN
    site: Path = SITE
    environment: dict[str, str] = field(default_factory=dict)
    is_loaded: bool = False
    waits: bool = True
    """Whether the next visit is ready when this one begins."""
    strikes: int = 1


def open_page(fingers: Fingers, page: str) -> None:
    """Walk to the page."""
    fingers.open(page)


def tap_and_go(fingers: Fingers, page: str) -> None:
    """Walk there, the last tap a moment ago: the page is still in the making."""
    *first, last = fingers.kiosk.ways()[page]
    fingers.walk(first)
    fingers.keep_apart(last)
    fingers.kiosk.screen.tap(*last, hold_s=BRIEF_S)
    time.sleep(0.001)


def listen(fingers: Fingers, page: str) -> None:
    """Turn the voice on and open the page, which is being said."""
    kiosk = fingers.kiosk
    fingers.open("help")
    fingers.tap(kiosk.spots_of(HelpPlace(), SetSpeech)[0])
    way = kiosk.ways()[page]
    fingers.walk([way[-1] if len(way) == 2 else kiosk.ways()["staff"][-1]])


def print_slip(fingers: Fingers, _: str) -> None:
    """Ask for a slip that the printer does not take."""
    fingers.open(f"resource-{PRINTED}")
    fingers.tap(fingers.kiosk.spots_of(ResourcePlace(PRINTED), Print)[0])


@dataclass
class Renewal:
    """Content in two editions that say the same, and a link to one, which is set as `update` sets it."""

    folder: Path
    number: int = 0

    def __post_init__(self) -> None:
        for name in ("0", "1"):
            shutil.copytree(DATA, self.folder / "content.versions" / name)
            shutil.copy(SITE, self.folder / "content.versions" / name / "sites" / DEMO_SITE)
        point(self.content, Path("content.versions/0"))

    @property
    def content(self) -> Path:
        """The link."""
        return self.folder / "content"

    def take_over(self, fingers: Fingers, page: str) -> None:
        """Open the page, set the link, and go on once the host has begun to fork with the new edition."""
        fingers.open(page)
        before = fingers.kiosk.visits()
        self.number += 1
        point(self.content, Path(f"content.versions/{self.number % 2}"))
        fingers.kiosk.wait_until(lambda: fingers.kiosk.visits() != before, RENEWED_S)


def _folder(parent: Path, name: str) -> Path:
    (parent / name).mkdir()
    return parent / name


def apart_from_browsers(folder: Path) -> list[Trial]:
    """Return what a page in a browser has no counterpart for; site files and devices are in `folder`."""
    _, jammed = os.openpty()  # takes a few thousand bytes of a slip and then no more
    sound = folder / "asound.conf"
    sound.write_text(SOUNDLESS)
    spoken = {"site": site_with(_folder(folder, "speaking"), SPEAKING)}
    printed = {"site": site_with(_folder(folder, "printing"), printing(Path(os.ttyname(jammed))))}
    renewal = Renewal(_folder(folder, "renewed"))
    renewed = (*RUN, "run", "--content", str(renewal.content))
    return [
        Trial("speaking", listen, **spoken, environment={"ALSA_CONFIG_PATH": str(sound)}),
        Trial("printing, jammed", print_slip, **printed),
        Trial(
            "new content",
            renewal.take_over,
            program=renewed,
            site=renewal.content / "sites" / DEMO_SITE,
        ),
    ]


def trials(folder: Path) -> list[Trial]:
    """Return all situations; site files and devices are in `folder`."""
    return [
        Trial("at rest", open_page),
        Trial("struck twice", open_page, strikes=2),
        Trial("page in the making", tap_and_go),
        Trial("no standby yet", open_page, waits=False),
        Trial("computing for 5 s", open_page, program=COMPUTING),
        *apart_from_browsers(folder),
        Trial("processors busy", open_page, is_loaded=True),
        Trial("busy, in the making", tap_and_go, is_loaded=True),
    ]


def hide(kiosk: RunningKiosk, strikes: int = 1, pause_s: float = 0.0) -> Reading:
    """Press the strip, and watch until the lobby is all there is."""
    view = kiosk.screen.pixels()
    eye = Watch(view, pause_s)
    begun = kiosk.screen.press(*kiosk.strip)
    for _ in range(strikes - 1):
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
    fingers = Fingers(kiosk)
    pages = [p for p in kiosk.ways() if p.startswith(("resource", "category", "guide", "my", "take"))]
    readings, faults = [], []
    with load(True) if trial.is_loaded else nullcontext():
        for page in islice(cycle(pages), times):
            if trial.waits:
                kiosk.wait_for_standby(20)
            trial.prepare(fingers, page)
            reading = hide(kiosk, trial.strikes, 0.0003 if trial.is_loaded else 0.0)
            readings.append((page, reading))
            if reading.last_ms is None or reading.timed_out or not kiosk.shows_lobby():
                faults.append(f"{trial.name}, {page}: not the lobby")
            screen.release(*kiosk.strip)
            settle(screen.pixels(), 0.1, LIMIT_S)
            if not kiosk.shows_lobby():
                faults.append(f"{trial.name}, {page}: not the lobby after letting go")
    screen.stop(kiosk.child)
    settle(screen.pixels(), 0.3, LIMIT_S)
    return readings, faults
