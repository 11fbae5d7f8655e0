"""What each unit may do, tried from inside of it."""

from __future__ import annotations

import pytest

from kiosk.deploy.lock import SETTINGS
from tests.terminal import allowed
from tests.terminal.container import until
from tests.terminal.sandbox import listen, probed

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]
STARTED_FOR_IT = {
    "visitor-kiosk": (allowed.KIOSK, False),
    "visitor-kiosk-display": (allowed.DISPLAY, False),
    "visitor-kiosk-update": (allowed.UPDATE, True),
    "visitor-kiosk-update-usb@stick": (allowed.UPDATE_USB, True),
}
"""The lists of each unit; and whether the probe runs instead of its program."""


def test_systemd_leaves_out_no_setting_of_a_unit_here(terminal, lobby):
    """In a container it starts a unit without what it may not set up: the tests would see another unit."""
    said = terminal.run("journalctl", "-b", "-o", "cat")
    assert "Started visitor-kiosk.service" in said
    assert [line for line in said.splitlines() if "proceeding without" in line] == []
    assert terminal.run("systemctl", "show", "visitor-kiosk", "-p", "PrivateNetwork").strip().endswith("=yes")


@pytest.mark.parametrize("unit", STARTED_FOR_IT)
def test_the_sandbox_allows_what_is_listed_and_nothing_else(terminal, unit):
    listen(terminal)
    trusted = "cd /etc/visitor-kiosk; echo '{}' > root.json; echo UPDATE_FROM=none > update.env"
    terminal.run("sh", "-c", f"mkdir -p /srv/stick; {trusted}")
    lists, instead = STARTED_FOR_IT[unit]
    assert allowed.beyond(probed(terminal, unit, instead=instead), lists) == {}
    terminal.wait_until_up()


def test_locked_not_even_a_program_in_memory_is_let(terminal, lobby):
    """The kernel counts this setting for each container by itself."""
    assert "vm.memfd_noexec = 2" in SETTINGS["sysctl.d"]
    terminal.set_kernel("vm/memfd_noexec", "2")
    assert terminal.run("cat", "/proc/sys/vm/memfd_noexec").strip() == "2"
    lists = allowed.KIOSK | {"allowed": ()}
    assert allowed.beyond(probed(terminal, "visitor-kiosk"), lists) == {}
    until(lambda: terminal.picture() == lobby, 20)  # Qt's windows are such memory, without a program in it
