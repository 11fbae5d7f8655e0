"""Every visitor gets a new process: the swap, what it leaves, and what happens when processes die or hang."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.bench.probe import difference
from tests.faults.running import STRIP, copies, descendants, ways

ALIVE = "resource-alive"
# The contact of all kept numbers is put together only for the visitor who kept one.
KEPT = "VERSION:3.0\r\nN:Info\r\nFN:Info\r\nTEL;TYPE=X-"
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may read the memory of the kiosk")


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


def test_twenty_swaps_show_nothing_but_the_lobby(kiosk):
    pages = random.Random(4).sample([page for page in ways() if page.startswith(("resource", "guide"))], 20)
    for page in pages:
        kiosk.wait_for_standby()
        kiosk.walk(page)
        old = kiosk.visits()[0]
        kiosk.screen.press(*STRIP)
        kiosk.wait_for_lobby()
        until = time.perf_counter() + 0.7
        while time.perf_counter() < until or old in kiosk.visits():
            assert difference(kiosk.screen.pixels(), kiosk.lobby) is None, page
        kiosk.screen.release(*STRIP)
    assert len(kiosk.visits()) == 2


def test_a_visit_that_is_killed_is_followed_at_once(kiosk):
    for _ in range(5):
        kiosk.wait_for_standby()
        time.sleep(1.1)
        kiosk.walk("help")
        kiosk.kill(kiosk.visits()[0], random.choice([signal.SIGKILL, signal.SIGSEGV]))
        kiosk.wait_for_lobby()
    assert_tidy(kiosk)


def test_a_standby_that_is_killed_is_started_again(kiosk):
    for _ in range(5):
        time.sleep(1.1)
        standby = kiosk.visits()[1]
        kiosk.kill(standby)
        kiosk.wait_until(lambda gone=standby: gone not in kiosk.visits(), 5)
        kiosk.wait_for_standby()
        assert kiosk.shows_lobby()
    assert_tidy(kiosk)


def test_a_visit_that_hangs_is_covered_by_the_standby(kiosk):
    for _ in range(3):
        kiosk.wait_for_standby()
        kiosk.walk(ALIVE)
        hung = kiosk.visits()[0]
        kiosk.kill(hung, signal.SIGSTOP)
        kiosk.wait_for_lobby()
        kiosk.wait_until(lambda gone=hung: gone not in kiosk.visits(), 5)


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


def test_no_visitor_fact_stands_in_log_arguments_or_environment(kiosk):
    kiosk.walk(ALIVE)
    for pid in (kiosk.host, *kiosk.visits()):
        told = Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()
        assert b"alive" not in told.lower()
    for _ in range(4):
        kiosk.wait_for_standby()
        kiosk.walk("help")
        kiosk.tap((270, 1000))
        kiosk.hide()
        kiosk.wait_for_lobby()
    assert kiosk.screen.log() == ""


def assert_tidy(kiosk) -> None:
    kiosk.wait_for_standby()
    assert len(kiosk.visits()) == 2
    assert not [pid for pid in descendants(kiosk.host) if state_of(pid) == "Z"]


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def is_running(pid: int) -> bool:
    try:
        return state_of(pid) != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@needs_root
@pytest.mark.parametrize("way", ["hide", "crash", "hang"])
def test_what_was_kept_is_found_on_screen_and_nowhere_after_the_swap(kiosk, way):
    kiosk.walk("mycode")
    assert copies(kiosk.visits()[0], KEPT) > 0
    shown = kiosk.visits()[0]
    if way == "hide":
        kiosk.hide()
    else:
        kiosk.kill(shown, signal.SIGSEGV if way == "crash" else signal.SIGSTOP)
    kiosk.wait_for_lobby()
    kiosk.wait_until(lambda: shown not in kiosk.visits(), 5)
    kiosk.wait_for_standby()
    found = {pid: copies(pid, KEPT) for pid in (kiosk.host, *kiosk.visits())}
    assert sum(found.values()) == 0
