"""What is pulled out and put in again: the monitor, before the start and ten times after it; touch, too."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.terminal import image
from tests.terminal.container import until
from tests.terminal.drawn import Drawn
from tests.terminal.lobby import follow, hide, in_lobby
from tests.terminal.machine import LINE, Machine
from tests.terminal.pages import wait_for_page
from tests.terminal.panel import Plug, pull_touch_panel, touch_panel, vnc
from tests.terminal.terminal import marks, pids

TOOLS = ("qemu-system-x86_64", "mke2fs")
pytestmark = marks(image.missing(*TOOLS))
TIMES = 10


@pytest.fixture(scope="module")
def pulled(disk) -> Iterator[tuple[Machine, Plug]]:
    """A machine that has started without a monitor, with a touch panel."""
    folder = image.RUN / "plugging"
    folder.mkdir(parents=True)
    with Machine(folder, *disk, LINE, *vnc(folder)) as machine:
        plug = Plug(machine)
        plug.pull()
        machine.wait_until_up(900)
        touch_panel(machine)
        yield machine, plug
        plug.close()


def connector(machine: Machine) -> str:
    """Return what the guest's kernel sees at the socket of its monitor."""
    return machine.sh("cat /sys/class/drm/card*-*/status")


def test_started_without_a_screen_it_shows_the_lobby_when_one_is_plugged_in(pulled, drawn):
    machine, plug = pulled
    until(lambda: connector(machine) == "disconnected", 180)
    time.sleep(20)  # it has had time to fail
    plug.put_in()
    until(lambda: connector(machine) == "connected", 60)
    until(lambda: machine.sh("systemctl is-active visitor-kiosk") == "active", 300)
    wait_for_page(machine, drawn.lobby, 120)
    there_and_back(machine, drawn)


def there_and_back(machine: Machine, drawn: Drawn) -> None:
    """Touch what leads to a page, and Hide."""
    in_lobby(machine, drawn.lobby)
    follow(machine, drawn.walks[0])
    hide(machine, drawn.lobby)


def test_a_screen_pulled_ten_times_comes_back_by_itself_with_its_touch(pulled, drawn):
    machine, plug = pulled
    in_lobby(machine, drawn.lobby)
    before = pids(machine)
    for _ in range(TIMES):
        plug.pull()
        until(lambda: connector(machine) == "disconnected", 60)
        plug.put_in()
        until(lambda: connector(machine) == "connected", 60)
        wait_for_page(machine, drawn.lobby, 120)
    assert pids(machine) == before
    there_and_back(machine, drawn)
    print(f"\nscreen pulled and put in: {TIMES} of {TIMES} came back, nothing was started again")


def test_a_visit_ends_with_the_screen_and_is_not_there_when_it_comes_back(pulled, drawn):
    """Nobody could press Hide: no touch arrives. The standby that takes over was never on a screen."""
    machine, plug = pulled
    in_lobby(machine, drawn.lobby)
    follow(machine, drawn.walks[0])
    plug.pull()
    until(lambda: connector(machine) == "disconnected", 60)
    time.sleep(15)
    plug.put_in()
    wait_for_page(machine, drawn.lobby, 120)


def test_a_kiosk_started_anew_without_a_screen_is_there_when_it_comes_back(pulled, drawn):
    machine, plug = pulled
    plug.pull()
    until(lambda: connector(machine) == "disconnected", 60)
    machine.sh("systemctl restart --no-block visitor-kiosk-display")
    time.sleep(30)
    plug.put_in()
    wait_for_page(machine, drawn.lobby, 300)
    there_and_back(machine, drawn)


def test_a_touch_panel_pulled_three_times_works_again(pulled, drawn):
    machine, _ = pulled
    in_lobby(machine, drawn.lobby)
    before = pids(machine)
    for _ in range(3):
        pull_touch_panel(machine)
        touch_panel(machine)
        there_and_back(machine, drawn)
    assert pids(machine) == before
