"""The voice: one short process for each utterance, ended at once by whatever the visitor does next.

What somebody recorded is played instead, where exactly that is to be said at the pace it was recorded in.
It writes no file and no log. Where no sound can be made it stays silent: a failure is not tried again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject

from kiosk.content.clips import Clips, as_wav, straight
from kiosk.speech.command import COMMAND, PLAYING, Manner, arguments, as_input, loudness, surroundings
from kiosk.ui.programs import Program, Programs


@dataclass(frozen=True, slots=True)
class Recorded:
    """The clips there are, the rate (1 to 7) at which they stand in for the voice, and what plays them."""

    clips: Clips = field(default_factory=dict)
    rate: int = 0
    command: Sequence[str] = PLAYING


class Speaker(Programs):
    """Says utterances one after the other."""

    def __init__(
        self,
        command: Sequence[str] = COMMAND,
        parent: QObject | None = None,
        recorded: Recorded | None = None,
    ) -> None:
        super().__init__(surroundings(os.environ), parent)
        self._command = tuple(command)
        self._recorded = recorded or Recorded()

    def say(self, utterances: Sequence[str], manner: Manner) -> None:
        """Stop what is being said, and say these."""
        self.stop()
        self._waiting.extend(self._program(utterance, manner) for utterance in utterances)
        self._next()

    def _program(self, utterance: str, manner: Manner) -> Program:
        voice = Program((*self._command, *arguments(manner)), (as_input(utterance),))
        clip = self._recorded.clips.get(manner.language, {}).get(straight(utterance))
        if clip is None or manner.rate != self._recorded.rate:  # a recording has one pace
            return voice
        return Program(self._recorded.command, as_wav(clip, loudness(manner.volume)), voice)
