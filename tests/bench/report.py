"""One table: each program, how many times the kiosk's figure the peers' are, the goals, the distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from probe import Figures, figures
from resources import Taken
from watching import Reading

KIOSK, IN_PLACE, GOV_UK = NAMES = ("kiosk", "peer in place", "peer GOV.UK")
FRAME_MS = 1000 / 60
READING = """times: median / 99 % / worst; x: how many times the kiosk's median / 99 % the peer's are
a frame: 1/60 s, 16.7 ms; the distance is that of the 99 %, also where no goal is set
cleared: what an exit that leaves covers with first, see stage.py
in cage, in weston: 1024x768, drawn by the processor into a window of the virtual screen, all over Wayland;
    the start is the compositor's as well. Compare with each other only: all wait for the compositor's frames,
    so there is no goal; no vertical sync, no graphics processor
-: no counterpart"""
IN_COMPOSITOR = (", in cage", ", in weston")
"""Figures in which each program waits for the compositor's frame, so that a goal in frames says nothing."""
NOT_THERE = {
    "hide, speaking": "- (no voice)",
    "hide, printing, jammed": "- (no paper)",
    "hide, new content": "- (not renewed)",
}
"""Why a page in a browser has no figure."""
Readings = Mapping[tuple[str, str], Sequence[tuple[str, Reading]]]


@dataclass(frozen=True)
class Row:
    """One figure as text; `goals` say what was wanted and how far off it is."""

    figure: str
    cells: tuple[str, str, str]
    ratios: tuple[str, str]
    goals: tuple[str, ...] = ()


def timed(readings: Readings) -> dict[str, dict[str, Figures | None]]:
    """Return {figure: {program: figures in ms}}."""
    order = list(dict.fromkeys(figure for figure, _ in readings))
    return {figure: {name: figures(readings.get((figure, name), ())) for name in NAMES} for figure in order}


def time_rows(found: Mapping[str, Mapping[str, Figures | None]]) -> list[Row]:
    """Return a row for each timed figure; n, median, 99th percentile and worst in ms."""
    rows = []
    for figure, each in sorted(found.items(), key=lambda item: _place(item[0])):
        cells = tuple(_times(each[name], NOT_THERE.get(figure, "-")) for name in NAMES)
        ours, ratios = each[KIOSK], ("-", "-")
        if ours:
            ratios = tuple(_both(each[name], ours) for name in NAMES[1:])
        rows.append(Row(f"{figure}, ms", cells, ratios, _time_goals(figure, each)))
    return rows


def _place(figure: str) -> int:
    order = ("hide", "cleared", "page", "arriving", "start")
    return next((i for i, word in enumerate(order) if figure.startswith(word)), len(order))


def _times(f: Figures | None, without: str) -> str:
    if f is None:
        return without
    return f"{f.median_ms:.1f} / {f.p99_ms:.1f} / {f.worst_ms:.1f} (n {f.count})"


def _both(theirs: Figures | None, ours: Figures) -> str:
    if theirs is None:
        return "-"
    return f"{_ratio(theirs.median_ms, ours.median_ms)} / {_ratio(theirs.p99_ms, ours.p99_ms)}"


def _ratio(theirs: float, ours: float) -> str:
    return f"{theirs / ours:.1f}" if ours > 0 else "-"


def _time_goals(figure: str, each: Mapping[str, Figures | None]) -> tuple[str, ...]:
    ours, in_place, gov_uk = (each[name] for name in NAMES)
    if ours is None:
        return ()
    base = figure.partition(" at ")[0]
    if base.endswith(IN_COMPOSITOR):
        return ()
    goals = []
    if base in {"hide, idle", "hide, processors"}:
        goals.append(most("goal: p99", ours.p99_ms, FRAME_MS, "ms"))
    elif base.startswith(("hide", "page")):
        goals.append(most("p99 and a frame", ours.p99_ms, FRAME_MS, "ms"))
    if base == "hide, idle" and gov_uk:
        goals.append(most("goal: median, 1/5 of GOV.UK", ours.median_ms, gov_uk.median_ms / 5, "ms"))
        goals.append(most("goal: p99, 1/5 of GOV.UK", ours.p99_ms, gov_uk.p99_ms / 5, "ms"))
    share = {"page, idle": (4, "1/4"), "start": (3, "1/3")}.get(base)
    if share and in_place:
        limit = in_place.median_ms / share[0]
        goals.append(most(f"goal: median, {share[1]} of in place", ours.median_ms, limit, "ms"))
    return tuple(goals)


