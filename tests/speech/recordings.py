"""Recordings for tests: WAV files of a tone, and the ledger that says what they are."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

LINE = '[[clip]]\nfile = "{file}"\nsays = "{says}"\nvoice = "advocate"\nrecorded = 2026-11-01\n'


def tone(seconds: float, hz: int = 22050, loudest: int = 20000) -> array[int]:
    return array("h", [int(loudest * math.sin(0.1 * each)) for each in range(int(seconds * hz))])


def write_wav(path: Path, seconds: float = 0.3, hz: int = 22050, channels: int = 1, width: int = 2) -> bytes:
    """Write a WAV file, and return the bytes of its samples."""
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = tone(seconds * channels * width / 2, hz).tobytes()
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(hz)
        sound.writeframes(samples)
    return samples


def write_ledger(folder: Path, **clips: str) -> None:
    """Write the ledger: file names without their ending, and what they say."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [LINE.format(file=f"{name}.wav", says=says) for name, says in clips.items()]
    (folder / "clips.toml").write_text("\n".join(["schema = 1\n", *lines]), encoding="utf-8")
