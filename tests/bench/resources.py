"""What a program takes from the machine, read from /proc: memory, processor, wake-ups, writing, sockets.

A program is the tree of processes below one id, and everything in its session: browsers detach helpers.
Read it as root: the kiosk's processes do not let other users look into them.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import distribution
from pathlib import Path

from latency import ROOT
from rivals import size_of

PROC = Path("/proc")
TICK_S = 1 / os.sysconf("SC_CLK_TCK")
GONE = (FileNotFoundError, ProcessLookupError)


def tree(root: int) -> set[int]:
    """Return the process ids of a program: `root`, what descends from it, what shares its session."""
    parents: dict[int, int] = {}
    found = {root}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with suppress(*GONE):
                fields = _stat(int(entry.name))
                parents[int(entry.name)] = int(fields[1])
                if int(fields[3]) == root:
                    found.add(int(entry.name))
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return {pid for pid in found if pid in parents}


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat from the third (the state) on; the name may hold spaces."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def pss_mb(pids: set[int]) -> float:
    """Return the proportional set size of all processes, in MB of 1,000,000 bytes."""
    total = 0
    for pid in pids:
        with suppress(*GONE):
            for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total / 1e6


def cpu_s(pids: set[int]) -> float:
    """Return processor seconds of all processes and of their children that have ended and were reaped."""
    total = 0
    for pid in pids:
        with suppress(*GONE):
            total += sum(int(ticks) for ticks in _stat(pid)[11:15])
    return total * TICK_S


def at_work(pids: set[int]) -> bool:
    """Return whether one has a processor or waits for one, or for a disk; `cpu_s` counts 10 ms at a time."""
    for pid in pids:
        with suppress(*GONE):
            if _stat(pid)[0] in "RD":
                return True
    return False


def threads(pids: set[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """Return (ns on a processor, voluntary switches) of each (process, thread)."""
    found = {}
    for pid in pids:
        with suppress(*GONE):
            for task in (PROC / str(pid) / "task").iterdir():
                with suppress(*GONE):
                    ran = int((task / "schedstat").read_text().split()[0])
                    status = (task / "status").read_text()
                    slept = int(status.partition("\nvoluntary_ctxt_switches:")[2].split()[0])
                    found[pid, int(task.name)] = (ran, slept)
    return found


def written_bytes(pids: set[int]) -> int:
    """Return bytes written to disks, by those that run and by their children that have been reaped."""
    total = 0
    for pid in pids:
        with suppress(*GONE):
            text = (PROC / str(pid) / "io").read_text()
            total += int(text.partition("\nwrite_bytes:")[2].split()[0])
    return total


def sockets(pids: set[int]) -> dict[int, str]:
    """Return {inode: family} of the sockets that are open now: "network", "local" or "other"."""
    inodes = set()
    for pid in pids:
        with suppress(*GONE):
            for link in (PROC / str(pid) / "fd").iterdir():
                with suppress(*GONE):
                    target = str(link.readlink())
                    if target.startswith("socket:["):
                        inodes.add(int(target[8:-1]))
    families = {"unix": "local"} | dict.fromkeys(("tcp", "tcp6", "udp", "udp6", "raw", "raw6"), "network")
    known = {inode: families[name] for name in families for inode in _listed(name)}
    return {inode: known.get(inode, "other") for inode in inodes}


def _listed(name: str) -> list[int]:
    """Return the inodes in one table of /proc/net."""
    with suppress(FileNotFoundError):
        lines = (PROC / "net" / name).read_text().splitlines()[1:]
        column = 6 if name == "unix" else 9
        return [int(line.split()[column]) for line in lines]
    return []


@dataclass
class Taken:
    """What one program took; MB are 1,000,000 bytes."""

    pss_mb: float = 0.0
    pss_after_mb: float = 0.0
    processes: int = 0
    idle_cpu_percent: float = 0.0
    idle_wakeups_per_s: float = 0.0
    cpu_s_per_visit: float = 0.0
    written_bytes: int = 0
    profile_bytes: int = 0
    network_sockets: int = 0
    local_sockets: int = 0
    other_sockets: int = 0
    installed_mb: float = 0.0


class Meter:
    """Reads one running program again and again; `taken` is what it comes to."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._sockets: dict[int, str] = {}
        self.taken = Taken()

    def look(self) -> set[int]:
        """Note the sockets that are open now; return the processes."""
        pids = tree(self._root)
        self._sockets |= sockets(pids)
        return pids

    def idle(self, seconds: float) -> None:
        """Read memory, then watch for `seconds` without touching anything."""
        pids = self.look()
        self.taken.pss_mb, self.taken.processes = pss_mb(pids), len(pids)
        before, begun = threads(pids), time.perf_counter()
        time.sleep(seconds)
        after, spent = threads(tree(self._root)), time.perf_counter() - begun
        ran = slept = 0
        for thread, (ns, switches) in after.items():
            earlier = before.get(thread, (0, 0))
            ran, slept = ran + ns - earlier[0], slept + switches - earlier[1]
        self.taken.idle_cpu_percent = ran / 1e9 / spent * 100
        self.taken.idle_wakeups_per_s = slept / spent

    def cpu(self) -> float:
        """Return processor seconds so far."""
        return cpu_s(self.look())

    def finish(self) -> None:
        """Read what only counts at the end."""
        pids = self.look()
        self.taken.pss_after_mb = pss_mb(pids)
        self.taken.written_bytes = written_bytes(pids)
        families = Counter(self._sockets.values())
        self.taken.network_sockets = families["network"]
        self.taken.local_sockets, self.taken.other_sockets = families["local"], families["other"]


def installed_kiosk_mb() -> float:
    """Return MB of the kiosk's own folders and the Python packages it needs; Python and Qt's libraries of the
    system (see the README's first command) are not counted."""
    total = sum(size_of(ROOT / name) for name in ("kiosk", "assets", "data"))
    for name in ("PySide6-Essentials", "shiboken6", "qrcode", "pillow"):
        for file in distribution(name).files or ():
            path = Path(str(file.locate()))
            if path.is_file():
                total += path.stat().st_size
    return total / 1e6


def installed_chromium_mb() -> float:
    """Return MB of Debian's packages chromium and chromium-common, without the libraries they depend on."""
    query = ["dpkg-query", "-W", "-f", "${Installed-Size}\n", "chromium", "chromium-common"]
    shown = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    return sum(int(line) for line in shown.split()) * 1024 / 1e6


def as_json(taken: Taken) -> dict[str, float]:
    """Return what was taken, ready for JSON."""
    return asdict(taken)
