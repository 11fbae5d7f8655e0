"""Recordings that are played in place of the voice: `speech/LANGUAGE/`, WAV files and their ledger.

The ledger, `clips.toml`, holds for each file the exact text that it says. A clip is used only where exactly
this is to be said; once the words change the voice says the new ones. All clips of a folder are read at the
start, so that hearing one leaves no time of access; those of a built file are looked up (`stored`).
"""

from __future__ import annotations

import io
import re
import struct
import sys
import wave
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kiosk.content.check import Check, Spot, did_you_mean
from kiosk.content.folders import read_one
from kiosk.content.headers import Shape, Table
from kiosk.content.reader import Reader, read_root
from kiosk.content.source import Section

FOLDER: Final = "speech"
LEDGER: Final = "clips.toml"
_CLIP_KEYS: Final = ("file", "says", "voice", "recorded")
_SHAPE: Final[Shape] = (Table("", ("schema",)), Table("[[clip]]", _CLIP_KEYS))
LEAST_HZ: Final = 8_000
MOST_HZ: Final = 48_000
MOST_S: Final = 30
LARGEST: Final = MOST_S * MOST_HZ * 2 + 64 * 1024
"""Bytes of one file: the longest clip, and whatever notes a recorder adds."""
MOST_IN_ALL: Final = 12 * 1024 * 1024
"""Bytes of a set's clips together: a set must fit into a signed archive, and each visit holds its clips."""
LONGEST_TEXT: Final = 700
_STRAIGHT: Final = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
_FORM: Final = 'save it as WAV, "signed 16-bit PCM", mono, 22050 Hz'
_CLOSED: Final = "this cannot be opened; make it a folder that everyone may read"
_NAME: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*\.wav")


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording: samples a second, and the samples as signed 16-bit numbers in this machine's order."""

    rate: int
    samples: bytes


@dataclass(frozen=True, slots=True)
class Recording:
    """A clip as text: samples a second, and the samples (16 bit, little-endian) in Base64."""

    rate: int
    samples: str

    @classmethod
    def of(cls, clip: Clip) -> Recording:
        """Return the row of a clip."""
        return cls(clip.rate, b64encode(little_endian(clip.samples)).decode("ascii"))

    def clip(self) -> Clip:
        """Return the clip of a row. Raises ValueError for what is no Base64."""
        return Clip(self.rate, little_endian(b64decode(self.samples, validate=True)))


Clips = Mapping[str, Mapping[str, Clip]]
"""By language code, then by the exact text that is said, as `straight` gives it."""


def straight(text: str) -> str:
    """Return a text as it is typed: the screen curls quotes, and a ledger has straight ones."""
    return text.translate(_STRAIGHT)


def read_clips(folder: Path, languages: Collection[str], check: Check) -> Clips:
    """Read the clips of a content set. Faults go to `check`; clips with a fault are left out.

    A folder of a language outside `languages` is a fault. A set without the folder `speech` has no clips.
    """
    place = folder / FOLDER
    for path in _listed(place, FOLDER, check) if place.exists() else ():
        if path.name not in languages:
            hint = did_you_mean(path.name, languages)
            check.fault(Spot(f"{FOLDER}/{path.name}", 1), f"only folders of languages belong here; {hint}")
        elif not _is_folder(path):
            check.fault(Spot(f"{FOLDER}/{path.name}", 1), _CLOSED)
    return _read(place, languages, check)


def playable(folder: Path, languages: Collection[str], tell: Callable[[str], object]) -> Clips:
    """Read the clips of a folder in these languages; those with a fault are told and left out."""
    check = Check(date.max, None)
    found = _read(folder / FOLDER, languages, check)
    for fault in check.all_faults():
        tell(f"visitor-kiosk: {fault}\n")
    return found


def _read(place: Path, languages: Collection[str], check: Check) -> Clips:
    found = {}
    left = MOST_IN_ALL
    for name in sorted(languages):
        if _is_folder(place / name):
            language = _Language(place / name, f"{FOLDER}/{name}", check, left)
            found[name] = language.read()
            left = language.left
    return found


def read_clip(path: Path) -> Clip:
    """Read one WAV file. Raises ValueError that says what is wrong and what to do instead."""
    try:
        if not path.is_file():
            raise ValueError(f"this file is missing; record it, or delete its [[clip]] in {LEDGER}")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError:
        raise ValueError("this file cannot be opened; make it a plain file that everyone may read") from None
    if len(raw) > LARGEST:
        raise ValueError(f"this file is larger than {LARGEST} bytes; {_FORM}, at most {MOST_S} seconds")
    try:
        with wave.open(io.BytesIO(raw)) as sound:
            return _judged(sound)
    except (wave.Error, EOFError, struct.error, RuntimeError, OverflowError):
        raise ValueError(f"this is no WAV file that can be played; {_FORM}") from None


