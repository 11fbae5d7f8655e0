"""The printer of a visit: one program after the other, each reading a slip and ending with the visit.

It writes no file and no log. A printer that is jammed or unplugged holds up nobody: the program waits, not
the screen, and after a while it is ended.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from kiosk.slip.command import Order
from kiosk.ui.child import quiet_child

LONGEST_MS: Final = 20_000
HAND_OVER_MS: Final = 50  # a few bytes into an empty pipe take far less


class PrinterProcess(QObject):
    """Runs orders in their turn. `failed` is emitted once when one of them could not be carried out."""

    failed = Signal()

    def __init__(
        self, environment: Mapping[str, str], longest_ms: int = LONGEST_MS, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._environment = environment
        self._waiting: deque[Order] = deque()
        self._process: QProcess | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(longest_ms)
        self._patience.timeout.connect(self._fail)

    @property
    def process_id(self) -> int:
        """The process that prints now; 0 for none."""
        return self._process.processId() if self._process else 0

    def run(self, orders: Sequence[Order]) -> None:
        """Carry these out after those that are under way."""
        self._waiting.extend(orders)
        if self._process is None:
            self._next()

    def stop(self) -> None:
        """Print no more. The process is killed before this returns."""
        self._patience.stop()
        self._waiting.clear()
        ended, self._process = self._process, None
        if ended:
            ended.kill()

    def leave(self, order: Order) -> None:
        """Start what goes on without this visit, which may end at any moment from here."""
        process = quiet_child(order.command, self._environment, self)
        process.finished.connect(process.deleteLater)
        process.start()
        if order.reads:
            process.write(order.reads)
            process.waitForBytesWritten(HAND_OVER_MS)
        process.closeWriteChannel()

    def _next(self) -> None:
        if not self._waiting:
            return
        order = self._waiting.popleft()
        process = quiet_child(order.command, self._environment, self)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._patience.start()
        process.start()
        if process.state() is not QProcess.ProcessState.NotRunning:
            process.write(order.reads)
            process.closeWriteChannel()

    @Slot()
    def _fail(self) -> None:
        self.stop()
        self.failed.emit()

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        ended = self.sender()
        if isinstance(ended, QProcess):
            ended.deleteLater()
        if ended is not self._process:
            return
        self._process = None
        self._patience.stop()
        if code == 0 and status is QProcess.ExitStatus.NormalExit:
            self._next()
        else:
            self._fail()

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        ended = self.sender()
        if error is QProcess.ProcessError.FailedToStart and isinstance(ended, QProcess):
            ended.deleteLater()
            if ended is self._process:
                self._process = None
                self._fail()
