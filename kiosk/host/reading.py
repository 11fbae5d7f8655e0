"""Reads the content in processes of their own: the host never holds it, and nobody waits for its faults.

At the start it is read while the first visit imports Qt, which then takes it from a pipe: the lobby is
there sooner. The host passes that pipe on and never looks into it.
"""

from __future__ import annotations

import contextlib
import copyreg
import fcntl
import os
import pickle
import sys
from collections.abc import Callable
from functools import partial
from types import MappingProxyType
from typing import Final, Generic, TypeVar

Read = TypeVar("Read")
LARGE: Final = 1 << 20
"""Bytes that an ordinary user may have in a pipe (pipe(7)). Ours holds 100 kB, which would go through one of
64 kB in many small steps, each waiting for a processor."""


def in_a_child(work: Callable[[], object]) -> None:
    """Do something in a process of its own, which nobody waits for: none of it stays in this one."""
    child = os.fork()
    if child == 0:
        try:
            if os.fork() == 0:  # the grandchild works; the child ends at once and is reaped here
                work()
                sys.stderr.flush()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


class Reading(Generic[Read]):
    """Work begun in a child of this process. `then` is done there when the result is on its way.

    What cannot be pickled, such as an open file, is not handed over. The child ends by itself.
    """

    def __init__(self, work: Callable[[], Read], then: Callable[[Read], object]) -> None:
        self._fd, write_fd = os.pipe2(os.O_CLOEXEC)
        with contextlib.suppress(OSError):  # others have all that may be had
            fcntl.fcntl(write_fd, fcntl.F_SETPIPE_SZ, LARGE)
        in_a_child(partial(self._hand_over, work, then, write_fd))
        os.close(write_fd)

    def _hand_over(self, work: Callable[[], Read], then: Callable[[Read], object], write_fd: int) -> None:
        self.drop()  # its other end is this process's own
        found = work()
        cannot = (TypeError, AttributeError, pickle.PicklingError)
        with contextlib.suppress(*cannot, OSError), os.fdopen(write_fd, "wb") as pipe:
            pipe.write(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))  # whole, or not at all
        then(found)

    def take(self) -> Read | None:
        """Wait for the result and return it; None when there is none, or it was taken or dropped before."""
        fd, self._fd = self._fd, -1
        if fd == -1:
            return None
        try:
            with os.fdopen(fd, "rb") as pipe:
                found: Read = pickle.loads(pipe.read())  # noqa: S301 - written by a child of this process
        except Exception:  # noqa: BLE001 - half of it, which a visit that died has left: it can be anything
            return None
        return found

    def drop(self) -> None:
        """Let go of the result in this process."""
        fd, self._fd = self._fd, -1
        if fd != -1:
            os.close(fd)


def unchanging(mapping: dict[object, object]) -> MappingProxyType[object, object]:
    """Return a view of a mapping that nobody changes."""
    return MappingProxyType(mapping)


def _as_call(
    mapping: MappingProxyType[object, object],
) -> tuple[Callable[..., MappingProxyType[object, object]], tuple[object, ...]]:
    return unchanging, (dict(mapping),)


copyreg.pickle(MappingProxyType, _as_call)  # it cannot be pickled without
