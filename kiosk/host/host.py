"""The loop of the host: forks visits, listens, kills and reaps. It never holds content or visitor data.

The first visit loads Qt itself, so that the first page waits for nothing else. When it is ready, this process
loads Qt too, but makes no application, and all others are forked with it: a standby is ready sooner and
shares those pages of memory. The price: these visits have one memory layout until the host restarts.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import Final

from kiosk.display import EXIT_NO_DISPLAY
from kiosk.host.edition import Edition
from kiosk.host.forking import VisitMain, fork_visit
from kiosk.host.health import Health
from kiosk.host.link import Link, Word
from kiosk.host.supervisor import Kill, Order, Say, Start, Supervisor

WATCHDOG_S: Final = 3.0


def uptime() -> float:
    """Return seconds that only count up, whatever the wall clock is set to."""
    return time.monotonic()


class Host:
    """Runs visits until it is told to end. `first` is one that was forked before, with this end of its pipe.

    `prepare` is done once after a visit was ready to be shown: it imports what every later one is then forked
    with, or else imports itself. After each change of `edition` the visits that rest are replaced, and
    `renewed` is done.
    """

    def __init__(
        self,
        visit_main: VisitMain,
        health: Health,
        prepare: Callable[[], object],
        edition: Edition,
        renewed: Callable[[], object],
        first: tuple[int, Link] | None = None,
    ) -> None:
        self._visit_main = visit_main
        self._prepare = prepare
        self._edition = edition
        self._renewed = renewed
        self._first = first
        self._health = health
        self._supervisor = Supervisor()
        self._links: dict[int, Link] = {}
        self._ending = False
        self._exit_code = 0
        self._has_served = False
        self._prepared = False
        self._woken, self._wake = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._told_at = 0.0

    def run(self) -> int:
        """Keep the screen served; return when SIGTERM or SIGINT has ended all visits."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_end)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to wake the loop
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        gc.freeze()  # what is there now is shared with every visit
        while not self._ending:
            self._carry_out(self._supervisor.on_time(uptime()))
            self._tell_health()
            self._look_for_content()
            self._listen()
            self._reap()
        self._health.stops()
        for visit in list(self._links):
            self._kill(visit)
        return self._exit_code

    def _listen(self) -> None:
        """Wait for a word, a signal or the next time that matters."""
        wakes_at = self._supervisor.wakes_at()
        wait = None if wakes_at is None else max(0.0, wakes_at - uptime())
        readers = {link.read_fd: visit for visit, link in self._links.items()}
        with contextlib.suppress(InterruptedError):
            readable, _, _ = select.select([self._woken, *readers], [], [], wait)
            for fd in readable:
                if fd == self._woken:
                    _drain(self._woken)
                elif readers[fd] in self._links:
                    self._hear(readers[fd])

    def _hear(self, visit: int) -> None:
        words = self._links[visit].heard()
        if words is None:  # the visit closed its end: it is as good as gone
            self._gone(visit, self._kill(visit))
            return
        self._has_served = self._has_served or Word.READY in words
        for word in words:
            self._carry_out(self._supervisor.on_word(visit, word, uptime()))

    def _reap(self) -> None:
        """Collect visits that ended by themselves or were killed from outside."""
        for visit in list(self._links):
            gone, status = os.waitpid(visit, os.WNOHANG)
            if gone:
                self._links.pop(visit).close()
                self._gone(visit, os.waitstatus_to_exitcode(status))

    def _gone(self, visit: int, exit_code: int) -> None:
        if exit_code == EXIT_NO_DISPLAY and not self._has_served:
            self._exit_code = exit_code  # no display or no Qt, as it has said: trying for ever would not help
            self._ending = True
        self._carry_out(self._supervisor.on_gone(visit, uptime()))

    def _carry_out(self, orders: list[Order]) -> None:
        for order in orders:
            match order:
                case Start(built_in):
                    self._start(built_in)
                case Say(visit, word):
                    self._links[visit].say(word)
                case Kill(visit):
                    self._kill(visit)

    def _start(self, built_in: bool) -> None:
        if self._has_served and not self._prepared:
            self._prepared = True
            try:
                self._prepare()
            except Exception as fault:  # noqa: BLE001 - the first page stays, and visits load it themselves
                sys.stderr.write(f"visitor-kiosk: {type(fault).__name__} when the host loaded the pages\n")
            gc.freeze()
            gc.enable()
        forked, self._first = self._first, None
        if not forked:
            forked = fork_visit(self._visit_main, built_in, not self._has_served, self._let_go)
        visit, self._links[forked[0]] = forked
        self._supervisor.on_started(visit, uptime())

    def _let_go(self) -> None:
        """In a visit: close what is the host's."""
        for other in self._links.values():
            other.close()
        os.close(self._woken)
        os.close(self._wake)

    def _kill(self, visit: int) -> int:
        """Kill and reap: memory and windows of the visit are gone when this returns its exit code."""
        link = self._links.pop(visit, None)
        with contextlib.suppress(ProcessLookupError):
            os.kill(visit, signal.SIGKILL)
        _, status = os.waitpid(visit, 0)
        if link:
            link.close()
        return os.waitstatus_to_exitcode(status)

    def _tell_health(self) -> None:
        now = uptime()
        if self._supervisor.answers and now - self._told_at >= WATCHDOG_S * 0.9:
            self._told_at = now
            self._health.answers()

    def _look_for_content(self) -> None:
        now = uptime()
        if self._edition.has_changed(now):
            self._carry_out(self._supervisor.on_renewed(now))
            self._renewed()

    def _on_end(self, *_: object) -> None:
        self._ending = True


def _drain(fd: int) -> None:
    with contextlib.suppress(BlockingIOError):
        while os.read(fd, 4096):
            pass
