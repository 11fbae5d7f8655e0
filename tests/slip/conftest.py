"""A real print server of the test's own: the shipped settings, other folders, a printer that is a program."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SHIPPED = Path(__file__).parents[2] / "kiosk" / "deploy" / "cups"
CUPSD = shutil.which("cupsd", path="/usr/sbin:/usr/bin")
BACKEND = """#!/bin/sh
[ $# -eq 0 ] && {{ echo 'direct paper "none" "none"'; exit 0; }}
while [ -e {home}/jam ]; do sleep 0.05; done
cat "$6" >> {home}/paper
echo >> {home}/slips
"""


@dataclass(frozen=True)
class PrintServer:
    """Where it is, and what its printer has put on paper."""

    home: Path
    port: int

    @property
    def socket(self) -> str:
        return str(self.home / "run" / "cups.sock")

    @property
    def loopback(self) -> str:
        return f"localhost:{self.port}"

    def tell(self, *command: str) -> str:
        around = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "CUPS_SERVER": self.socket, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, env=around, capture_output=True, text=True, check=True, timeout=10)
        return done.stdout

    @property
    def jobs(self) -> str:
        return self.tell("lpstat", "-W", "all", "-o")

    @property
    def spooled(self) -> list[str]:
        """Files of jobs: what was sent (d), and what is known of it (c)."""
        spool = self.home / "run" / "spool"
        return sorted(path.name for path in spool.iterdir() if path.name[0] in "cd" and path.is_file())

    @property
    def paper(self) -> bytes:
        return (self.home / "paper").read_bytes()

    def jam(self, *, jammed: bool) -> None:
        """Make the printer wait in the middle of a slip, or go on."""
        flag = self.home / "jam"
        flag.touch() if jammed else flag.unlink()


@pytest.fixture
def print_server() -> Iterator[PrintServer]:
    if CUPSD is None or shutil.which("lpadmin", path="/usr/sbin:/usr/bin") is None:
        pytest.skip("cups-daemon and cups-client are not installed")
    if os.getuid() != 0:
        pytest.skip("a print server of one's own needs root")
    home = Path(tempfile.mkdtemp(prefix="slip"))  # short: the path of a socket has 107 characters at most
    home.chmod(0o755)
    server = PrintServer(home, _free_port())
    _furnish(home)
    with (home / "run/etc/cupsd.conf").open("a") as settings:
        settings.write(f"Listen localhost:{server.port}\n")
    files = ("-c", str(home / "run/etc/cupsd.conf"), "-s", str(home / "run/etc/cups-files.conf"))
    with (home / "log").open("wb") as log:
        process = subprocess.Popen([CUPSD, "-f", *files], stderr=log, stdout=log)
    try:
        _started(server, process)
        server.tell("lpadmin", "-p", "slip", "-E", "-v", "paper:/", "-m", "raw")
        server.tell("lpadmin", "-p", "slip", "-o", "printer-error-policy=abort-job")
        yield server
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(home)


def _furnish(home: Path) -> None:
    """The shipped settings with every folder under `home`; the printer is a backend of its own."""
    for folder in ("run/etc", "bin/backend", "bin/filter"):
        (home / folder).mkdir(parents=True)
    for name in ("cupsd.conf", "cups-files.conf"):
        text = (SHIPPED / name).read_text()
        text = text.replace("/run/visitor-kiosk-print-server", f"{home}/run")
        text = text.replace("/run/visitor-kiosk-print", f"{home}/run")
        if name == "cups-files.conf":
            text += f"ServerBin {home}/bin\n"
        (home / "run/etc" / name).write_text(text)
    for tool in ("daemon", "notifier"):
        (home / "bin" / tool).symlink_to(f"/usr/lib/cups/{tool}")
    backend = home / "bin" / "backend" / "paper"
    backend.write_text(BACKEND.format(home=home))
    backend.chmod(0o700)
    (home / "paper").touch()
    (home / "slips").touch()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return free.getsockname()[1]


def _started(server: PrintServer, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        assert process.poll() is None, (server.home / "log").read_text()
        try:
            if "running" in server.tell("lpstat", "-r") and "not running" not in server.tell("lpstat", "-r"):
                return
        except subprocess.CalledProcessError:
            pass
        time.sleep(0.05)
    raise AssertionError((server.home / "log").read_text())
