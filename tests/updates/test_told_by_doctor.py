"""A refusal by the updater itself, as the doctor of that kiosk tells it."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.technician import facts as seen
from kiosk.technician.facts import gather
from kiosk.technician.finding import Level
from kiosk.technician.update_state import updates
from tests.updates.agency import Terminal


def told(kiosk: Terminal, root: Path, trusted: str = seen.UPDATE_ROOT):
    """Lay the kiosk's files where those of a terminal are, and ask the doctor."""
    for source, place in (
        (kiosk.root, trusted),
        (kiosk.task.state / "health.json", seen.UPDATE_HEALTH),
    ):
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, root / place)
    return updates(gather(None, root, lambda *_: None), None)


def test_it_tells_what_is_here_what_was_refused_and_that_all_is_well_again(agency, kiosk, tmp_path):
    old = agency.copy("old")
    agency.publish("two")
    kiosk.update()
    well = told(kiosk, tmp_path)
    assert (well.level, "Version 2 of the content is here" in well.said) == (Level.OK, True), well
    kiosk.update(old)
    refused = told(kiosk, tmp_path)
    assert (refused.level, "refused: " in refused.said) == (Level.WRONG, True), refused
    assert kiosk.health()["reason"].rstrip(".")[:100] in refused.said
    kiosk.update()
    assert told(kiosk, tmp_path) == well


def test_the_root_of_the_package_is_one_to_trust(agency, kiosk, tmp_path):
    agency.publish("two")
    kiosk.update()
    assert "Version 2 of the content is here" in told(kiosk, tmp_path, seen.SHIPPED_ROOT).said
