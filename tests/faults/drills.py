"""What is done to a running kiosk again and again. Each returns how long the lobby took, in seconds."""

from __future__ import annotations

import random
import signal
import time
from itertools import cycle

from tests.bench.watching import difference
from tests.faults.fingers import Fingers
from tests.faults.running import RunningKiosk, descendants, is_running, state_of
from tests.faults.sites import LONGEST_S

YOUNG_S = 1.1  # a visit that dies younger counts as failing, which slows the host down on purpose
LIMIT_S = 10.0


def watch_swaps(kiosk: RunningKiosk, swaps: int) -> list[float]:
    """Hide, and look at every pixel until the next visit has taken over: all must be the lobby."""
    dice = random.Random(4)
    all_ways = kiosk.ways()
    pages = [page for page in all_ways if page.startswith(("resource", "guide", "my", "take"))]
    dice.shuffle(pages)
    times = []
    for _, page in zip(range(swaps), cycle(pages), strict=False):
        kiosk.wait_for_standby()
        kiosk.walk(page)
        old = kiosk.visits()[0]
        kiosk.screen.press(*kiosk.strip)
        times.append(kiosk.wait_for_lobby())
        until = time.perf_counter() + 0.5
        while time.perf_counter() < until or old in kiosk.visits():
            assert difference(kiosk.screen.pixels(), kiosk.lobby) is None, page
        kiosk.screen.release(*kiosk.strip)
    check_tidy(kiosk)
    return times


def hide_in_a_hurry(kiosk: RunningKiosk, times: int) -> list[float]:
    """Hide in the middle of things: a page half built, the strip struck twice, no standby ready yet."""
    dice, found = random.Random(9), []
    spots = kiosk.ways()
    pages = [page for page in spots if page.startswith(("resource", "category")) and len(spots[page]) > 1]
    for number in range(times):
        *first, last = spots[dice.choice(pages)]
        for spot in first:
            kiosk.tap(spot)
        kiosk.screen.tap(*last)
        time.sleep(dice.uniform(0, 0.02))  # the page is being built, painted, or has just been shown
        began = time.perf_counter()
        kiosk.screen.press(*kiosk.strip)
        if number % 2:
            kiosk.screen.release(*kiosk.strip)
            kiosk.screen.press(*kiosk.strip)
        kiosk.wait_for_lobby()
        found.append(time.perf_counter() - began)
        kiosk.screen.release(*kiosk.strip)
        until = time.perf_counter() + dice.uniform(0.0, 0.5)
        while time.perf_counter() < until:
            assert difference(kiosk.screen.pixels(), kiosk.lobby) is None
        if number % 3 == 0:
            check_tidy(kiosk)
    check_tidy(kiosk)
    return found


def end_visit(kiosk: RunningKiosk, way: str) -> None:
    """End the visit on screen by "hide", "key", "crash", "hang" or, without doing anything, by "idle"."""
    shown = kiosk.visits()[0]
    match way:
        case "hide":
            kiosk.hide()
        case "key":
            kiosk.screen.key("Escape")
        case "crash":
            kiosk.kill(shown, signal.SIGSEGV)
        case "hang":
            kiosk.kill(shown, signal.SIGSTOP)
    kiosk.wait_for_next(shown, LONGEST_S + 5)


def kill_visits(kiosk: RunningKiosk, times: int) -> list[float]:
    """Kill the visit on screen while somebody uses it, at rest, and in the middle of a swap."""
    dice, found = random.Random(5), []
    for _ in range(times):
        kiosk.wait_for_standby()
        time.sleep(YOUNG_S)
        shown = kiosk.visits()[0]
        doing = dice.choice(["walking", "resting", "hiding"])
        if doing != "resting":
            kiosk.walk("help")
        if doing == "hiding":
            kiosk.screen.tap(*kiosk.strip, hold_s=0.0)
        time.sleep(dice.uniform(0, 0.06))
        kiosk.kill(shown, dice.choice([signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT]))
        found.append(kiosk.wait_for_lobby(LIMIT_S))
    check_tidy(kiosk)
    return found


def kill_standbys(kiosk: RunningKiosk, times: int) -> list[float]:
    """Kill the standby at a random moment of its life; nothing is to be seen of it."""
    dice, found = random.Random(6), []
    for _ in range(times):
        kiosk.wait_until(lambda: len(kiosk.visits()) == 2, LIMIT_S)
        time.sleep(YOUNG_S + dice.uniform(0, 0.6))
        standby = kiosk.visits()[1]
        kiosk.kill(standby, signal.SIGKILL)
        assert kiosk.shows_lobby()
        began = time.perf_counter()
        kiosk.wait_until(lambda gone=standby: gone not in kiosk.visits(), LIMIT_S)
        kiosk.wait_for_standby(LIMIT_S)
        found.append(time.perf_counter() - began)
    check_tidy(kiosk)
    return found


def kill_hosts(kiosk: RunningKiosk, times: int) -> list[float]:
    """Kill the host at a random moment and start it again, as systemd would, until it can be used."""
    dice, found = random.Random(7), []
    for _ in range(times):
        time.sleep(dice.uniform(0, 1.5))
        if dice.random() < 0.5:
            kiosk.walk("help")
        everybody = [kiosk.host, *descendants(kiosk.host)]
        kiosk.kill(kiosk.host)
        began = time.perf_counter()
        kiosk.child.wait(5)
        kiosk.wait_until(lambda all_of=everybody: not any(is_running(pid) for pid in all_of), LIMIT_S)
        kiosk.start_again()
        kiosk.wait_until(kiosk.shows_lobby, LIMIT_S)
        found.append(time.perf_counter() - began)
    check_tidy(kiosk)
    return found


def stop_visits(kiosk: RunningKiosk, times: int) -> list[float]:
    """Let the visit on screen hang, as SIGSTOP does, and wait until the standby covers it."""
    dice, found = random.Random(8), []
    for _ in range(times):
        kiosk.wait_for_standby()
        kiosk.walk("resource-alive")
        time.sleep(dice.uniform(0, 0.3))
        hung = kiosk.visits()[0]
        kiosk.kill(hung, signal.SIGSTOP)
        found.append(kiosk.wait_for_lobby())
        kiosk.wait_until(lambda gone=hung: gone not in kiosk.visits(), LIMIT_S)
    check_tidy(kiosk)
    return found


def visit_at_speed(kiosk: RunningKiosk, times: int) -> None:
    """Open pages and hide, faster than standbys get ready: the old visit then serves a fresh one."""
    dice = random.Random(10)
    fingers = Fingers(kiosk)
    spots = kiosk.ways()
    pages = [page for page in spots if len(spots[page]) <= 2]
    for _ in range(times):
        fingers.open(dice.choice(pages))
        kiosk.screen.press(*kiosk.strip)
        kiosk.wait_for_lobby(LIMIT_S)
        kiosk.screen.release(*kiosk.strip)
        time.sleep(dice.uniform(0, 0.1))


def check_tidy(kiosk: RunningKiosk) -> None:
    """One host, two visits, no zombie, the lobby on the glass, and a tap still opens a page."""
    kiosk.wait_for_standby(LIMIT_S)
    kiosk.wait_until(
        lambda: len(kiosk.visits()) == 2 and "Z" not in map(state_of, descendants(kiosk.host)), LIMIT_S
    )
    assert kiosk.shows_lobby()
    kiosk.walk("help")
    assert not kiosk.shows_lobby()
    kiosk.end_visit(LIMIT_S)
