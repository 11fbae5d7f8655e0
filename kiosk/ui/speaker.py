"""The voice: one short process for each utterance, ended at once by whatever the visitor does next.

It writes no file and no log. Where no sound can be made it stays silent: a failure is not tried again.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, Slot

from kiosk.speech.command import COMMAND, Manner, arguments, as_input, surroundings
from kiosk.ui.child import quiet_child


class Speaker(QObject):
    """Says utterances one after the other. Starting a process takes the visit a millisecond or two."""

    def __init__(self, command: Sequence[str] = COMMAND, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self._waiting: deque[str] = deque()
        self._manner: Manner | None = None
        self._process: QProcess | None = None
        self._environment = surroundings(os.environ)

    @property
    def process_id(self) -> int:
        """The process that speaks now; 0 for silence."""
        return self._process.processId() if self._process else 0

    def say(self, utterances: Sequence[str], manner: Manner) -> None:
        """Stop what is being said, and say these."""
        self.stop()
        self._waiting.extend(utterances)
        self._manner = manner
        self._next()

    def stop(self) -> None:
        """Be silent now. The process is killed before this returns, and reaped when Qt hears of its end."""
        self._waiting.clear()
        ended, self._process = self._process, None
        if ended:
            ended.kill()

    def _next(self) -> None:
        if self._manner is None or not self._waiting:
            return
        text = self._waiting.popleft()
        process = quiet_child([*self._command, *arguments(self._manner)], self._environment, self)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        process.start()
        if process.state() is not QProcess.ProcessState.NotRunning:
            process.write(as_input(text))
            process.closeWriteChannel()

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        """Go on with the next utterance, unless this one was ended or could not be said."""
        ended = self.sender()
        if isinstance(ended, QProcess):
            ended.deleteLater()
        if ended is not self._process:
            return
        self._process = None
        if code == 0 and status is QProcess.ExitStatus.NormalExit:
            self._next()
        else:
            self._waiting.clear()

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        """Stay silent when the program cannot be started."""
        ended = self.sender()
        if error is QProcess.ProcessError.FailedToStart and isinstance(ended, QProcess):
            ended.deleteLater()
            if ended is self._process:
                self._process = None
                self._waiting.clear()
