"""The same swaps under cage, the compositor a kiosk runs in, with Qt speaking Wayland to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench.probe import VirtualScreen
from tests.faults.cage import HEIGHT, IN_CAGE, WIDTH, lacking, surrounded
from tests.faults.drills import kill_visits, stop_visits, watch_swaps
from tests.faults.running import RunningKiosk, short_and_long

pytestmark = pytest.mark.skipif(lacking() is not None, reason=lacking() or "")


@pytest.fixture
def in_cage(qapp, tmp_path) -> Iterator[RunningKiosk]:
    environment = surrounded(tmp_path)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(0o755)
    with VirtualScreen(WIDTH, HEIGHT) as screen:
        kiosk = RunningKiosk(screen, IN_CAGE, **environment)
        kiosk.wait_for_standby(15)
        yield kiosk


@pytest.mark.parametrize("swaps", short_and_long(2, 500))
def test_swaps_under_cage_show_nothing_but_the_lobby(in_cage, swaps):
    watch_swaps(in_cage, swaps)


@pytest.mark.parametrize("drill", [kill_visits, stop_visits])
@pytest.mark.parametrize("times", short_and_long(1, 100))
def test_a_visit_that_dies_under_cage_is_covered(in_cage, drill, times):
    drill(in_cage, times)
