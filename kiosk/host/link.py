"""The pipe between the host and a visit: one short word a line, and nothing else fits through."""

from __future__ import annotations

import contextlib
import os
from enum import StrEnum
from typing import Final

LONGEST_LINE: Final = 16


class Word(StrEnum):
    """What is said over the pipe, one word a line. Nothing here tells what a visitor did."""

    READY = "ready"  # visit: content loaded, lobby painted, not shown
    SHOWN = "shown"  # visit: my window is on the glass
    ALIVE = "alive"  # visit: somebody is using me, and I answer
    OVER = "over"  # visit: the lobby is shown again, nothing is kept: replace me
    WELL = "well"  # visit: nobody is using me, and I answer
    SHOW = "show"  # host: put your window on the glass
    ASK = "ask"  # host: are you well?


class Link:
    """One end: `read_fd` is not blocking. Bytes that are no word are dropped."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self.read_fd = read_fd
        self.write_fd = write_fd
        self._rest = b""

    def say(self, word: Word) -> None:
        """Send a word; the other end may be gone, which its process tells in its own way."""
        with contextlib.suppress(BrokenPipeError, BlockingIOError):
            os.write(self.write_fd, word.value.encode() + b"\n")

    def heard(self) -> list[Word] | None:
        """Return the words that have arrived; None when the other end is closed."""
        try:
            data = os.read(self.read_fd, 4096)
        except BlockingIOError:
            return []
        if not data:
            return None
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[-LONGEST_LINE:]
        known = {word.value.encode(): word for word in Word}
        return [known[line] for line in lines if line in known]

    def close(self) -> None:
        """Close both directions."""
        for fd in {self.read_fd, self.write_fd}:
            os.close(fd)


def linked() -> tuple[Link, Link]:
    """Return the host's end and the visit's end of a new pair of pipes, closed in any executed program."""
    from_visit, to_host = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    from_host, to_visit = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    return Link(from_visit, to_visit), Link(from_host, to_host)
