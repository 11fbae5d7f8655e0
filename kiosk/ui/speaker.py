"""The voice: one short process for each utterance, ended at once by whatever the visitor does next.

What somebody recorded is played instead, where exactly that is to be said at the pace it was recorded in.
It writes no file and no log. Where no sound can be made it stays silent: a failure is not tried again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject

from kiosk.content.clips import Clip, Clips, as_wav, straight
from kiosk.speech.command import COMMAND, PLAYING, Manner, arguments, as_input, loudness, surroundings
from kiosk.speech.script import Utterance
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
        self._says: Sequence[Utterance] = ()

    def say(self, utterances: Sequence[Utterance], manner: Manner) -> None:
        """Stop what is being said, and say these, each in its own language."""
        self.stop()
        self._says = tuple(utterances)
        self._waiting.extend(
            self._program(each.text, replace(manner, language=each.language)) for each in utterances
        )
        self._next()

    def unsaid(self) -> Sequence[Utterance]:
        """Return what is being said now and what waits behind it; nothing when all is said."""
        left = len(self._waiting) + bool(self._process)
        return self._says[len(self._says) - left :]

    def stop(self) -> None:
        """Be silent now, and let go of what was to be said."""
        super().stop()
        self._says = ()

    def _program(self, utterance: str, manner: Manner) -> Program:
        voice = Program((*self._command, *arguments(manner)), (as_input(utterance),))
        clips, says = self._recorded.clips.get(manner.language, {}), straight(utterance)
        if manner.rate != self._recorded.rate or says not in clips:  # a recording has one pace
            return voice
        return Program(self._recorded.command, _played(clips, says, manner.volume), voice)


def _played(clips: Mapping[str, Clip], says: str, volume: int) -> Iterator[bytes]:
    """Yield a recording when its turn comes; of one that cannot be read nothing, and the voice says it."""
    if clip := clips.get(says):
        yield from as_wav(clip, loudness(volume))
