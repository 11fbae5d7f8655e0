"""The voice: one short process for each utterance, ended at once by whatever the visitor does next.

It writes no file and no log. Where no sound can be made it stays silent: a failure is not tried again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QObject

from kiosk.speech.command import COMMAND, Manner, arguments, as_input, surroundings
from kiosk.ui.programs import Program, Programs


class Speaker(Programs):
    """Says utterances one after the other."""

    def __init__(self, command: Sequence[str] = COMMAND, parent: QObject | None = None) -> None:
        super().__init__(surroundings(os.environ), parent)
        self._command = tuple(command)

    def say(self, utterances: Sequence[str], manner: Manner) -> None:
        """Stop what is being said, and say these."""
        self.stop()
        command = (*self._command, *arguments(manner))
        self._waiting.extend(Program(command, (as_input(utterance),)) for utterance in utterances)
        self._next()
