"""Kill anything at any moment: the lobby can be used again soon, and nothing is left over."""

import pytest

from tests.faults.drills import (
    check_tidy,
    kill_hosts,
    kill_standbys,
    kill_visits,
    stop_visits,
    visit_at_speed,
)
from tests.faults.running import own_memory, short_and_long


@pytest.mark.parametrize("drill", [kill_visits, kill_standbys, kill_hosts])
@pytest.mark.parametrize("times", short_and_long(1, 100))
def test_the_lobby_comes_back_and_memory_stays_flat(kiosk, drill, times):
    drill(kiosk, 1)
    kiosk.wait_for_standby()
    before = own_memory(kiosk.host)
    drill(kiosk, times)
    kiosk.wait_for_standby()
    assert own_memory(kiosk.host) < before * 1.05
    assert kiosk.screen.log() == ""


@pytest.mark.parametrize("times", short_and_long(1, 100))
def test_a_visit_that_hangs_is_covered_by_the_standby(kiosk, times):
    stop_visits(kiosk, times)


@pytest.mark.parametrize("visits", short_and_long(6, 4900))
def test_memory_after_many_visits_is_that_after_the_first_hundred(kiosk, visits):
    visit_at_speed(kiosk, 10 if visits < 100 else 100)
    check_tidy(kiosk)
    before = own_memory(kiosk.host)
    visit_at_speed(kiosk, visits)
    check_tidy(kiosk)
    assert own_memory(kiosk.host) < before * 1.05
