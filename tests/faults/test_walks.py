"""Nothing to go back to: random walks of a person who never reads, held against what the design says.

The model is the program's own `step`, run here; the screen is the real host and its visits. After every
walk somebody presses Hide, and everything after that must be what a fresh visitor would see.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint

from kiosk.house import House, open_house
from kiosk.ui.picture import built, picture
from kiosk.ui.theme import Panel
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tap import Tap
from kiosk.visit.actions import Hide
from kiosk.visit.step import step
from kiosk.visit.visit import Visit
from tests.bench.watching import difference
from tests.faults.running import DATA, SITE, WIDTH_MM, RunningKiosk, short_and_long

APART_S = 0.32  # a second tap on the same spot within 300 ms is ignored by design


@dataclass
class Walker:
    """Touches the screen anywhere, and knows which visit that makes."""

    kiosk: RunningKiosk
    house: House
    visit: Visit = field(default_factory=Visit)

    def touch(self, x: int, y: int) -> None:
        action = self._under(x, y)
        if isinstance(action, Hide):
            self.hide()
            return
        self.kiosk.screen.tap(x, y, hold_s=0.03)
        if action:
            self.visit = step(self.visit, action)
        time.sleep(APART_S)

    def hide(self) -> None:
        used = self.visit != Visit()
        old = self.kiosk.visits()[0]
        self.kiosk.hide()
        self.visit = Visit()
        self.kiosk.wait_for_lobby()
        if used:
            self.kiosk.wait_until(lambda: old not in self.kiosk.visits(), 5)

    def look(self) -> str | None:
        """Return how the screen differs from the page of this visit, None if it does not."""
        if self.visit == Visit():
            return difference(self.kiosk.screen.pixels(), self.kiosk.lobby)
        image = picture(page := self._page())
        page.deleteLater()
        drawn = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
        return difference(self.kiosk.screen.pixels(), drawn)

    def _page(self) -> Page:
        screen = self.kiosk.screen
        return built(self.house, self.visit, Panel.measured(screen.width, screen.height, WIDTH_MM))

    def _under(self, x: int, y: int):
        page = self._page()
        child = page.childAt(QPoint(x, y))
        page.deleteLater()
        return child.action if isinstance(child, Tap) else None


@pytest.fixture
def walker(kiosk) -> Walker:
    return Walker(kiosk, open_house(DATA, SITE))


@pytest.mark.parametrize("touches", short_and_long(16, 500))
def test_after_hide_only_what_a_fresh_visitor_opens_is_seen(walker, touches):
    spots = st.lists(st.tuples(st.integers(2, 1077), st.integers(2, 1917)), min_size=3, max_size=12)

    @settings(max_examples=max(2, touches // 50), suppress_health_check=list(HealthCheck))
    @given(walk=spots, seed=st.integers(0, 2**32))
    def walk_hide_and_press_everything(walk, seed):
        for spot in walk:
            walker.touch(*spot)
        walker.hide()
        dice = random.Random(seed)
        for _ in range(touches // 2):
            walker.touch(dice.randrange(2, 1078), dice.randrange(2, 1918))
            assert walker.look() is None
        walker.hide()
        assert walker.look() is None

    walk_hide_and_press_everything()
