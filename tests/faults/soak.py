"""Play visitors at speed, throw faults in, and say what came of it.

    python tests/faults/soak.py [--seconds 120] [--seed 1] [--json]

Needs xvfb. Visitors of seven kinds (visitors.py) come one after the other; between some of them the visit on
screen is killed or stopped, the standby is killed, and near the end the host is killed and started again.
Said at the end, and exit status 1 unless all but the stalls are nought:
    foreign pixels  anything but the lobby between Hide and the next tap
    crashes         processes that ended and were not killed from here; everything the kiosk printed
    hangs           a lobby or a standby that never came, a tap that opens nothing
    silent          visits that the host covered since they said nothing for half a second, presses lost in a
                    swap, visitors gone astray by one: each may happen to one visit in 25
    growth          memory that rises with each visit: all of the 95 % interval of its slope is above 2 kB
    stalls          an event loop of a visit on screen that did not turn for 16 ms, and what it was doing
Memory is what the host has in use of its heap, told by itself at each visit it starts, and what host and
standby hold in pages of their own (`Anonymous` of /proc/PID/smaps_rollup, only for root), read while the
standby rests. A visit ends with its visitor: only the host can grow, and what is forked from it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np

from kiosk.ui.run import make_application
from tests.bench.probe import VirtualScreen
from tests.bench.shares import come_first
from tests.bench.watching import difference
from tests.faults.fingers import Fingers
from tests.faults.found import Found, table
from tests.faults.running import RunningKiosk, state_of
from tests.faults.sites import SPEAKING, site_with
from tests.faults.visitors import KINDS, VOICE_KEYS, Visitor
from tests.faults.watched import FILE

WATCHED = (str(Path(__file__).with_name("watched.py")),)
SOUNDLESS = "pcm.!default { type null }\nctl.!default { type null }\n"
UNCOUNTED = 10
WEIGH_EVERY = 3
FAULT_EVERY = 9
LOBBY_S = 10.0
HEARD_S = 2.0
YOUNG_S = 1.1  # a visit that dies younger counts as failing, which slows the host down on purpose
GONE_S = (
    0.3  # the display server takes its window away a moment after a process has died: black, until covered
)
ENDINGS = ("strip", "strip", "strip", "Escape", "mash")


class Soak:
    """One kiosk, its visitors, and what is thrown at it."""

    def __init__(self, kiosk: RunningKiosk, dice: random.Random, told: Path) -> None:
        """Soak `kiosk`, which tells what becomes of it into the file `told`."""
        self.found = Found()
        self._told, self._read = told, 0
        self._lines: list[dict] = []
        self._kiosk = kiosk
        self._dice = dice
        self._fingers = Fingers(kiosk)
        self._ours: set[int] = set()
        """The processes that were killed or stopped from here."""

    def play(
        self,
        until: Callable[[], bool],
        kinds: Sequence[Visitor] = KINDS,
        faults: bool = True,
        weigh_every: int = WEIGH_EVERY,
    ) -> None:
        """Let visitors come until it is time; memory is read after every so many, with 0 never."""
        number = 0
        while not until():
            kind = self._dice.choice(kinds)
            self.found.visitors[kind.__name__] += 1
            try:
                kind(self._fingers, self._dice)
            except AssertionError:  # a tap began on one visit and ended on the next, which acts on neither
                self.found.astray += 1
            if faults and number % FAULT_EVERY == FAULT_EVERY - 1:
                self._throw()
            else:
                self._leave()
            if weigh_every and number >= UNCOUNTED and number % weigh_every == 0:
                self._read_memory(number)
            number += 1
        self._tidy()

    def _leave(self) -> None:
        """Hide, in one of the ways there are, and let nothing but the lobby be seen for a while."""
        ending = self._dice.choice(ENDINGS)
        if not self._hide(ending):
            self.found.lost += 1  # it went to a visit that was replaced at that moment
            self._hide(ending)
        self._expect_lobby(ending)
        self._kiosk.screen.release(*self._kiosk.strip)
        self._watch_lobby(self._dice.uniform(0.02, 0.5), ending)

    def _hide(self, ending: str) -> bool:
        """Hide; True when a visit has done it. Whatever was pressed before is done by then, too."""
        screen = self._kiosk.screen
        asked = time.monotonic() * 1e3 - 1
        if ending == "strip":
            screen.press(*self._kiosk.strip)
        elif ending == "Escape":
            screen.key("Escape")
        else:
            for letter in "asdfg":
                screen.key(letter)
        try:
            self._kiosk.wait_until(lambda: self._hidden_since(asked), HEARD_S)
        except AssertionError:
            return False
        return True

    def _hidden_since(self, asked: float) -> bool:
        with self._told.open("rb") as file:
            file.seek(self._read)
            *lines, rest = file.read().split(b"\n")
            self._read = file.tell() - len(rest)
        self._lines += [json.loads(line) for line in lines]
        return any(one.get("hid", 0) >= asked for one in reversed(self._lines[-50:]))

    def _expect_lobby(self, after: str) -> None:
        try:
            self._kiosk.wait_for_lobby(LOBBY_S)
        except AssertionError:
            seen = difference(self._kiosk.screen.pixels(), self._kiosk.lobby)
            self.found.hangs.append(f"no lobby {LOBBY_S:.0f} s after {after}: {seen}")
            self._restart()

    def _watch_lobby(self, seconds: float, after: str) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            now = self._kiosk.screen.pixels().copy()
            if seen := difference(now, self._kiosk.lobby):
                apart = np.abs(now[..., :3].astype(np.int16) - self._kiosk.lobby[..., :3]).max()
                self.found.foreign.append(f"after {after}: {seen}, by up to {apart} of 255")
                self._expect_lobby(after)
            time.sleep(0.001)

    def _throw(self) -> None:
        """Kill or stop the visit in the middle of what it does, or the standby."""
        fault = self._dice.choice(("kill", "crash", "stop", "kill the standby"))
        self.found.thrown[fault] += 1
        with suppress(AssertionError):
            self._kiosk.wait_for_standby(LOBBY_S)
        time.sleep(YOUNG_S)
        if not (visits := self._kiosk.visits()):
            return
        victim = visits[-1 if fault == "kill the standby" else 0]
        self._ours.add(victim)
        number = {"crash": signal.SIGSEGV, "stop": signal.SIGSTOP}.get(fault, signal.SIGKILL)
        self._kiosk.kill(victim, number)
        if fault == "kill the standby":
            self._leave()
        # One that is stopped and that nobody uses is asked every 3 s, and shows the lobby meanwhile.
        with suppress(AssertionError):
            self._kiosk.wait_until(lambda: state_of(victim) in {"gone", "Z"}, LOBBY_S)
        time.sleep(GONE_S)
        self._expect_lobby(fault)
        self._watch_lobby(0.3, fault)

    def _read_memory(self, number: int) -> None:
        try:
            self._kiosk.wait_for_standby(LOBBY_S)
        except AssertionError:
            self.found.hangs.append("no standby came")
            return
        host, visits = self._kiosk.host, self._kiosk.visits()
        with suppress(
            FileNotFoundError, ProcessLookupError, PermissionError
        ):  # a swap may come; only for root
            if len(visits) == 2:
                self.found.memory.append((number, anonymous_kb(host), anonymous_kb(visits[1])))

    def kill_host(self) -> None:
        """Kill the host and start it again, as systemd would."""
        self.found.thrown["kill the host"] += 1
        self._restart()
        self._expect_lobby("the host was killed")

    def _restart(self) -> None:
        self._kiosk.kill(self._kiosk.host)
        self._kiosk.child.wait(5)
        self._kiosk.start_again()

    def _tidy(self) -> None:
        """What stands at the end: a lobby that a tap opens a page from."""
        with suppress(AssertionError):
            self._kiosk.wait_for_standby(LOBBY_S)
            self._fingers.open("help")
            self._leave()
            return
        self.found.hangs.append("at the end no tap opens a page")

    def hear(self) -> Found:
        """Take in what the kiosk itself told, and return all that was found."""
        self._hidden_since(0.0)
        starts = [one for one in self._lines if "started" in one]
        of_first = [one["started"] for one in starts if one["by"] == starts[0]["by"]]
        self.found.heap = of_first[UNCOUNTED:]
        for one in self._lines:
            if "stall" in one:
                self.found.stalls.append(one)
            elif "gone" in one and one["gone"] not in self._ours:
                self.found.crashes.append(f"a visit ended with {one['code']}")
            elif "hung" in one and one["hung"] not in self._ours:
                self.found.silent += 1
            self.found.late += "late" in one
            self.found.built_in += one.get("built_in", False)
        self.found.crashes += self._kiosk.screen.log().splitlines()
        return self.found


def anonymous_kb(pid: int) -> int:
    """Return the kB of a process that are no pages of a file, shared with its parent or not."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1])
    return 0


