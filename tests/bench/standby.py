"""How soon is the next standby ready, forked from the host or started as a program? On the real product.

    python tests/bench/standby.py [--times 20] [--json]

Both ways are tried in turn in one run, on a virtual screen, at the priority of a visit on screen:
    fork   from a process that has imported Qt and made no application, as the host does
    exec   a new Python that imports everything itself
Measured from the start to the word `ready`: content loaded, lobby painted, not shown. Figures in ms and kB
(PSS of the visit alone while its parent is alive, since the two share pages).
"""

from __future__ import annotations

import argparse
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from kiosk.host.hardening import harden  # noqa: E402
from kiosk.host.link import Link, Word, linked  # noqa: E402
from tests.bench.probe import VirtualScreen  # noqa: E402

EXECUTED = (
    "import sys; from tests.bench.standby import serve_one; serve_one(int(sys.argv[1]), int(sys.argv[2]))"
)
LIMIT_S = 30.0


def serve_one(read_fd: int, write_fd: int) -> None:
    """Be one visit, until killed."""
    from kiosk.house import open_house
    from kiosk.options import DATA
    from kiosk.ui.served import serve

    os.environ["QT_QPA_PLATFORM"] = "xcb"
    serve(Link(read_fd, write_fd), lambda: open_house(DATA, None), hurried=False)


def forked(theirs: Link) -> int:
    """Start a visit by fork; return its process id."""
    child = os.fork()
    if child == 0:
        try:
            serve_one(theirs.read_fd, theirs.write_fd)
        finally:
            os._exit(1)
    return child


def executed(theirs: Link) -> int:
    """Start a visit as a program; return its process id."""
    fds = (theirs.read_fd, theirs.write_fd)
    command = [sys.executable, "-c", EXECUTED, *map(str, fds)]
    return subprocess.Popen(command, cwd=ROOT, pass_fds=fds).pid


def ready_after(start) -> tuple[float, int]:
    """Start one visit; return the ms until it is ready and its PSS in kB, then kill it."""
    ours, theirs = linked()
    began = time.perf_counter()
    child = start(theirs)
    heard: list[Word] = []
    while Word.READY not in heard:
        if not select.select([ours.read_fd], [], [], LIMIT_S)[0]:
            raise RuntimeError("a visit was not ready in time")
        heard += ours.heard() or []
    took = (time.perf_counter() - began) * 1e3
    rollup = Path(f"/proc/{child}/smaps_rollup").read_text()
    size = int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1])
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    ours.close()
    theirs.close()
    return took, size


def compare(times: int) -> dict[str, list[tuple[float, int]]]:
    """Try both ways in turn, after one of each that does not count."""
    import kiosk.ui.served  # noqa: F401 - the parent has Qt imported, as the host has

    ways = {"fork": forked, "exec": executed}
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in ways}
    for number in range(times + 1):
        for name, start in ways.items():
            reading = ready_after(start)
            if number:
                found[name].append(reading)
    return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    harden()
    with VirtualScreen() as screen:
        os.environ["DISPLAY"] = screen.name
        found = compare(options.times)
    if options.json:
        print(json.dumps(found))
        return 0
    print(f"{'':<6}{'n':>4}{'median ms':>12}{'worst ms':>12}{'median PSS kB':>16}")
    for name, readings in found.items():
        took = [ms for ms, _ in readings]
        size = median(kb for _, kb in readings)
        print(f"{name:<6}{len(took):>4}{median(took):>12.1f}{max(took):>12.1f}{size:>16.0f}")
    print(f"exec / fork: {median(t for t, _ in found['exec']) / median(t for t, _ in found['fork']):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