def most(what: str, value: float, limit: float, unit: str) -> str:
    """Return the goal "at most `limit`" with the distance to it."""
    off = value - limit
    verdict = f"missed by {off:.1f}" if off > 1e-9 else f"met, {abs(off):.1f} to spare"
    return f"{what} <= {limit:.1f} {unit}: {verdict}"


def resource_rows(taken: Mapping[str, Taken], where: str = "") -> list[Row]:
    """Return a row for each resource on one screen."""
    ours, theirs = taken[KIOSK], taken[IN_PLACE]
    limits = {
        "pss_mb": most("goal: 1/3 of in place", ours.pss_mb, theirs.pss_mb / 3, "MB"),
        "idle_cpu_percent": most("goal: 0.0", round(ours.idle_cpu_percent, 1), 0.0, "%"),
        "idle_wakeups_per_s": most("goal: under", ours.idle_wakeups_per_s, 1.0, "/s"),
        "written_bytes": most("goal: none", ours.written_bytes, 0, "bytes"),
        "network_sockets": most("goal: none", ours.network_sockets, 0, "sockets"),
    }
    rows = []
    for key, label, form in _RESOURCES:
        values = [float(getattr(taken[name], key)) for name in NAMES]
        cells = tuple(form.format(value) for value in values)
        ratios = tuple(_ratio(value, values[0]) for value in values[1:])
        rows.append(Row(label + where, cells, ratios, (limits[key],) if key in limits else ()))
    return rows


_RESOURCES = (
    ("pss_mb", "PSS in the lobby, MB", "{:.0f}"),
    ("pss_after_mb", "PSS after the visits, MB", "{:.0f}"),
    ("processes", "processes", "{:.0f}"),
    ("idle_cpu_percent", "idle: processor, %", "{:.2f}"),
    ("idle_wakeups_per_s", "idle: wake-ups a second", "{:.1f}"),
    ("cpu_s_per_visit", "energy: processor seconds a visit", "{:.3f}"),
    ("written_bytes", "written to disk, bytes", "{:,.0f}"),
    ("profile_bytes", "left in its own folder, bytes", "{:,.0f}"),
    ("network_sockets", "network sockets seen", "{:.0f}"),
    ("local_sockets", "local (unix) sockets seen", "{:.0f}"),
    ("other_sockets", "other sockets seen (netlink)", "{:.0f}"),
    ("installed_mb", "size installed, MB", "{:.0f}"),
)

HEADINGS = ("figure", "kiosk", "peer in place", "peer GOV.UK", "x in place", "x GOV.UK", "goal, distance")


def table(rows: Sequence[Row]) -> str:
    """Return the rows as one aligned table; times are median / 99th percentile / worst."""
    lines = [HEADINGS]
    for row in rows:
        goals = row.goals or ("",)
        lines.append((row.figure, *row.cells, *row.ratios, goals[0]))
        lines += [("", "", "", "", "", "", goal) for goal in goals[1:]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADINGS))]
    return "\n".join(_aligned(line, widths) for line in lines)


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    """Return one line of the table: words to the left, figures to the right."""
    first, *middle, goal = zip(line, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(t.rjust(w) for t, w in middle), goal[0]]).rstrip()


def as_json(readings: Readings, taken: Mapping[str, Mapping[str, Taken]]) -> dict[str, object]:
    """Return everything measured, ready for JSON; times in ms. `taken` is {screen: {program: taken}}."""
    found = timed(readings)
    rows = time_rows(found)
    for where, each in taken.items():
        rows += resource_rows(each, where)
    return {
        "figures": {k: {n: f and asdict(f) for n, f in each.items()} for k, each in found.items()},
        "resources": {
            where or "first size": {name: asdict(one) for name, one in each.items()}
            for where, each in taken.items()
        },
        "goals": [f"{row.figure}: {goal}" for row in rows for goal in row.goals],
        "readings": [
            {"figure": figure, "program": name, "label": label, **asdict(reading)}
            for (figure, name), kept in readings.items()
            for label, reading in kept
        ],
    }
