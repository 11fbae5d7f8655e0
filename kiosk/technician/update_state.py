"""What the doctor says of updates: what became of the last one, and until when the signatures hold.

The updater's own words (kiosk/updates/update.py, health.json) about the machine and its content, never about
visitors. They are read as the words of a file that anybody may have damaged.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Final

from kiosk.shipped import OWN_ROOT_JSON
from kiosk.technician.facts import Facts, Set
from kiosk.technician.finding import Finding, look, ok, wrong

LATE_DAYS: Final = 3
"""The timer asks every night: after so many days it was not for want of one good night."""
LOST_DAYS: Final = 30
SOON_DAYS: Final = 14
"""The agency renews its signatures by then; README, Content updates."""
LONGEST_REASON: Final = 300
BY_HAND: Final = "start one: systemctl start visitor-kiosk-update, or put in a stick"
ASK_AGENCY: Final = "the content before stays on the screen; send these words to whoever publishes it"


def updates(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether new content still comes, and why it was refused where it was."""
    if not facts.has_update_root:
        if facts.has_update_source:
            todo = (
                f"put the agency's root.json at {OWN_ROOT_JSON}, or install a package that was built with it"
            )
            return wrong("updates", "A server for updates is named, but nobody to trust is.", todo)
        return ok("updates", "No updates are set up: new content is put here by hand.")
    if facts.update_health is None:
        return look("updates", "Updates are set up, but none has come to an end yet.", BY_HAND)
    told = told_in(facts.update_health)
    if told is None:
        return look("updates", "What became of the last update cannot be read.", BY_HAND)
    return _result(told) or _validity(told, facts.now) or _age(told, facts)


def warned_of_clock(facts: Facts) -> str:
    """Return what the last update said of the clock; "" for nothing, and where the clock was set since."""
    told = told_in(facts.update_health or "")
    asked = _day(told.get("checked_at")) if told else None
    if told is None or asked is None or (facts.now.date() - asked).days > LATE_DAYS:
        return ""
    return _words(told, "clock")


def days_since_good(facts: Facts) -> int | None:
    """Return the days since new content was last asked for with success; None where that never was."""
    told = told_in(facts.update_health or "")
    last = _day(told.get("last_good_check_at")) if told else None
    return None if last is None else max(0, (facts.now.date() - last).days)


def told_in(health: str) -> dict[str, object] | None:
    """Return the table of a health.json; None where it is none."""
    try:
        told = json.loads(health)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and isinstance(told.get("result"), str) else None


def _result(told: dict[str, object]) -> Finding | None:
    reason = _words(told, "reason") or "it gave no reason"
    if told["result"] == "refused":
        return wrong("updates", f"New content was refused: {reason}.", ASK_AGENCY)
    if told["result"] == "failed":
        return wrong(
            "updates", f"The last update failed on this machine: {reason}.", f"mend that, then {BY_HAND}"
        )
    return None


def _validity(told: dict[str, object], now: datetime) -> Finding | None:
    until = _day(told.get("valid_until"))
    if until is None:
        return None
    days = (until - now.date()).days
    if days < 0:
        said = (
            f"The signatures of the content ran out on {until:%Y-%m-%d}; what is there stays on the screen."
        )
        return wrong("updates", said, "whoever publishes has to renew them: publish renew")
    if days < SOON_DAYS:
        said = f"The signatures of the content run out on {until:%Y-%m-%d}."
        return look("updates", said, "whoever publishes has to renew them: publish renew")
    return None


def _age(told: dict[str, object], facts: Facts) -> Finding:
    days = days_since_good(facts)
    version = told.get("content_version")
    edition = f"Version {version} of the content is here" if type(version) is int and version > 0 else ""
    if days is None:
        why = f": {_words(told, 'reason')}" if _words(told, "reason") else ""
        return look(
            "updates", f"No update has ever gone well{why}.", f"look at the server or stick; {BY_HAND}"
        )
    asked = f"new content was last asked for with success {_ago(days)}"
    said = f"{edition}; {asked}." if edition else f"{asked[0].upper()}{asked[1:]}."
    late = LATE_DAYS if facts.has_update_source else LOST_DAYS  # a stick comes seldom
    if days <= late:
        return ok("updates", said)
    reason = _words(told, "reason")
    if told["result"] == "unreachable" and reason:
        said += f" Since then: {reason}."
    todo = f"look at the network, the server or the stick; {BY_HAND}"
    return (wrong if days > LOST_DAYS and facts.has_update_source else look)("updates", said, todo)


def _ago(days: int) -> str:
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def _words(told: dict[str, object], key: str) -> str:
    """Return one line of a health.json without what a terminal would obey, and without its last full stop."""
    said = told.get(key)
    if not isinstance(said, str):
        return ""
    line = " ".join("".join(each if each.isprintable() else " " for each in said).split())
    return line[:LONGEST_REASON].rstrip(" .")


def _day(said: object) -> date | None:
    """Return the day of "2026-11-20T03:10:00Z" or "2026-11-20"; None for anything else."""
    if not isinstance(said, str):
        return None
    try:
        return datetime.strptime(said[:10], "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None
