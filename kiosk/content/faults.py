"""What is wrong with an authored file, said so that its author can mend it."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """One fault: the file as its author names it, the line (1 is the first), and the message."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ContentError(Exception):
    """The content is refused as a whole; `faults` lists everything found, in file and line order."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
