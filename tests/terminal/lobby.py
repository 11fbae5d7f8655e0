"""A machine between two visitors: in the lobby of its site, the next visit ready. Touches there and back."""

from __future__ import annotations

from collections.abc import Sequence

from PIL.Image import Image

from tests.terminal.container import until
from tests.terminal.drawn import Drawn, Touch
from tests.terminal.machine import Machine
from tests.terminal.pages import shows, wait_for_page
from tests.terminal.panel import LANGUAGE, STRIP, tap

HIDE = (STRIP, "0.03,0.985", "0.97,0.955")
"""The middle of the strip, and two of its corners."""
RESTED = """\
for i in $(seq 90); do HOST=$(systemctl show visitor-kiosk -p MainPID --value); \
set -- $(cat /proc/$HOST/task/$HOST/children 2>/dev/null); if [ $# = 2 ]; then \
A=$(cut -d' ' -f14,15 /proc/$1/stat /proc/$2/stat); sleep 1; \
[ "$A" = "$(cut -d' ' -f14,15 /proc/$1/stat /proc/$2/stat)" ] && \
echo $HOST $1 $2 && break; fi; sleep 0.5; done 2>/dev/null"""
"""Host, visit on screen and standby, once neither has had the processor for a second (proc(5))."""


def rested(machine: Machine) -> tuple[int, int, int]:
    """Return host, visit on screen and standby when they wait. What is touched in a swap may be lost."""
    said = machine.sh(RESTED, 300).split()
    assert len(said) == 3, f"no standby comes to rest: {said}"
    return int(said[0]), int(said[1]), int(said[2])


def in_lobby(machine: Machine, lobby: Image) -> None:
    """Press Hide and wait until the lobby of the site is there, with the next visit ready.

    On a processor this slow a standby can be too late three times in a row; the built-in page then takes its
    place until the next visit ends, so one is had: a page is opened there, and hidden.
    """
    tap(machine, STRIP)
    rested(machine)
    for _ in range(6):
        if shows(machine, lobby):
            return
        before = machine.shot()
        tap(machine, LANGUAGE)
        until(lambda before=before: machine.shot() != before, 60)
        tap(machine, STRIP)
        rested(machine)
    wait_for_page(machine, lobby, 0)


def follow(machine: Machine, walk: Sequence[Touch]) -> int:
    """Touch one after the other, each when the page before it is there; return how many arrived."""
    for touch in walk:
        assert touch.place, "this is chosen by no touch"
        tap(machine, touch.place)
        wait_for_page(machine, touch.page)
    return len(walk)


def hide(machine: Machine, lobby: Image, place: str = STRIP) -> int:
    """Touch the strip and wait for the lobby, then for the next visit; return 1 for a touch that arrived."""
    tap(machine, place)
    wait_for_page(machine, lobby)
    rested(machine)
    return 1


def touch_all(machine: Machine, drawn: Drawn) -> int:
    """Go every way and Hide, by its middle and its corners; return how many touches brought their page."""
    assert drawn.are_apart()
    arrived = 0
    for number, walk in enumerate(drawn.walks):
        if not shows(machine, drawn.lobby):
            in_lobby(machine, drawn.lobby)
        arrived += follow(machine, walk) + hide(machine, drawn.lobby, HIDE[number % len(HIDE)])
    return arrived


def each_visit(machine: Machine, drawn: Drawn, times: int) -> int:
    """Go to pages and Hide until so many visits were had; return how many."""
    for number in range(times):
        follow(machine, drawn.walks[number % len(drawn.walks)])
        hide(machine, drawn.lobby)
    return times
