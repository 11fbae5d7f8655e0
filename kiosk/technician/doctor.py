"""All findings in their order, as text, as JSON, and as figures for Prometheus. No fact about visitors."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Final

from kiosk.technician import content_state, glass, machine, update_state
from kiosk.technician.facts import Facts, Set
from kiosk.technician.finding import Finding, Level, look

Check = Callable[[Facts, Set], Finding]
CHECKS: Final[tuple[Check, ...]] = (
    *(content_state.site, content_state.content, content_state.start),
    *(content_state.age, content_state.translations),
    update_state.updates,
    *(glass.panel, glass.size, glass.rotation, glass.reach, glass.touch, glass.colours, glass.fonts),
    *(machine.clock, machine.time_zone, machine.printer, machine.voices),
    *(machine.swap, machine.erasing, machine.exposure, machine.locked),
)


def examine(facts: Facts, kiosk: Set) -> tuple[Finding, ...]:
    """Return one finding of each check, in their order. A check that fails itself is a finding as well."""
    return tuple(_asked(check, facts, kiosk) for check in CHECKS)


def worst(findings: Sequence[Finding]) -> Level:
    """Return the worst level: the exit code."""
    return max((finding.level for finding in findings), default=Level.OK)


def as_text(findings: Sequence[Finding]) -> str:
    """Return a line for each finding, what to do below it, and a count."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.level.label:<12}  {finding.check}: {finding.said}")
        if finding.todo:
            lines.append(f"{'':<12}  -> {finding.todo}")
    counts = [f"{sum(f.level is level for f in findings)} {level.label}" for level in Level]
    return "\n".join([*lines, "", f"{', '.join(counts)}.", ""])


def as_json(findings: Sequence[Finding]) -> str:
    """Return {"level", "findings": [{"check", "level", "said", "todo"}]}; levels are 0, 1 and 2."""
    listed = [
        {"check": each.check, "level": int(each.level), "said": each.said, "todo": each.todo}
        for each in findings
    ]
    return json.dumps({"level": int(worst(findings)), "findings": listed}, indent=2) + "\n"


def as_prometheus(findings: Sequence[Finding], oldest_days: int | None, days_since_update: int | None) -> str:
    """Return figures in the text format of Prometheus, for the textfile collector of node_exporter."""
    lines = [
        "# HELP visitor_kiosk_finding How a thing stands: 0 ok, 1 look at this, 2 wrong.",
        "# TYPE visitor_kiosk_finding gauge",
        *(f'visitor_kiosk_finding{{check="{each.check}"}} {int(each.level)}' for each in findings),
    ]
    if oldest_days is not None:
        lines += [
            "# HELP visitor_kiosk_oldest_check_days Days since the oldest check of a number.",
            "# TYPE visitor_kiosk_oldest_check_days gauge",
            f"visitor_kiosk_oldest_check_days {oldest_days}",
        ]
    if days_since_update is not None:
        lines += [
            "# HELP visitor_kiosk_good_update_days Days since new content was last asked for with success.",
            "# TYPE visitor_kiosk_good_update_days gauge",
            f"visitor_kiosk_good_update_days {days_since_update}",
        ]
    return "\n".join([*lines, ""])


def _asked(check: Check, facts: Facts, kiosk: Set) -> Finding:
    try:
        return check(facts, kiosk)
    except Exception as error:  # noqa: BLE001 - what one check cannot bear must not hide the other findings
        name = check.__name__.replace("_", " ")
        return look(name, f"This could not be judged: {type(error).__name__}.", "tell the developer")
