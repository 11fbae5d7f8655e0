"""What brings the lobby back on the glass when a part of the kiosk is killed or hangs, and how soon.

Seen on the screen: from the signal to the first picture of the lobby after which no other picture came.
The limits are the promised times, longer where the machine is slower meanwhile; see weather.py.
"""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from statistics import median

import pytest

from tests.terminal.container import Container, until
from tests.terminal.weather import Weather

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]
KIOSK, DISPLAY = "visitor-kiosk", "visitor-kiosk-display"
VISIT_S, HOST_S, CAGE_S = 0.5, 1.0, 2.0
"""Promised. At once, for a visit, is the time for which one may be mute before it counts as hanging."""
HOST_HANGS_S, CAGE_HANGS_S = 12.0, 15.0
KILLS, HANGS = 10, 3
TRIES = 3
"""At most so many times as many are tried, where the machine stands still meanwhile."""
SETTLED_S = 1.5
"""Longer than a visit that dies young: three of them in a row bring the built-in page, as they should."""
GENEROUS = 20
"""How many times the promised time the lobby is waited for at all."""


@dataclass(frozen=True)
class Timed:
    """One kill: seconds until the lobby, and the pace of the machine meanwhile in ms."""

    seconds: float
    limit: float
    pace: float


def timed(
    terminal: Container, lobby: bytes, unit: str, pid: int, number: signal.Signals, promised: float
) -> Timed | None:
    """Send a signal to a process of a unit, and time how long the lobby is away.

    Return None when the machine stood still meanwhile. Raises TimeoutError when the lobby does not come back.
    """
    host = terminal.pid(unit)
    with terminal.watched(lobby) as eye, Weather() as weather:
        until(eye.sees_lobby, 20)
        since = terminal.kill(pid, number)
        if pid == host:  # while it hangs, what it showed last is still there
            until(lambda: terminal.pid(unit) not in {0, host}, promised * GENEROUS)
        until(lambda: eye.is_back(since, SETTLED_S), promised * GENEROUS + SETTLED_S, 0.2)
        seconds = eye.back_after(since)
    return None if weather.stalled else Timed(seconds, weather.limit(promised), weather.pace)


def check(found: list[Timed | None], wanted: int, what: str) -> None:
    """Print the figures; each has to be within its own limit."""
    kept = [each for each in found if each]
    if len(kept) < wanted:
        pytest.skip(
            f"it came back each time; the machine stood still in {len(found) - len(kept)} of {len(found)}"
        )
    seconds, paces = [each.seconds for each in kept], [each.pace for each in kept]
    figures = f"median {median(seconds):.2f} s, worst {max(seconds):.2f} s, n {len(kept)}"
    meanwhile = f"pace median {median(paces):.0f} ms, worst {max(paces):.0f} ms"
    print(f"\n{what}: the lobby again after {figures}; {meanwhile}; left out {len(found) - len(kept)}")
    assert [each for each in kept if each.seconds > each.limit] == []


def repeated(once, wanted: int) -> list[Timed | None]:
    """Do it until so many could be timed."""
    found: list[Timed | None] = []
    while len([each for each in found if each]) < wanted and len(found) < wanted * TRIES:
        found.append(once())
    return found


def visits(terminal: Container, host: int) -> list[int]:
    """Return the visit on the screen and its standby, when both are there and have lived for a while."""
    found = until(lambda: len(now := terminal.children(host)) == 2 and now, 20)
    time.sleep(SETTLED_S)
    assert terminal.children(host) == found
    return found


@pytest.fixture(autouse=True)
def no_core_file_is_left(terminal):
    yield
    assert cores(terminal) == ""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
@pytest.mark.parametrize(("unit", "promised"), [(KIOSK, HOST_S), (DISPLAY, CAGE_S)])
def test_the_lobby_comes_back_after_a_kill_of_each_part(terminal, lobby, unit, promised, number):
    found = repeated(lambda: timed(terminal, lobby, unit, terminal.pid(unit), number, promised), KILLS)
    check(found, KILLS, f"{unit}, {number.name}")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_the_standby_is_there_at_once_when_a_visit_is_killed(terminal, lobby, number):
    host = terminal.pid(KIOSK)

    def once() -> Timed | None:
        seen, standby = visits(terminal, host)
        took = timed(terminal, lobby, KIOSK, seen, number, VISIT_S)
        assert terminal.children(host)[0] == standby
        return took

    found = repeated(once, KILLS)
    assert terminal.pid(KIOSK) == host
    check(found, KILLS, f"visit, {number.name}")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_seatd_comes_back_however_often_it_is_killed(terminal, lobby, number):
    """More often than systemd would start an ordinary service again."""
    for _ in range(8):
        before = until(lambda: terminal.pid("seatd"), 20)
        terminal.kill(before, number)
        until(lambda before=before: terminal.pid("seatd") not in (0, before), 20)
    terminal.wait_until_up()
    until(lambda: terminal.picture() == lobby, 20)


@pytest.mark.parametrize(("unit", "promised"), [(KIOSK, HOST_HANGS_S), (DISPLAY, CAGE_HANGS_S)])
def test_what_hangs_is_found_and_started_again(terminal, lobby, unit, promised):
    found = repeated(
        lambda: timed(terminal, lobby, unit, terminal.pid(unit), signal.SIGSTOP, promised), HANGS
    )
    check(found, HANGS, f"{unit}, hung")


def cores(terminal: Container) -> str:
    """Return the names of all core files; "" for none."""
    names = ("(", "-name", "core", "-o", "-name", "core.[0-9]*", "-o", "-name", "*.core", ")")
    found = terminal.run("find", "/", "-xdev", "-type", "f", *names).strip()
    kept = terminal.run("ls", "-A", "/var/lib/systemd/coredump").strip()
    return found + ("" if kept == NO_FOLDER else kept)


NO_FOLDER = "ls: cannot access '/var/lib/systemd/coredump': No such file or directory"
