"""A kiosk made worse on purpose is noticed: by the probe, by the slope of its memory, by what it writes."""

from __future__ import annotations

import json
import random
import time
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median

import pytest

from kiosk.host.supervisor import DEATHS_IN_A_ROW
from tests.bench.probe import VirtualScreen
from tests.bench.situations import hide
from tests.bench.slope import slope
from tests.faults.fingers import Fingers
from tests.faults.found import ALLOWED_KB, table
from tests.faults.mutants import FOLDER
from tests.faults.running import HEIGHT, WIDTH, RunningKiosk, short_and_long
from tests.faults.soak import WATCHED, Soak, started
from tests.faults.test_traces import needs_strace, traced, written
from tests.faults.visitors import hurried
from tests.faults.watched import FILE

MUTANT = str(Path(__file__).with_name("mutants.py"))
AS_SLOW = 2.0
"""How many times the median of the kiosk as it is, in the same minute, counts as slowed down."""
TIDIED_S = 0.9  # a visit tidies up when nothing has happened for 700 ms


def test_a_sleep_in_the_press_is_seen_by_the_probe(screen):
    with VirtualScreen(WIDTH, HEIGHT) as other:
        kiosks = [RunningKiosk(screen), RunningKiosk(other, program=(MUTANT, "late"))]
        hands = [Fingers(kiosk) for kiosk in kiosks]
        times: list[list[float]] = [[], []]
        for _ in range(9):
            for kiosk, fingers, kept in zip(kiosks, hands, times, strict=True):
                kiosk.wait_for_standby(20)
                fingers.open("help")
                reading = hide(kiosk)
                kiosk.screen.release(*kiosk.strip)
                assert reading.last_ms is not None
                kept.append(reading.last_ms)
        assert median(times[1]) > AS_SLOW * median(times[0])


@pytest.mark.parametrize("program", [[MUTANT, "leaking"], pytest.param(WATCHED, marks=pytest.mark.slow)])
@pytest.mark.parametrize("visitors", short_and_long(20, 200))
def test_a_leak_in_the_host_is_seen_by_the_soak(screen, tmp_path, program, visitors):
    kiosk = started(screen, tmp_path, program)
    soak = Soak(kiosk, random.Random(1), tmp_path / "watched")
    came = count()
    soak.play(lambda: next(came) >= visitors, [hurried], faults=False, weigh_every=1)
    found = soak.hear()
    assert ("heap" in found.growing()) is (program is not WATCHED), found.slopes()
    assert not found.foreign
    assert not found.crashes


@pytest.mark.parametrize(
    "program", [[MUTANT, "leaking-visit"], pytest.param(WATCHED, marks=pytest.mark.slow)]
)
def test_a_leak_in_a_process_that_serves_many_visits_is_seen(screen, tmp_path, program):
    file = tmp_path / "watched"
    kiosk = RunningKiosk(screen, program=(*program, "--single"), **{FILE: str(file)})
    fingers = Fingers(kiosk)
    pages = [page for page, way in kiosk.ways().items() if len(way) == 1]
    for number, page in enumerate(islice(cycle(pages), 41)):
        fingers.open(page)
        kiosk.hide()
        kiosk.wait_for_lobby()
        if number % 5 == 0:
            time.sleep(TIDIED_S)
    told = [one for one in map(json.loads, file.read_text().splitlines()) if one.get("hides", 0) > 10]
    line = slope([one["hides"] for one in told], [one["held"] for one in told])
    assert (line.low > ALLOWED_KB) is (program is not WATCHED), line


@needs_strace
def test_a_file_that_is_written_is_seen_in_the_trace(screen, tmp_path):
    lines = traced(screen, tmp_path / "trace", 1, program=(MUTANT, "writing"), **{FOLDER: str(tmp_path)})
    assert any(f"{tmp_path}/last" in line for line in written(lines))


def test_the_soak_tells_that_a_standby_was_late_and_the_built_in_page_shown(screen, tmp_path):
    kiosk = started(screen, tmp_path, (MUTANT, "slow-to-show"))
    soak = Soak(kiosk, random.Random(1), tmp_path / "watched")
    Fingers(kiosk).open("help")
    kiosk.hide()
    kiosk.wait_until(lambda: '"built_in": true' in (tmp_path / "watched").read_text(), 40)
    found = soak.hear()
    assert found.late >= DEATHS_IN_A_ROW
    assert found.built_in
    assert f"late standbys   {found.late}" in table(found, 1, 1)
