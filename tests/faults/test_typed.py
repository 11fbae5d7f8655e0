"""Nothing left of what was typed: it is in the memory of one process, and gone with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from kiosk.house import open_house
from kiosk.ui.picture import built
from kiosk.ui.theme import Panel
from kiosk.visit.actions import Action, Open, Type
from kiosk.visit.places import FindPlace, HelpPlace
from kiosk.visit.step import step
from kiosk.visit.visit import Visit
from tests.faults.drills import end_visit
from tests.faults.running import HEIGHT, RUN, WIDTH, WIDTH_MM, RunningKiosk, copies
from tests.faults.sites import HASTY
from tests.ui.larger import write_larger

MARKER = "qzjxkwvy"  # in no word of any language here; two of its letters come from a keyboard
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may read the memory of the kiosk")
WAYS = ["hide", *(pytest.param(way, marks=pytest.mark.slow) for way in ("key", "crash", "hang", "idle"))]


class Typist:
    """Goes to Find on a running kiosk of more than 40 services, and types."""

    def __init__(self, screen, folder: Path) -> None:
        content = write_larger(folder / "content")
        self.site = content / "sites" / "police-lobby.toml"
        self.site.write_text(f"{self.site.read_text()}\n{HASTY}")
        self.house = open_house(content, self.site)
        self.kiosk = RunningKiosk(screen, program=(*RUN, "--content", str(content)), site=self.site)
        self.kiosk.wait_for_standby()
        self.visit = Visit()

    def choose(self, action: Action) -> None:
        page = built(self.house, self.visit, Panel.measured(WIDTH, HEIGHT, WIDTH_MM))
        button = next(each for each in page.buttons() if each.action == action)
        spot = button.mapTo(page, QPoint(button.width() // 2, button.height() // 2))
        page.deleteLater()
        self.kiosk.tap((spot.x(), spot.y()))
        self.visit = step(self.visit, action)

    def type(self, word: str) -> None:
        self.choose(Open(HelpPlace()))
        self.choose(Open(FindPlace()))
        for letter in word[:-2]:
            self.choose(Type(letter))
        for letter in word[-2:]:
            self.kiosk.screen.key(letter)
            self.kiosk.rest(0.12)


@needs_root
@pytest.mark.parametrize("way", WAYS)
def test_what_was_typed_is_found_on_screen_and_nowhere_after_the_swap(screen, tmp_path, way):
    typist = Typist(screen, tmp_path)
    kiosk = typist.kiosk
    typist.type(MARKER)
    shown = kiosk.visits()[0]
    assert copies(shown, MARKER) > 0
    assert told_outside(kiosk) == 0
    end_visit(kiosk, way)
    assert sum(copies(pid, MARKER) for pid in (kiosk.host, *kiosk.visits())) == 0
    assert told_outside(kiosk) == 0
    assert MARKER not in kiosk.screen.log()


def told_outside(kiosk: RunningKiosk) -> int:
    """How often what was typed stands in arguments or environment of a process of the kiosk."""
    files = [Path(f"/proc/{pid}") for pid in (kiosk.host, *kiosk.visits())]
    told = [(file / name).read_bytes() for file in files for name in ("cmdline", "environ", "comm")]
    return sum(MARKER.encode() in text for text in told)
