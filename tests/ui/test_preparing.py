"""What is made ready behind the lobby, between a visitor's touches."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QObject

from kiosk.house import open_house
from kiosk.ui import samples
from kiosk.ui.preparing import Preparing
from kiosk.ui.theme import Panel
from kiosk.visit.places import HelpPlace, Place, ResourcePlace
from tests.ui.houses import DATA

PANEL = Panel.measured(1080, 1920, 302.0)


@pytest.fixture(scope="module")
def house():
    return open_house(DATA, None)


@pytest.fixture
def painted(monkeypatch) -> list[Place]:
    """The places of the pages that were made, in order."""
    made: list[Place] = []
    page_for = samples.page_for

    def noted(place, scene):
        made.append(place)
        return page_for(place, scene)

    monkeypatch.setattr(samples, "page_for", noted)
    return made


def test_a_step_paints_one_page_at_most(qapp, house, painted):
    counts = [len(painted)] + [len(painted) for _ in samples.painted_unseen(house, PANEL)]
    assert painted == samples.sample_places(house)
    assert {HelpPlace, ResourcePlace} <= {type(place) for place in painted}
    assert max(after - before for before, after in pairwise(counts)) == 1


def test_a_fault_in_it_ends_neither_the_visit_nor_the_index(qapp, house):
    def faulty():
        yield
        raise ValueError("a page that cannot be painted")

    parent = QObject()
    preparing = Preparing(parent, house, faulty())
    with pytest.raises(ValueError, match="cannot be painted"):
        preparing._on_time()
    assert preparing._timer.isActive()
    for _ in range(10_000):
        preparing._on_time()
        if preparing.is_over:
            return
    pytest.fail("the index is never made")


def test_what_is_to_be_done_before_the_index_is_done_first(qapp, house):
    parent, done = QObject(), []
    preparing = Preparing(parent, house, (done.append(number) for number in range(3)))
    assert not done
    while not preparing.is_over:
        preparing._on_time()
    assert done == [0, 1, 2]
