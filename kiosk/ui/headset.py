"""The headset jack of a site that names its device: plugging in turns the voice on, pulling out ends it.

Nothing asks the device: Qt waits until it has something to read. It is opened when the window is shown, so
that a standby never hears of what happened before. A device that goes away is not looked for again.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

from kiosk.speech.headset import Jack


class Headset(QObject):
    """Emits `plugged` with True when a headset was plugged in, with False when it was pulled out."""

    plugged = Signal(bool)

    def __init__(self, device: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._device = device
        self._jack: Jack | None = None
        self._notifier: QSocketNotifier | None = None

    def begin(self) -> None:
        """Listen from now on. Where the device cannot be opened nothing happens, and keys still work."""
        if self._jack:
            return
        try:
            self._jack = Jack(self._device)
        except OSError:
            return
        self._notifier = QSocketNotifier(self._jack.fd, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_readable)

    def end(self) -> None:
        """Let go of the device."""
        if self._jack and self._notifier:
            self._notifier.setEnabled(False)
            self._jack.close()
        self._jack = self._notifier = None

    @Slot()
    def _on_readable(self) -> None:
        if self._jack is None:
            return
        try:
            changes = self._jack.changes()
        except OSError:
            self.end()
            return
        for is_in in changes:
            self.plugged.emit(is_in)
