"""What came of a soak, what of it is a fault, and how it is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bench.slope import Slope, slope

ALLOWED_KB = 2.0
"""A visit: a tenth of it would fill a gigabyte in 5 million visits."""
LET_PASS = 0.04  # of the visits: on a busy machine some have no processor for half a second


@dataclass
class Found:
    """What came of a soak. Memory in kB; `memory` is (visits before, host, standby).

    `late` counts standbys that were killed since they were not ready or shown in time, `built_in` the visits
    with the built-in page, which three of those bring: its lobby is another one, and counts as foreign.
    `heap` is what the first host had in use of its heap at each visit it started, after the first ten.
    """

    visitors: Counter[str] = field(default_factory=Counter)
    thrown: Counter[str] = field(default_factory=Counter)
    foreign: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    lost: int = 0
    astray: int = 0
    silent: int = 0
    late: int = 0
    built_in: int = 0
    stalls: list[dict] = field(default_factory=list)
    memory: list[tuple[int, int, int]] = field(default_factory=list)
    heap: list[int] = field(default_factory=list)

    def slopes(self) -> dict[str, Slope]:
        """Return kB a visit for the heap of the host, for its pages and those of what is forked from it."""
        found = {}
        if len(self.heap) >= 3:
            found["heap"] = slope(range(len(self.heap)), self.heap)
        if len(self.memory) >= 3:
            visits, host, standby = zip(*self.memory, strict=True)
            found |= {"host": slope(visits, host), "standby": slope(visits, standby)}
        return found

    def growing(self) -> list[str]:
        """Return which memory surely rises by more than is allowed."""
        return [name for name, line in self.slopes().items() if line.low > ALLOWED_KB]

    def is_well(self) -> bool:
        """True where nothing was found but stalls, and of the other things no more than is let pass."""
        let_pass = 1 + self.visitors.total() * LET_PASS
        too_many = max(self.silent, self.lost, self.astray) > let_pass
        return not (self.foreign or self.crashes or self.hangs or self.growing() or too_many)


def table(found: Found, seconds: float, seed: int) -> str:
    """Return what was found as text."""

    def counted(counts: Counter[str]) -> str:
        return ", ".join(f"{count} {name}" for name, count in counts.most_common()) or "none"

    lines = [
        f"seconds         {seconds:.0f}, seed {seed}",
        f"visitors        {found.visitors.total()}: {counted(found.visitors)}",
        f"faults thrown   {found.thrown.total()}: {counted(found.thrown)}",
    ]
    for name in ("foreign", "crashes", "hangs"):
        kept = getattr(found, name)
        lines += [f"{name:<16}{len(kept)}", *(f"    {one}" for one in kept[:20])]
    lines.append(
        f"{'silent':<16}{found.silent}; presses lost in a swap: {found.lost}; gone astray: {found.astray}"
    )
    lines.append(f"{'late standbys':<16}{found.late}; visits with the built-in page: {found.built_in}")
    if not found.memory:
        lines.append("memory          not read: too short, or not root, who alone may look into the kiosk")
    for name, line in found.slopes().items():
        verdict = "GROWS" if name in found.growing() else "within what is allowed"
        lines.append(
            f"memory, {name:<8}{line.times(1)} kB a visit, 95 % interval, of {line.count} readings; "
            f"at first {line.at_start:,.0f} kB: {verdict} ({ALLOWED_KB:.0f})"
        )
    return "\n".join([*lines, *stall_lines(found.stalls)])


def stall_lines(stalls: Sequence[dict]) -> list[str]:
    """Return the stalls by what the loop was doing, longest first; ms."""
    lines = [
        f"stalls          {len(stalls)} over 16 ms; by cause: number, worst, and of its ms own and waiting"
    ]
    causes: dict[str, list[dict]] = {}
    for one in stalls:
        causes.setdefault(" < ".join(one["where"]) or "between events", []).append(one)
    for cause, kept in sorted(causes.items(), key=lambda item: -max(s["stall"] for s in item[1]))[:15]:
        worst = max(kept, key=lambda one: one["stall"])
        lines.append(
            f"    {len(kept):>4} {worst['stall']:7.1f} {worst['own']:7.1f} {worst['waited']:7.1f}  {cause}"
        )
    return lines
