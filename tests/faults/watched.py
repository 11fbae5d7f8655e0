"""The kiosk, as installed, with an ear in it: who died, who hung, when an event loop stood still, and why.

Lines of JSON go to the file that `VISITOR_KIOSK_WATCHED` names, only for tests: the product says nothing.
    {"started": kB, "by": pid, "built_in": bool}: the host has started a visit; what is in use of its heap
    {"late": pid}: the host has killed a standby that was not ready, or did not show itself, in its time
    {"gone": pid, "code": n}, {"hung": pid}
    {"hid": ms}: Hide is done, and this was the display server's time of the press or key that asked for it
        (X.org and Xvfb take it from CLOCK_MONOTONIC)
    {"stall": ms, "own": ms, "waited": ms, "where": [...]}
    {"held": kB, "hides": n}: a process has tidied up after a visit; what is in use of its heap, and how often
        it has hidden. What the system counts for a process grows only when the holes in its heap are full

How a stall is seen: a thread of each visit on screen posts an event every few milliseconds; it is late by as
long as the loop was busy, and the thread looks where the main thread stands meanwhile. `own` is the processor
time of the main thread and `waited` how long it stood in the queue for a processor
(/proc/PID/task/TID/schedstat); the rest it was blocked. Where the thread asks late, that counts only as
far as the main thread worked or waited meanwhile: it may have held the interpreter; else the thread had no
processor, which is no stall. faulthandler could look without the interpreter's lock, and it crashes at times.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QInputEvent

from kiosk import cli
from kiosk.host.host import Host
from kiosk.host.supervisor import Supervisor
from kiosk.ui import served
from kiosk.ui.triggers import Triggers
from kiosk.ui.window import KioskWindow

FILE = "VISITOR_KIOSK_WATCHED"
EVERY_S = 0.008
LIMIT_MS = 16.0
DEEPEST = 4
LOOPS = ("ui/served.py", "host/forking.py", "host/host.py", "cli.py", "running.py", "options.py")
"""Below everything else: what stands only in these waits for an event."""


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
        queue = Path(f"/proc/self/task/{os.getpid()}/schedstat")
        while True:
            ran, waited, _ = map(int, queue.read_text().split())
            begun = time.perf_counter()
            time.sleep(EVERY_S)
            asked = time.perf_counter()
            where = self._frames() if asked - begun - EVERY_S > LIMIT_MS / 1e3 else []
            self.asked.emit()
            if not self._answered.wait(LIMIT_MS / 1e3):
                where = where or self._frames()
                self._answered.wait()
            self._answered.clear()
            now_ran, now_waited, _ = map(int, queue.read_text().split())
            own, in_queue = (now_ran - ran) / 1e6, (now_waited - waited) / 1e6
            overslept = min((asked - begun - EVERY_S) * 1e3, own + in_queue)
            if (late := overslept + (self._at - asked) * 1e3) > LIMIT_MS:
                shown = {"own": round(own, 1), "waited": round(in_queue, 1), "where": where}
                self._tell(stall=round(late, 1), **shown)

    def _frames(self) -> list[str]:
        """Return the product's innermost frames of the main thread, as "ui/window.py:12 name"."""
        frame, found = sys._current_frames().get(self._main), []
        while frame is not None and len(found) < DEEPEST:
            code = frame.f_code
            _, inside, file = code.co_filename.rpartition("/kiosk/")
            if inside and file not in LOOPS:
                found.append(f"{file}:{frame.f_lineno} {code.co_name}")
            frame = frame.f_back
        return found


class MallInfo2(ctypes.Structure):
    """What mallinfo2(3) returns, in bytes: of the heap of the main thread, and of all that is mapped."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


mallinfo2 = ctypes.CDLL(None).mallinfo2  # looked up once: each look would leave a type behind
mallinfo2.restype = MallInfo2


def held_kb() -> int:
    """Return the kB this process has allocated and not given back."""
    found = mallinfo2()
    return (found.uordblks + found.hblkhd) // 1024


def install(file: str) -> None:
    """Watch this kiosk, and tell into `file`."""
    fd = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)

    def tell(**what: object) -> None:
        os.write(fd, (json.dumps(what) + "\n").encode())

    _watch_visits(tell)
    _watch_host(tell)


def _watch_visits(tell: Callable[..., None]) -> None:
    hides = asked_at = 0
    hide, tidy, see = KioskWindow.hide_everything, KioskWindow._tidy, Triggers.eventFilter
    prepare = served.Served.prepare

    def see_and_note(self, watched: QObject, event: QEvent) -> bool:
        nonlocal asked_at
        if isinstance(event, QInputEvent):
            asked_at = event.timestamp()
        return see(self, watched, event)

    def hide_and_count(self) -> None:
        nonlocal hides
        hides += 1
        hide(self)
        tell(hid=asked_at)

    def tidy_and_tell(self) -> None:
        tidy(self)
        tell(held=held_kb(), hides=hides)

    def watch_from_shown(self, hurried: bool):
        self.loop = Loop(tell)
        self.shown.connect(self.loop.begin)
        return prepare(self, hurried)

    KioskWindow.hide_everything, KioskWindow._tidy = hide_and_count, tidy_and_tell
    Triggers.eventFilter, served.Served.prepare = see_and_note, watch_from_shown


def _watch_host(tell: Callable[..., None]) -> None:
    start, gone = Host._start, Host._gone
    replace, in_time = Supervisor._replace_hung, Supervisor._standby_in_time

    def start_and_tell(self, built_in: bool) -> None:
        start(self, built_in)
        tell(started=held_kb(), by=os.getpid(), built_in=built_in)

    def tell_gone(self, visit: int, code: int) -> None:
        tell(gone=visit, code=code)
        gone(self, visit, code)

    def tell_hung(self, now: float):
        tell(hung=self.on_screen)
        return replace(self, now)

    def tell_late(self, now: float):
        orders = in_time(self, now)
        if orders:
            tell(late=orders[0].visit)
        return orders

    Host._start, Host._gone = start_and_tell, tell_gone
    Supervisor._replace_hung, Supervisor._standby_in_time = tell_hung, tell_late


if __name__ == "__main__":
    if os.environ.get(FILE):
        install(os.environ[FILE])
    sys.exit(cli.main())
