"""Many visits to one program, one after the other: does it grow, does it get slower?

Each is a real one: presses to a page, the page, Hide, and whatever the program does then. Memory is read when
it has done that. As there are thousands, time is saved on what is waited for elsewhere: no page is more than
two taps away, no spot is pressed that takes no tap again yet, and a screen counts as still and a program as
at rest after a shorter time (BRISK). In none of 25 visits did the kiosk work for 1 ms of the 0.3 s after it.
Slopes are for 1,000 visits; how they are worked out is said in slope.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import cycle, islice, pairwise

from latency import Walk
from resources import pss_mb, tree
from rivals import Rival, same_walks
from slope import Slope, slope
from stage import BRISK, CALM, Stage

LOAD = "many visits"
MOST_LOOKS = 100
MOST_TAPS = 2
UNCOUNTED = 10
"""Visits before the first reading: what is made once by use belongs to no slope."""


@dataclass(frozen=True)
class Course:
    """One program over `visits` visits. Memory in MB of 1,000,000 bytes, times in ms, for each visit."""

    program: str
    visits: int
    memory: Slope
    hide: Slope
    page: Slope


def with_short_walks(rivals: list[Rival], stage: Stage) -> list[Rival]:
    """Return the programs with the walks, common to all, on which no press has to be waited with."""

    def is_short(walk: Walk) -> bool:
        spots = (stage.strip, *walk.taps, stage.strip)
        return len(walk.taps) <= MOST_TAPS and all(
            math.dist(*two) >= stage.near_px for two in pairwise(spots)
        )

    chosen = [replace(one, walks=[walk for walk in one.walks if is_short(walk)]) for one in rivals]
    same_walks(chosen)
    return chosen


def many_visits(stage: Stage, rival: Rival, visits: int) -> Course:
    """Make `visits` visits to a program that is started for them."""
    memory: list[tuple[int, float]] = []
    hides: list[tuple[int, float]] = []
    pages: list[tuple[int, float]] = []
    every = max(1, visits // MOST_LOOKS)
    with stage.running(rival, f"start, {LOAD}") as pid:
        stage.pace = BRISK
        for number, walk in enumerate(islice(cycle(rival.walks), UNCOUNTED + visits), -UNCOUNTED):
            before = len(stage.kept(f"page, {LOAD}", rival))
            stage.visit(rival, walk, LOAD)
            if number < 0:
                continue
            pages += [
                (number, r.last_ms) for _, r in stage.kept(f"page, {LOAD}", rival)[before:] if r.last_ms
            ]
            last = stage.kept(f"hide, {LOAD}", rival)[-1][1].last_ms
            hides += [(number, last)] if last else []
            if number % every == 0:
                memory.append((number, pss_mb(tree(pid))))
    stage.pace = CALM
    lines = (slope(*zip(*pairs, strict=True)) for pairs in (memory, hides, pages))
    return Course(rival.name, visits, *lines)


def table(courses: list[Course]) -> str:
    """Return the slopes as one table."""
    headings = ("PSS, MB", "hide, ms", "page, ms")
    first = f"{'slope for 1,000 visits, 95 % interval':<38}{'visits':>8}"
    lines = [first + "".join(f"{heading:>34}" for heading in headings)]
    for one in courses:
        shown = "".join(f"{line.times(1000):>34}" for line in (one.memory, one.hide, one.page))
        lines.append(f"{one.program:<38}{one.visits:>8,}{shown}")
    return "\n".join(lines)
