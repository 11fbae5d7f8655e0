"""Programs of a visit, one after the other, each reading what it is given and ending with the visit.

None of them writes a file or a log, and none is asked twice. What stops them kills the one that runs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, Slot

from kiosk.ui.child import quiet_child


@dataclass(frozen=True, slots=True)
class Program:
    """A command and what it reads: pieces, each made when the one before is handed over.

    `instead` runs where this one cannot be started or does not end well.
    """

    command: Sequence[str]
    reads: Iterable[bytes]
    instead: Program | None = None


class Programs(QObject):
    """Runs programs in their turn. Starting one takes the visit a millisecond or two."""

    def __init__(self, environment: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._environment = environment
        self._waiting: deque[Program] = deque()
        self._process: QProcess | None = None
        self._pieces: Iterator[bytes] = iter(())
        self._instead: Program | None = None

    @property
    def process_id(self) -> int:
        """The process that runs now; 0 for none."""
        return self._process.processId() if self._process else 0

    def stop(self) -> None:
        """Run no more. The process is killed before this returns, and reaped when Qt hears of its end."""
        self._waiting.clear()
        self._pieces, self._instead = iter(()), None
        ended, self._process = self._process, None
        if ended:
            ended.kill()

    def _next(self) -> None:
        if not self._waiting:
            return
        program = self._waiting.popleft()
        process = quiet_child(program.command, self._environment, self)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.bytesWritten.connect(self._on_written)
        self._process = process
        self._pieces, self._instead = filter(None, program.reads), program.instead
        process.start()
        if process.state() is not QProcess.ProcessState.NotRunning:
            self._hand_over(process)

    def _hand_over(self, process: QProcess) -> None:
        piece = next(self._pieces, None)
        if piece is None:
            process.closeWriteChannel()
        else:
            process.write(piece)

    def _go_on_without(self) -> None:
        if self._instead:
            self._waiting.appendleft(self._instead)
            self._next()
        else:
            self._fail()

    def _fail(self) -> None:
        """Be done: one of them could not be started or did not end well, and nothing runs in its place."""
        self.stop()

    @Slot()
    def _on_written(self) -> None:
        process = self._process
        if process and self.sender() is process and not process.bytesToWrite():
            self._hand_over(process)

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        """Go on with the next, unless this one was stopped or failed."""
        if not self._is_over(self.sender()):
            return
        if code == 0 and status is QProcess.ExitStatus.NormalExit:
            self._next()
        else:
            self._go_on_without()

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._is_over(self.sender()):
            self._go_on_without()

    def _is_over(self, ended: QObject) -> bool:
        """Let go of a process that ended. Return False for one that was stopped before."""
        ended.deleteLater()
        if ended is not self._process:
            return False
        self._process = None
        return True
