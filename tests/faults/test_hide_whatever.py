"""Hide while the visit is busy: with a page, with computing, with the next visit not ready yet."""

import pytest

from tests.faults.drills import hide_in_a_hurry
from tests.faults.running import ROOT, RunningKiosk, short_and_long

COMPUTING = (str(ROOT / "tests" / "faults" / "computing.py"),)


@pytest.mark.parametrize("times", short_and_long(4, 500))
def test_hide_covers_a_page_that_is_half_built_and_stays(kiosk, times):
    hide_in_a_hurry(kiosk, times)


@pytest.mark.parametrize("times", short_and_long(2, 100))
def test_hide_covers_while_the_visit_computes(screen, times):
    kiosk = RunningKiosk(screen, program=COMPUTING)
    kiosk.wait_for_standby()
    hide_in_a_hurry(kiosk, times)
