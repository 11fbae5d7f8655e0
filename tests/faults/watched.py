"""The kiosk, as installed, with an ear in it: who died, who hung, when an event loop stood still, and why.

Lines of JSON go to the file that `VISITOR_KIOSK_WATCHED` names: {"gone": pid, "code": n}, {"hung": pid},
{"stall": ms, "own": ms, "waited": ms, "where": [...]} and, when a process has tidied up after a visit,
{"held": kB, "hides": n}: what is in use of its heap, and how often it has hidden. What the system counts for
a process grows only when the holes in its heap are full. Only for tests: the product itself says nothing.

How a stall is seen: a thread of each visit on screen posts an event every few milliseconds; it is late by as
long as the loop was busy. The stack of the main thread is written by a watchdog in C (faulthandler), which
does not wait for the interpreter. `own` is the processor time of the main thread meanwhile and `waited` how
long it stood in the queue for a processor (/proc/PID/task/TID/schedstat); the rest it was blocked. Where the
thread itself asks late, that counts only as far as the main thread worked or waited meanwhile: it may have
held the interpreter; else the thread had no processor, which is no stall.
"""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import re
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk import cli
from kiosk.host.host import Host
from kiosk.host.supervisor import Supervisor
from kiosk.ui import served
from kiosk.ui.window import KioskWindow

FILE = "VISITOR_KIOSK_WATCHED"
EVERY_S = 0.008
LIMIT_MS = 16.0
DEEPEST = 4
FRAME = re.compile(r'File "[^"]*/(kiosk/[^"]+)", line (\d+) in (\S+)')


class Loop(QObject):
    """Asks the event loop of this process, from a thread, whether it still turns."""

    asked = Signal()

    def __init__(self, tell) -> None:
        super().__init__()
        self._tell = tell
        self._answered = threading.Event()
        self._at = 0.0
        self._main = threading.main_thread().ident
        self.asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def begin(self) -> None:
        threading.Thread(target=self._watch, daemon=True).start()

    @Slot()
    def _on_asked(self) -> None:
        self._at = time.perf_counter()
        self._answered.set()

    def _watch(self) -> None:
        tell_where = os.fdopen(os.memfd_create("where"), "r+b", 0)
        queue = Path(f"/proc/self/task/{os.getpid()}/schedstat")
        while True:
            ran, waited, _ = map(int, queue.read_text().split())
            faulthandler.dump_traceback_later(EVERY_S + LIMIT_MS / 1e3, file=tell_where)
            begun = time.perf_counter()
            time.sleep(EVERY_S)
            asked = time.perf_counter()
            self.asked.emit()
            self._answered.wait()
            self._answered.clear()
            faulthandler.cancel_dump_traceback_later()
            now_ran, now_waited, _ = map(int, queue.read_text().split())
            own, in_queue = (now_ran - ran) / 1e6, (now_waited - waited) / 1e6
            overslept = min((asked - begun - EVERY_S) * 1e3, own + in_queue)
            if (late := overslept + (self._at - asked) * 1e3) > LIMIT_MS:
                tell_where.seek(0)
                self._tell(
                    stall=round(late, 1),
                    own=round(own, 1),
                    waited=round(in_queue, 1),
                    where=self._frames(tell_where.read().decode(errors="replace")),
                )
            tell_where.seek(0)
            tell_where.truncate()

    def _frames(self, dump: str) -> list[str]:
        """Return the product's innermost frames of the main thread, as "ui/window.py:12 name"."""
        _, _, own = dump.partition(f"0x{self._main:016x}")
        own = own.partition("\n\n")[0].partition("\nThread ")[0].partition("\nCurrent thread ")[0]
        found = [f"{file.removeprefix('kiosk/')}:{line} {name}" for file, line, name in FRAME.findall(own)]
        return [one for one in found if not one.startswith("cli.py")][:DEEPEST]


class MallInfo2(ctypes.Structure):
    """What mallinfo2(3) returns, in bytes: of the heap of the main thread, and of all that is mapped."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def held_kb() -> int:
    """Return the kB this process has allocated and not given back."""
    libc = ctypes.CDLL(None)
    libc.mallinfo2.restype = MallInfo2
    found = libc.mallinfo2()
    return (found.uordblks + found.hblkhd) // 1024


def install(file: str) -> None:
    """Watch this kiosk, and tell into `file`."""
    fd = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)

    def tell(**what: object) -> None:
        os.write(fd, (json.dumps(what) + "\n").encode())

    hides = 0
    hide, tidy = KioskWindow.hide_everything, KioskWindow._tidy

    def hide_and_count(self) -> None:
        nonlocal hides
        hides += 1
        hide(self)

    def tidy_and_tell(self) -> None:
        tidy(self)
        tell(held=held_kb(), hides=hides)

    KioskWindow.hide_everything, KioskWindow._tidy = hide_and_count, tidy_and_tell
    gone, replace, prepare = Host._gone, Supervisor._replace_hung, served.Served.prepare

    def tell_gone(self, visit: int, code: int) -> None:
        tell(gone=visit, code=code)
        gone(self, visit, code)

    def tell_hung(self, now: float):
        tell(hung=self.on_screen)
        return replace(self, now)

    def watch_from_shown(self, hurried: bool) -> None:
        self.loop = Loop(tell)
        self.shown.connect(self.loop.begin)
        prepare(self, hurried)

    Host._gone, Supervisor._replace_hung, served.Served.prepare = tell_gone, tell_hung, watch_from_shown


if __name__ == "__main__":
    if os.environ.get(FILE):
        install(os.environ[FILE])
    sys.exit(cli.main())
