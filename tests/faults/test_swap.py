"""Every visitor gets a new process: the swap, what it leaves, and what happens when processes die or hang."""

from __future__ import annotations

import signal

import pytest

from tests.faults.drills import watch_swaps
from tests.faults.running import descendants, is_running, short_and_long

ALIVE = "resource-alive"


def test_after_a_visit_another_process_shows_the_same_lobby(kiosk):
    before = kiosk.visits()
    kiosk.walk(ALIVE)
    assert not kiosk.shows_lobby()
    kiosk.hide()
    kiosk.wait_for_lobby()
    kiosk.wait_until(lambda: before[0] not in kiosk.visits(), 5)
    assert before[1] in kiosk.visits()
    kiosk.wait_for_standby()
    assert kiosk.shows_lobby()
    kiosk.walk(ALIVE)
    assert not kiosk.shows_lobby()


@pytest.mark.parametrize("swaps", short_and_long(4, 500))
def test_swaps_show_nothing_but_the_lobby(kiosk, swaps):
    watch_swaps(kiosk, swaps)


def test_visits_end_with_their_host(kiosk):
    everybody = [kiosk.host, *descendants(kiosk.host)]
    assert len(everybody) == 3
    kiosk.kill(kiosk.host)
    kiosk.wait_until(lambda: not any(is_running(pid) for pid in everybody), 5)


def test_a_polite_end_takes_everybody_along(kiosk):
    everybody = [kiosk.host, *descendants(kiosk.host)]
    kiosk.kill(kiosk.host, signal.SIGTERM)
    assert kiosk.child.wait(3) == 0
    assert not any(is_running(pid) for pid in everybody)