def _judged(sound: wave.Wave_read) -> Clip:
    form = sound.getparams()
    if (form.nchannels, form.sampwidth) != (1, 2) or not LEAST_HZ <= form.framerate <= MOST_HZ:
        there = f"{form.nchannels} channels, {8 * form.sampwidth} bit, {form.framerate} Hz"
        raise ValueError(f"this recording has {there}; {_FORM}")
    samples = sound.readframes(form.nframes)
    if len(samples) != 2 * form.nframes:
        raise ValueError("this recording is cut off; copy the file again")
    if form.nframes > MOST_S * form.framerate:
        raise ValueError(f"this recording is longer than {MOST_S} seconds; record one text in each file")
    if not any(samples):
        raise ValueError("this recording is silent; record it again")
    return Clip(form.framerate, samples)


class _Language:
    """The folder of one language; `left` is how many bytes its clips may have, and then what is left."""

    def __init__(self, folder: Path, called: str, check: Check, left: int) -> None:
        self.left = left
        self._folder = folder
        self._called = called
        self._check = check
        self._clips: dict[str, Clip] = {}
        self._told_at: dict[str, Spot] = {}

    def read(self) -> dict[str, Clip]:
        there = {path.name for path in _listed(self._folder, self._called, self._check)}
        if LEDGER in there:
            read_one(self._folder / LEDGER, f"{self._called}/{LEDGER}", self._check, self._ledger, _SHAPE)
        elif there:
            wanted = "the ledger of these recordings is missing; write what each says into this file"
            self._check.fault(Spot(f"{self._called}/{LEDGER}", 1), wanted)
            return {}
        for name in sorted(there - {LEDGER} - self._told_at.keys()):
            wrong = f"only {LEDGER} and .wav files belong here; save it as .wav, or move it away"
            if name.endswith(".wav"):
                wrong = f'no [[clip]] in {LEDGER} says what this is; write one with file = "{name}"'
            self._check.fault(Spot(f"{self._called}/{name}", 1), wrong)
        return self._clips

    def _ledger(self, root: Section, check: Check) -> bool:
        texts: dict[str, Spot] = {}
        for section in read_root(root, check, ("clip",)).tables("clip"):
            reader = Reader(section, check, _CLIP_KEYS)
            name = reader.word("file")
            says = reader.remark("says", LONGEST_TEXT)
            reader.name("voice", 60)
            reader.day("recorded", required=True)
            if not name or self._is_twice(reader, "file", name, self._told_at):
                continue
            if not _NAME.fullmatch(name):
                reader.fault("file", f'"{name}" is no plain name; write small letters and digits: "hide.wav"')
            elif says and not self._is_twice(reader, "says", says, texts):
                self._take(reader, name, says)
        return True

    @staticmethod
    def _is_twice(reader: Reader, key: str, value: str, before: dict[str, Spot]) -> bool:
        here = reader.spot(key)
        first = before.setdefault(value, here)
        if first != here:
            reader.fault(key, f"this {key} is already in line {first.line}; keep one of the two")
        return first != here

    def _take(self, reader: Reader, name: str, says: str) -> None:
        try:
            clip = read_clip(self._folder / name)
        except ValueError as error:
            reader.fault("file", f"{name}: {error}")
            return
        self.left -= len(clip.samples)
        if self.left < 0:
            most = f"{MOST_IN_ALL // 1024 // 1024} MB"
            reader.fault("file", f"the recordings are larger than {most} in all; save them with 16000 Hz")
        else:
            self._clips[says] = clip


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # one that may not be looked at
        return False


def _listed(folder: Path, called: str, check: Check) -> list[Path]:
    """Return what is in a folder, without what editors and systems hide there."""
    try:
        return sorted(path for path in folder.iterdir() if path.name[0] != "." and path.name[-1] != "~")
    except OSError:
        check.fault(Spot(called, 1), _CLOSED)
        return []


def as_wav(clip: Clip, loudness: float) -> Iterator[bytes]:
    """Yield the clip as a WAV file in pieces of a quarter of a second; `loudness` 1.0 is as recorded."""
    size = len(clip.samples)
    form = (16, 1, 1, clip.rate, 2 * clip.rate, 2, 16)  # of plain PCM: one channel, two bytes a sample
    yield struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + size, b"WAVE", b"fmt ", *form, b"data", size)
    step = clip.rate // 4 * 2
    for start in range(0, size, step):
        samples = array("h", clip.samples[start : start + step])
        piece = array("h", [int(sample * loudness) for sample in samples])
        yield little_endian(piece.tobytes())


def little_endian(samples: bytes) -> bytes:
    """Return samples of this machine as a WAV file has them, and those of a file as this machine does."""
    if sys.byteorder == "little":
        return samples
    swapped = array("h", samples)
    swapped.byteswap()
    return swapped.tobytes()
