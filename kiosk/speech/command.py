"""The program that speaks and its arguments. The text goes to its standard input, never into an argument.

espeak-ng reads all of it, speaks once and ends; aplay does so with a recording. setpriv (util-linux) becomes
them and has the kernel end them with the visit. All have a manual page.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ESPEAK: Final = "espeak-ng"
ENDS_WITH_THE_VISIT: Final = ("setpriv", "--pdeathsig", "KILL", "--")
COMMAND: Final = (*ENDS_WITH_THE_VISIT, ESPEAK)
PLAYER: Final = "aplay"
PLAYING: Final = (*ENDS_WITH_THE_VISIT, PLAYER, "-q", "-")
"""Plays the WAV file on its standard input: the same arguments for every recording."""

# espeak-ng 1.51 reads the tones of its first Chinese voice as English digits; this one speaks Chinese.
VOICES: Final[Mapping[str, str]] = {
    "en": "en-us",
    "es": "es-419",
    "bs": "bs",
    "vi": "vi",
    "zh": "cmn-latn-pinyin",
    "ar": "ar",
    # Languages that only interpreter cards are in. There is none for Dari (the Persian one is of Iran),
    # Pashto, Tigrinya, Somali and Kinyarwanda.
    "fa": "fa",
    "ur": "ur",
    "uk": "uk",
    "ru": "ru",
    "sr": "sr",
    "sq": "sq",
    "fr": "fr-fr",
    "ht": "ht",
    "sw": "sw",
    "am": "am",
    "ne": "ne",
    "my": "my",
    "ko": "ko",
    "de": "de",
    "pl": "pl",
}
RATES: Final = ((80, 6), (80, 0), (100, 0), (119, 0), (150, 0), (185, 0), (227, 0))
"""For rate 1 to 7 what espeak-ng calls its speed, 80 at least, and the pause it adds after each word.

In English texts of this directory that makes about 65, 85, 102, 123, 157, 197 and 246 words a minute: VVSG
2.0, 7.1-K, asks for 60 to 70 at the slow end, 120 to 125 to begin with, and 240 to 250 at the quick end.
"""
VOLUMES: Final = (8, 11, 15, 20, 27, 37, 50, 67, 85, 105)
"""Amplitudes for volume 1 to 10, under 3 dB apart; above 110 the loudest sounds are cut off."""

# What the program may know of its surroundings: where it is, and where the sound goes.
PASSED_ON: Final = ("PATH", "XDG_RUNTIME_DIR", "PULSE_SERVER", "ALSA_CARD", "ALSA_CONFIG_PATH")
SETTLED: Final = {
    "LC_ALL": "C.UTF-8",
    "HOME": "/proc/self/nowhere",  # sound libraries keep files below it
    "XDG_CONFIG_HOME": "/proc/self/nowhere",
    "DBUS_SESSION_BUS_ADDRESS": "disabled:",
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is said: the language (BCP 47 code), rate 1 to 7, volume 1 to 10."""

    language: str
    rate: int
    volume: int


def arguments(manner: Manner) -> list[str]:
    """Return the arguments: the same for every text."""
    (speed, gap), volume = RATES[manner.rate - 1], VOLUMES[manner.volume - 1]
    pace = ("-s", str(speed), "-g", str(gap))
    return ["--stdin", "-b", "1", "-v", VOICES[manner.language], *pace, "-a", str(volume)]


def loudness(volume: int) -> float:
    """Return by what a recording is multiplied, in the steps of the voice; the loudest is as recorded."""
    return VOLUMES[volume - 1] / VOLUMES[-1]


def surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the few variables that the program gets."""
    return {name: environment[name] for name in PASSED_ON if name in environment} | SETTLED


def as_input(utterance: str) -> bytes:
    """Return what the program reads."""
    return utterance.encode("utf-8", "replace") + b"\n"


def has_player() -> bool:
    """Return True where recordings can be played."""
    return shutil.which(PLAYER) is not None


def is_installed() -> bool:
    """Return True when all programs of the command are there."""
    return all(shutil.which(program) for program in (ENDS_WITH_THE_VISIT[0], ESPEAK))
