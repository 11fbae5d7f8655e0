"""A terminal in a container: Debian's systemd boots it at its own speed, cage draws on a screen of memory."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tests.terminal.drawn import draw_in
from tests.terminal.evidence import keep
from tests.terminal.eye import Eye

# There are no devices in a container: no terminal, no seat.
HEADLESS = """\
[Service]
TTYPath=
StandardInput=null
TTYReset=no
TTYVHangup=no
TTYVTDisallocate=no
Environment=WLR_BACKENDS=headless
"""
T = TypeVar("T")
DISPLAY = (
    *("setpriv", "--reuid=visitor-kiosk-display", "--regid=visitor-kiosk-display", "--clear-groups"),
    *("env", "XDG_RUNTIME_DIR=/run/visitor-kiosk-display", "WAYLAND_DISPLAY=wayland-0"),
)
"""Before a program that talks to the compositor."""
SETTLED = (
    *("env", "-i", "PATH=/usr/sbin:/usr/bin", "LC_ALL=C.UTF-8"),
    *("SYSTEMD_PAGER=cat", "SYSTEMD_COLORS=0"),
)
UNITS = ("visitor-kiosk", "visitor-kiosk-display", "seatd")


class Container:
    """Boots a root folder at once; `run` runs a command in it."""

    def __init__(self, root: Path, *more: str) -> None:
        place = root / "etc/systemd/system/visitor-kiosk-display.service.d"
        place.mkdir(parents=True, exist_ok=True)
        (place / "90-container.conf").write_text(HEADLESS)
        command = [
            "systemd-nspawn",
            "--quiet",
            "--boot",
            "--register=no",
            "--keep-unit",
            "--console=pipe",
            # Without these systemd starts units without their PrivateNetwork=, DeviceAllow= and KeyringMode=.
            "--capability=CAP_NET_ADMIN",
            "--system-call-filter=bpf @keyring",
            *more,
        ]
        self.process = subprocess.Popen(
            [*command, "--directory", str(root), "systemd.show_status=0"],
            env=os.environ | {"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.root = root
        self._leader = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if fault:
            keep(self, self.root.parent.name, f"{kind.__name__ if kind else ''}: {fault}")
        with contextlib.suppress(subprocess.SubprocessError):
            self.run("systemctl", "--force", "--force", "poweroff")
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)

    def run(self, *command: str, seconds: float = 60) -> str:
        """Run a program as root beside its systemd and return what it printed."""
        whole = [*self._into(), "--", *SETTLED, *command]
        done = subprocess.run(whole, capture_output=True, text=True, timeout=seconds, check=False)
        return done.stdout + done.stderr

    def _into(self) -> tuple[str, ...]:
        return ("nsenter", "-t", self.leader, "-m", "-u", "-i", "-n", "-p", "-C", "-r", "-w")

    @property
    def leader(self) -> str:
        """The process outside that is process 1 inside."""
        if not self._leader:
            self._leader = until(self._process_1, 30)
        return self._leader

    def _process_1(self) -> str:
        """Return the child that has become systemd; others help it to start and end again."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for child in children:
            with contextlib.suppress(OSError):
                if Path(f"/proc/{child}/comm").read_text() == "systemd\n":
                    return child
        return ""

    def show(self, unit: str, name: str) -> str:
        """Return a property of a unit."""
        return self.run("systemctl", "show", unit, "--property", name, "--value").strip()

    def wait_until_up(self, seconds: float = 90) -> None:
        """Wait until all units of the kiosk are active."""
        until(lambda: all(self.show(unit, "ActiveState") == "active" for unit in UNITS), seconds)

    def pid(self, unit: str) -> int:
        """Return the main process, as it is called inside."""
        return int(self.show(unit, "MainPID"))

    def children(self, pid: int) -> list[int]:
        """Return the children of a process inside."""
        return [int(each) for each in self.run("cat", f"/proc/{pid}/task/{pid}/children").split()]

    def exposure(self, unit: str) -> float:
        """Return how much of the system a unit reaches, 0 to 10, by the systemd that runs it."""
        said = self.run("systemd-analyze", "security", "--no-pager", unit)
        found = re.search(r"Overall exposure level for \S+: ([0-9.]+) ", said)
        assert found, said
        return float(found[1])

    def ready_at(self) -> int:
        """When the kiosk last became ready, in microseconds; changes with each start."""
        return int(self.show("visitor-kiosk", "ActiveEnterTimestampMonotonic") or 0)

    def kill(self, pid: int, number: signal.Signals = signal.SIGKILL) -> float:
        """Send a signal to a process inside, from outside; return when, in s of CLOCK_MONOTONIC."""
        assert pid > 1
        target = self._outside(pid)
        since = time.clock_gettime(time.CLOCK_MONOTONIC)
        os.kill(target, number)
        return since

    @contextlib.contextmanager
    def watched(self, lobby: bytes) -> Iterator[Eye]:
        """Look at the screen again and again meanwhile."""
        place = self.root / "root"
        shutil.copy(Path(__file__).with_name("looking.py"), place)
        (place / "lobby.ppm").write_bytes(lobby)
        command = ("python3", "-IB", "/root/looking.py", "/root/lobby.ppm")
        into = [each for each in self._into() if each != "-p"]  # with it there would be a child, left alone
        with subprocess.Popen([*into, "--", *SETTLED, *command], stdout=subprocess.PIPE) as looking:
            eye = Eye(looking)
            try:
                yield eye
            finally:
                looking.kill()
                eye.close()

    def _outside(self, pid: int) -> int:
        """Return how a process inside is called here."""
        space = os.readlink(f"/proc/{self.leader}/ns/pid")
        for status in Path("/proc").glob("[0-9]*/status"):
            with contextlib.suppress(OSError):
                names = re.search(r"^NSpid:\t(.*)$", status.read_text(), re.MULTILINE)
                inside = names and names[1].split()[-1] == str(pid)
                if inside and os.readlink(status.parent / "ns/pid") == space:
                    return int(status.parent.name)
        raise ProcessLookupError(pid)

    def strike(self, pid: int, number: signal.Signals, seconds: float) -> float:
        """Send a signal; return the seconds until the kiosk is ready anew. Raises TimeoutError."""
        before = self.ready_at()
        since = self.kill(pid, number)

        def is_back() -> bool:
            return self.ready_at() > before and self.show("visitor-kiosk", "ActiveState") == "active"

        until(is_back, seconds, 0.3)  # seldom: each look takes time from what it looks at
        return self.ready_at() / 1e6 - since

    def make_device(self, path: str, major: int, minor: int) -> None:
        """Make a character device, which a container may not; for the group that udev gives it to."""
        group = {"snd": "audio", "input": "input"}.get(Path(path).parent.name, "lp")
        script = f"mkdir -p {Path(path).parent}; rm -f {path}; mknod -m 660 {path} c {major} {minor}"
        self._outside_of_it("sh", "-c", f"{script}; chgrp {group} {path}")

    def set_kernel(self, name: str, value: str) -> None:
        """Write a setting of the kernel's that counts for this container alone."""
        into = ("nsenter", "-t", self.leader, "-p", "--", "sh", "-c", f"echo {value} > /proc/sys/{name}")
        subprocess.run(into, check=True)

    def _outside_of_it(self, *command: str) -> None:
        """Run a program with the files of the container and the rights of the tests."""
        subprocess.run(("nsenter", "-t", self.leader, "-m", "-r", "-w", "--", *command), check=True)

    def screen(self, state: str) -> None:
        """Turn the screen "--off" or "--on" for the compositor: its output goes and comes."""
        assert self.run(*DISPLAY, "wlr-randr", "--output", "HEADLESS-1", state) == ""

    def picture(self, display: tuple[str, ...] = DISPLAY) -> bytes:
        """Return the pixels on the screen, as PPM; nothing while there is no such `display`."""
        self.run("rm", "-f", "/tmp/screen.ppm")
        self.run(*display, "grim", "-t", "ppm", "/tmp/screen.ppm")
        into = ("nsenter", "-t", self.leader, "-m", "-r", "-w", "--", "cat", "/tmp/screen.ppm")
        return subprocess.run(into, capture_output=True, check=False).stdout

    def lobby(self, seconds: float = 20) -> bytes:
        """Return the screen, as PPM, when it is the lobby of the site file, to the pixel.

        That is not the built-in page: this one is drawn as well, and is another picture. Raises TimeoutError.
        """
        width, height = until(lambda: size_of(self.picture()), seconds)
        drawn = draw_in(self.root, lambda line: self.run("sh", "-c", line), (), (width, height))
        wanted = drawn.lobby.tobytes()
        assert wanted != drawn.built_in.tobytes()
        return until(lambda: (now := self.picture()).endswith(wanted) and now, seconds)


def size_of(picture: bytes) -> tuple[int, int] | None:
    """Return (width, height) of a picture as PPM, in px; None for what is none."""
    head = re.match(rb"P6\n(\d+) (\d+)\n", picture)
    return (int(head[1]), int(head[2])) if head else None


def colourful(picture: bytes) -> bytes:
    """Return the picture if it is more than one colour, else nothing."""
    head = picture.split(b"\n", 3)
    return (
        picture if len(head) == 4 and len({head[3][at : at + 3] for at in range(0, 300000, 300)}) > 3 else b""
    )


def until(what: Callable[[], T], seconds: float, pause: float = 0.05) -> T:
    """Wait until something is true and return it. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not (found := what()):
        if time.monotonic() > end:
            raise TimeoutError(f"{what} is not so after {seconds} s")
        time.sleep(pause)
    return found
