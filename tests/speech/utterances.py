"""What a voice is given to say in a test."""

from __future__ import annotations

from kiosk.speech.script import Utterance


def uttered(*texts: str, language: str = "es") -> list[Utterance]:
    return [Utterance(text, language) for text in texts]