def started(screen: VirtualScreen, folder: Path, program: Sequence[str] = WATCHED) -> RunningKiosk:
    """Start a kiosk that is watched and may speak, and wait until it is ready."""
    sound = folder / "asound.conf"
    sound.write_text(SOUNDLESS)
    environment = {FILE: str(folder / "watched"), "ALSA_CONFIG_PATH": str(sound)}
    kiosk = RunningKiosk(screen, program=program, site=site_with(folder, SPEAKING, VOICE_KEYS), **environment)
    kiosk.wait_for_standby(20)
    return kiosk


def main() -> int:
    """Soak and print; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=120.0, help="how long (%(default)s)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="for the same visitors")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    application = make_application()
    come_first()
    with tempfile.TemporaryDirectory(prefix="soak-") as name, VirtualScreen() as screen:
        kiosk = started(screen, Path(name))
        soak = Soak(kiosk, random.Random(options.seed), Path(name) / "watched")
        end = time.monotonic() + options.seconds
        soak.play(lambda: time.monotonic() > end - 15)
        soak.kill_host()
        soak.play(lambda: time.monotonic() > end, faults=False, weigh_every=0)
        found = soak.hear()
    if options.json:
        print(json.dumps({**asdict(found), "slopes": {k: asdict(v) for k, v in found.slopes().items()}}))
    else:
        print(table(found, options.seconds, options.seed))
    del application
    return 0 if found.is_well() else 1


if __name__ == "__main__":
    sys.exit(main())
