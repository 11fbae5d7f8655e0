from collections.abc import Iterator

import pytest

from tests.bench.probe import VirtualScreen
from tests.faults.running import HEIGHT, WIDTH, RunningKiosk, has

if not has("Xvfb"):
    pytest.skip("Xvfb is not installed", allow_module_level=True)


@pytest.fixture
def screen(qapp) -> Iterator[VirtualScreen]:
    with VirtualScreen(WIDTH, HEIGHT) as virtual:
        yield virtual


@pytest.fixture
def kiosk(screen) -> RunningKiosk:
    running = RunningKiosk(screen)
    running.wait_for_standby()
    return running
