"""The same swaps under cage, the compositor a kiosk runs in, with Qt speaking Wayland to it.

cage draws into a window of the virtual screen, so that the same eye sees every pixel.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.probe import VirtualScreen
from tests.faults.drills import kill_visits, stop_visits, watch_swaps
from tests.faults.running import RunningKiosk, has, short_and_long

WIDTH, HEIGHT = 1024, 768  # what wlroots gives a window of its X11 backend
NOBODY = 65534
AS_NOBODY = [
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    # It may still read a Python that only root may see.
    *("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"),
]
OPEN = all(folder.stat().st_mode & 0o001 for folder in Path(sys.prefix).parents)  # Qt asks access(2)
pytestmark = pytest.mark.skipif(
    not has("cage", "Xwayland", "setpriv") or os.geteuid() != 0 or not OPEN,
    reason="cage, xwayland or setpriv is not installed, this is not root, who can become nobody, "
    "or nobody may look into the folder of this Python",
)


@pytest.fixture
def in_cage(qapp, tmp_path) -> Iterator[RunningKiosk]:
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    os.chown(runtime, NOBODY, NOBODY)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        Path(folder).chmod(0o755)
    environment = {
        "XDG_RUNTIME_DIR": str(runtime),
        "WLR_BACKENDS": "x11",
        "WLR_RENDERER": "pixman",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "QT_QPA_PLATFORM": "wayland",
    }
    with VirtualScreen(WIDTH, HEIGHT) as screen:
        kiosk = RunningKiosk(screen, [*AS_NOBODY, "cage", "-d", "--"], **environment)
        kiosk.wait_for_standby(15)
        yield kiosk


@pytest.mark.parametrize("swaps", short_and_long(2, 500))
def test_swaps_under_cage_show_nothing_but_the_lobby(in_cage, swaps):
    watch_swaps(in_cage, swaps)


@pytest.mark.parametrize("drill", [kill_visits, stop_visits])
@pytest.mark.parametrize("times", short_and_long(1, 100))
def test_a_visit_that_dies_under_cage_is_covered(in_cage, drill, times):
    drill(in_cage, times)
