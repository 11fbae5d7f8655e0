from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize

from tests.flows.walker import PORTRAIT, Walker


@pytest.fixture(params=[PORTRAIT, QSize(1920, 1080)], ids=["portrait", "landscape"])
def visitor(request, qapp, house) -> Iterator[Walker]:
    width_mm = 268.0 if request.param == PORTRAIT else 476.0
    measured = replace(house, settings=replace(house.settings, panel_width_mm=width_mm))
    walker = Walker(measured, request.param)
    yield walker
    walker.leave()


@pytest.fixture
def at_portrait(qapp, house) -> Iterator[Walker]:
    walker = Walker(house)
    yield walker
    walker.leave()


@pytest.fixture
def house_with_hide_key(house):
    return replace(house, settings=replace(house.settings, hide_key="F12"))
