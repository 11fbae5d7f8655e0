"""The printer of a visit: one program after the other, each reading a slip and ending with the visit.

A printer that is jammed or unplugged holds up nobody: the program waits, not the screen, and after a while
it is ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.slip.command import Order
from kiosk.ui.child import quiet_child
from kiosk.ui.programs import Program, Programs

LONGEST_MS: Final = 20_000
HAND_OVER_MS: Final = 50  # a few bytes into an empty pipe take far less


class PrinterProcess(Programs):
    """Runs orders in their turn. `failed` is emitted once when one of them could not be carried out."""

    failed = Signal()

    def __init__(
        self, environment: Mapping[str, str], longest_ms: int = LONGEST_MS, parent: QObject | None = None
    ) -> None:
        super().__init__(environment, parent)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(longest_ms)
        self._patience.timeout.connect(self._fail)

    def run(self, orders: Sequence[Order]) -> None:
        """Carry these out after those that are under way."""
        self._waiting.extend(Program(order.command, (order.reads,)) for order in orders)
        if self._process is None:
            self._next()

    def stop(self) -> None:
        """Print no more. The process is killed before this returns."""
        self._patience.stop()
        super().stop()

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
        self._patience.stop()
        super()._next()
        if self._process:
            self._patience.start()

    @Slot()
    def _fail(self) -> None:
        super()._fail()
        self.failed.emit()
