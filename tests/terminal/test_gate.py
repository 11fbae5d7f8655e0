"""The gate on a terminal in a container: packages of worse and better kiosks, apt, dpkg, systemd, the lock.

Each version is built by the project's own command from a copy of this folder in which one thing was changed,
and comes from a signed repository. tests/deploy/test_fleet.py has the cases that need no terminal.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy import repository
from tests.deploy.repository import FLEET, Repository
from tests.terminal import image
from tests.terminal.container import UNITS, Container, until
from tests.terminal.image import ROOT, Layer

pytest.importorskip("tuf", reason="the extra `update` is not installed")
from tests.updates.agency import Served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(repository.missing()), reason=repository.missing()),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
SOURCES = ("kiosk", "assets", "data", "README.md", "LICENSE", "pyproject.toml", "run_kiosk.py")
GATE = "/usr/local/sbin/visitor-kiosk-upgrade"
KERNEL = """\
cp -r /proc/sys/kernel /run/kernel 2>/dev/null
echo 0 >/run/kernel/sysrq; echo '|/bin/false' >/run/kernel/core_pattern
"""
"""A container has the kernel of its host. The gate and what it asks see one that began with the lock."""
RUN = "cd / && mount --bind /run/kernel /proc/sys/kernel && exec "

ENTRY = "def _run(options: argparse.Namespace) -> int:\n"
LISTED = "PLACES: Final = {\n"
PANIC = '"kernel.panic = 10",\n'
CHANGED = {
    "ends at once": ("kiosk/cli.py", ENTRY, ENTRY + "    sys.exit(3)\n"),
    "ends after it was ready": (
        "kiosk/cli.py",
        ENTRY,
        ENTRY + "    __import__('threading').Timer(2, lambda: __import__('os')._exit(3)).start()\n",
    ),
    "opens what was locked": (
        "kiosk/deploy/package.py",
        LISTED,
        LISTED + '    "keys.conf": "usr/lib/sysctl.d/90-keys.conf",\n',
    ),
    "locks more": ("kiosk/deploy/lock.py", PANIC, PANIC + '        "kernel.perf_event_paranoid = 3",\n'),
}
"""What a version does: the file that is changed for it, and how."""


class Shop:
    """Builds versions and puts them into the repository; each is newer than the one before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repository = Repository(folder)
        self.count = 0

    def offer(self, change: str) -> str:
        """Build a version with a change, put it into the repository, and return its number."""
        self.count += 1
        version = f"0.1.0+{self.count}"
        tree = self.folder / f"tree-{self.count}"
        for name in SOURCES:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            tree.mkdir(exist_ok=True)
            copy(ROOT / name, tree / name)
        name, old, new = CHANGED[change]
        text = (tree / name).read_text()
        assert text.count(old) == 1
        (tree / name).write_text(text.replace(old, new))
        (tree / "kiosk/deploy/units/keys.conf").write_text("kernel.sysrq = 1\n")
        command = [sys.executable, tree / "run_kiosk.py", "package", "--out", self.folder, "--as", version]
        settled = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000"}
        done = subprocess.run(command, env=settled, capture_output=True, text=True, check=True)
        self.repository.offer(Path(done.stdout.strip()))
        return version


class Terminal(Container):
    """A locked terminal with the gate."""

    def gate(self) -> str:
        """Run the gate as its unit does; it waits for ten seconds in place of a minute."""
        command = f"{RUN} {GATE} --settle 10"
        return self.run("unshare", "--mount", "sh", "-c", command, seconds=600)

    def lock(self) -> str:
        """Return the last line of `lock --check`."""
        command = f"{RUN} visitor-kiosk lock --check"
        return self.run("unshare", "--mount", "sh", "-c", command).splitlines()[-1]

    @property
    def version(self) -> str:
        return self.run("dpkg-query", "--show", "--showformat=${Status} ${Version}", "visitor-kiosk")


@pytest.fixture(scope="module")
def shop(deb, tmp_path_factory) -> Iterator[Shop]:
    made = Shop(tmp_path_factory.mktemp("shop"))
    made.repository.offer(deb)
    yield made
    made.repository.close()


@pytest.fixture(scope="module")
def terminal(installed, shop) -> Iterator[Terminal]:
    with Layer(installed.root, image.RUN / "gated") as layer, Served(shop.repository.folder) as served:
        signed = "signed-by=/etc/apt/keyrings/kiosk.asc"
        layer.write("etc/apt/keyrings/kiosk.asc", "")
        shop.repository.export(layer.root / "etc/apt/keyrings/kiosk.asc")
        layer.write("etc/apt/sources.list", f"deb [{signed}] {served.url} stable main\n")
        layer.write(GATE.lstrip("/"), (FLEET / "upgrade.py").read_text(), 0o755)
        assert layer.run("visitor-kiosk", "lock", "--usb-sticks").returncode == 0
        with Terminal(layer.root) as container:
            container.run("sh", "-c", KERNEL)
            container.wait_until_up()
            yield container


def check_the_lobby_is_back(terminal: Terminal, lobby: bytes, version: str) -> None:
    """The version is installed as a whole, its units run and stay, the lobby is shown, and all is locked."""
    assert terminal.version == version
    terminal.wait_until_up()
    until(lambda: terminal.picture() == lobby, 30)
    since = terminal.ready_at()
    assert terminal.lock() == "Locked."
    for unit in UNITS:
        assert terminal.show(unit, "ActiveState") == "active"
    assert terminal.ready_at() == since


@pytest.mark.parametrize("change", ["ends at once", "ends after it was ready", "opens what was locked"])
def test_a_worse_kiosk_is_put_back_the_lobby_shown_and_it_is_not_tried_again(terminal, shop, lobby, change):
    assert terminal.lock() == "Locked."
    before = terminal.version
    version = shop.offer(change)
    said = terminal.gate()
    assert f"visitor-kiosk-upgrade: {version} is not healthy" in said
    assert f"{before.split()[-1]} is put back" in said, said
    print(f"\n{said.strip().splitlines()[-1]}")
    check_the_lobby_is_back(terminal, lobby, before)
    since = terminal.ready_at()
    again = terminal.gate()
    assert f"visitor-kiosk-upgrade: {before.split()[-1]} stays" in again
    assert (terminal.version, terminal.ready_at()) == (before, since)


def test_a_sound_kiosk_is_taken_and_its_lock_that_closes_more_is_written(terminal, shop, lobby):
    version = shop.offer("locks more")
    said = terminal.gate()
    assert f"visitor-kiosk-upgrade: {version} is healthy" in said, said
    check_the_lobby_is_back(terminal, lobby, f"install ok installed {version}")
    assert "perf_event_paranoid = 3" in terminal.run("cat", "/etc/sysctl.d/60-visitor-kiosk.conf")
    sticks = terminal.run("cat", "/etc/modprobe.d/60-visitor-kiosk.conf")
    assert "usb-storage" not in sticks  # sticks stay usable, as the technician wished
