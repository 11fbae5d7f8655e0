"""What else the machine is doing while programs are measured."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

LOADS = ("idle", "processors", "memory")
SHARE = 0.6
CHUNK_MB = 64

_HOLDER = """
import mmap, os, sys, time
parent, chunks, size = os.getppid(), int(sys.argv[1]), int(sys.argv[2]) << 20
held = []
for _ in range(chunks):
    held.append(mmap.mmap(-1, size))
    held[-1][::4096] = bytes([1]) * len(range(0, size, 4096))
print("ready", flush=True)
while os.getppid() == parent:
    for piece in held:
        piece[::4096] = bytes([2]) * len(range(0, size, 4096))
        time.sleep(0.005)
        if os.getppid() != parent:
            break
"""


def available_mb() -> int:
    """Return the memory the kernel could hand out, in MB of 1,048,576 bytes."""
    with open("/proc/meminfo") as file:  # noqa: PTH123 - one line of a file of the kernel
        line = next(line for line in file if line.startswith("MemAvailable"))
    return int(line.split()[1]) // 1024


@contextmanager
def load(wanted: bool, processes: int = 2) -> Iterator[None]:
    """Keep processors busy with spinning children; they end by themselves if this process dies."""
    spin = "import os\np = os.getppid()\nwhile os.getppid() == p:\n    for _ in range(100000): pass"
    command = [sys.executable, "-c", spin]
    number = processes if wanted else 0
    children = [subprocess.Popen(command, start_new_session=True) for _ in range(number)]  # as programs are
    try:
        yield
    finally:
        for child in children:
            child.kill()
            child.wait()


@contextmanager
def memory_pressure() -> Iterator[None]:
    """Hold 60 % of the memory that is free and touch every page of it in turn.

    That empties caches and keeps the memory bus busy. It does not force the kernel to take pages away from
    the program measured: on a shared machine that would hit everybody else as well.
    """
    chunks = int(available_mb() * SHARE) // CHUNK_MB
    command = [sys.executable, "-c", _HOLDER, str(chunks), str(CHUNK_MB)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        try:
            assert holder.stdout is not None
            holder.stdout.readline()
            yield
        finally:
            holder.kill()


@contextmanager
def under(name: str) -> Iterator[None]:
    """Put the machine under one of `LOADS`."""
    if name == "memory":
        with memory_pressure():
            yield
    else:
        with load(name == "processors"):
            yield
