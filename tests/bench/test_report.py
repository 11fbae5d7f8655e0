"""The table says how far each figure is from its goal, and why a page in a browser has no figure."""

from __future__ import annotations

import pytest
import report
from compositors import COMPOSITORS
from watching import Reading

from tests.bench.situations import apart_from_browsers


def readings(*times: float) -> list[tuple[str, Reading]]:
    return [("page", Reading(ms, 0.1, 0.1, False)) for ms in times]


@pytest.fixture
def rows():
    kept = {
        ("hide, idle", report.KIOSK): readings(4, 6, 20),
        ("hide, idle", report.IN_PLACE): readings(12, 18, 30),
        ("hide, idle", report.GOV_UK): readings(60, 90, 120),
        ("hide, idle at 3840x2160", report.KIOSK): readings(10, 11, 12),
        ("page, idle", report.KIOSK): readings(8),
        ("page, idle", report.IN_PLACE): readings(40),
        ("hide, speaking", report.KIOSK): readings(9),
    }
    return {row.figure: row for row in report.time_rows(report.timed(kept))}


def test_a_figure_is_said_with_its_ratios_and_its_distance_from_the_goals(rows):
    idle = rows["hide, idle, ms"]
    assert idle.cells[0] == "6.0 / 20.0 / 20.0 (n 3)"
    assert idle.ratios == ("3.0 / 1.5", "15.0 / 6.0")
    assert idle.goals == (
        "goal: p99 <= 16.7 ms: missed by 3.3",
        "goal: median, 1/5 of GOV.UK <= 18.0 ms: met, 12.0 to spare",
        "goal: p99, 1/5 of GOV.UK <= 24.0 ms: met, 4.0 to spare",
    )
    assert "goal: median, 1/4 of in place <= 10.0 ms: met, 2.0 to spare" in rows["page, idle, ms"].goals


def test_goals_hold_on_every_screen(rows):
    assert rows["hide, idle at 3840x2160, ms"].goals == ("goal: p99 <= 16.7 ms: met, 4.7 to spare",)


def test_in_a_compositor_there_is_no_goal():
    kept = {
        (f"{what}, in {name}", report.KIOSK): readings(90)
        for what in ("hide", "page")
        for name in COMPOSITORS
    }
    assert [row.goals for row in report.time_rows(report.timed(kept))] == [()] * 4


def test_what_a_page_cannot_do_is_said_with_the_reason(rows, tmp_path):
    assert rows["hide, speaking, ms"].cells[1:] == ("- (no voice)", "- (no voice)")
    assert set(report.NOT_THERE) == {f"hide, {trial.name}" for trial in apart_from_browsers(tmp_path)}
