"""A terminal from zero in half a minute, for every run of the tests; the rest of this folder takes an hour.

The minimal Debian is kept. Where there is none yet it is made from the network, once.
"""

from __future__ import annotations

import subprocess

import pytest

from tests.terminal import allowed, image
from tests.terminal.container import until
from tests.terminal.sandbox import listen, probed

LACKING = image.missing()
pytestmark = [
    pytest.mark.skipif(bool(LACKING), reason=LACKING),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def debian_at_hand(deb):
    """Before anything else: without a network a new machine has no Debian to install into."""
    try:
        image.debian(deb)
    except subprocess.CalledProcessError:
        pytest.skip(f"no minimal Debian 13 is kept in {image.KEEP}, and mmdebstrap cannot fetch one")


def test_it_boots_into_the_lobby(terminal, lobby):
    assert terminal.run("systemctl", "is-system-running", "--wait").strip() == "running"
    assert lobby[:2] == b"P6"


def test_the_lobby_is_there_again_when_a_visit_is_killed(terminal, lobby):
    host = terminal.pid("visitor-kiosk")
    seen, standby = until(lambda: len(now := terminal.children(host)) == 2 and now, 20)
    terminal.kill(seen)
    until(lambda: terminal.children(host)[:1] == [standby] and terminal.picture() == lobby, 20)
    assert terminal.pid("visitor-kiosk") == host


def test_the_sandbox_allows_what_is_listed_and_nothing_else(terminal):
    listen(terminal)
    assert allowed.beyond(probed(terminal, "visitor-kiosk"), allowed.KIOSK) == {}
