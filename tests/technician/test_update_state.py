"""What the doctor says of updates, from the very file that the updater writes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import shipped
from kiosk.deploy.package import HOME
from kiosk.technician import facts as seen
from kiosk.technician import machine
from kiosk.technician.doctor import as_prometheus, examine
from kiosk.technician.facts import Facts
from kiosk.technician.finding import Level
from kiosk.technician.update_state import days_since_good, updates, warned_of_clock
from kiosk.updates import commands
from tests.technician.machines import GOOD, site

OK, LOOK, WRONG = Level
NIGHTLY = replace(GOOD, has_update_root=True, has_update_source=True)
WELL = {
    "result": "current",
    "reason": "",
    "clock": "",
    "checked_at": "2026-11-21T09:10:00Z",
    "last_good_check_at": "2026-11-21T09:10:00Z",
    "content_version": 7,
    "content_sha256_begins": "0123456789ab",
    "valid_until": "2027-02-20",
}


def after(**told: object) -> Facts:
    """A kiosk that asks every night, after an update that told this."""
    return replace(NIGHTLY, update_health=json.dumps(WELL | told))


def days(number: int) -> str:
    return f"{GOOD.now - timedelta(days=number):%Y-%m-%dT%H:%M:%SZ}"


CASES = [
    (GOOD, OK, "No updates are set up"),
    (replace(GOOD, has_update_source=True), WRONG, "nobody to trust"),
    (NIGHTLY, LOOK, "none has come to an end"),
    (after(), OK, "Version 7 of the content is here; new content was last asked for with success today."),
    (after(last_good_check_at=days(1), result="unreachable", reason="no answer"), OK, "yesterday."),
    (
        after(last_good_check_at=days(4), result="unreachable", reason="no answer"),
        *(LOOK, "4 days ago. Since then: no answer."),
    ),
    (after(last_good_check_at=days(31), result="unreachable", reason="no answer"), WRONG, "31 days ago"),
    (replace(after(last_good_check_at=days(29)), has_update_source=False), OK, "29 days ago"),
    (replace(after(last_good_check_at=days(400)), has_update_source=False), LOOK, "400 days ago"),
    (
        after(last_good_check_at=None, result="unreachable", reason="no answer"),
        LOOK,
        "ever gone well: no answer.",
    ),
    (after(last_good_check_at=None, content_version=0), LOOK, "No update has ever gone well."),
    (after(content_version=0), OK, "New content was last asked for with success today."),
    (
        after(result="refused", reason="rollback: version 3 is offered, and 7 is already here"),
        *(WRONG, "New content was refused: rollback: version 3 is offered, and 7 is already here."),
    ),
    (after(result="failed", reason="No space left on device: /var"), WRONG, "No space left on device: /var."),
    (after(valid_until="2026-11-20"), WRONG, "ran out on 2026-11-20"),
    (after(valid_until="2026-11-30"), LOOK, "run out on 2026-11-30"),
    (after(valid_until="soon"), OK, "today"),
    (replace(NIGHTLY, update_health="{"), LOOK, "cannot be read"),
    (replace(NIGHTLY, update_health='{"result": 3}'), LOOK, "cannot be read"),
    (replace(NIGHTLY, update_health="[" * 99999), LOOK, "cannot be read"),
    (after(result="refused", reason="a\x1b[2J\nb." + "c" * 999), WRONG, "refused: a [2J b.ccc"),
]


@pytest.mark.parametrize(("facts", "level", "said"), CASES, ids=range(len(CASES)))
def test_what_became_of_updates_is_told_with_what_to_do(tmp_path, facts, level, said):
    finding = updates(facts, site(tmp_path))
    assert (finding.level, said in finding.said) == (level, True), finding
    assert bool(finding.todo) is (level is not OK)
    assert finding.said.endswith(".")
    assert finding.said.isprintable()
    assert len(finding.said) < 400


def test_a_clock_that_the_updater_does_not_believe_is_told_until_it_is_set(tmp_path):
    told = "the clock says 2000-01-01, but 2026-11-20 has passed; set the clock"
    behind = after(clock=told, checked_at="2000-01-01T00:00:09Z")
    kiosk = replace(site(tmp_path), library=None)
    finding = machine.clock(replace(behind, now=datetime(2000, 1, 1, 5, tzinfo=UTC)), kiosk)
    assert (finding.level, told in finding.said) == (WRONG, True)
    assert machine.clock(behind, kiosk).level is OK
    assert warned_of_clock(behind) == ""


@given(
    st.none()
    | st.text(max_size=99)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
        lambda inner: st.dictionaries(st.sampled_from(sorted(WELL)), inner) | st.lists(inner, max_size=3),
    ).map(json.dumps)
)
def test_no_damaged_file_stops_it(health):
    facts = replace(NIGHTLY, update_health=health)
    assert updates(facts, None).said.isprintable()
    assert warned_of_clock(facts).isprintable()
    assert (days_since_good(facts) or 0) >= 0


def test_the_age_is_a_figure_for_the_monitoring_of_the_site(tmp_path):
    findings = examine(after(last_good_check_at=days(4)), site(tmp_path))
    figures = as_prometheus(findings, 1, days_since_good(after(last_good_check_at=days(4))))
    assert "\nvisitor_kiosk_good_update_days 4\n" in figures
    assert '\nvisitor_kiosk_finding{check="updates"} 1\n' in figures
    assert "good_update_days" not in as_prometheus(findings, 1, days_since_good(GOOD))


def test_it_reads_where_the_updater_writes():
    assert Path("/", seen.UPDATE_HEALTH) == commands.STATE / "health.json"
    assert Path("/", seen.UPDATE_ROOT) == shipped.OWN_ROOT_JSON
    assert Path("/", seen.SHIPPED_ROOT) == Path("/", HOME, shipped.ROOT_JSON)
