"""The command that speaks tells nothing of what is said, and knows every language and step there is."""

from __future__ import annotations

import itertools
import subprocess
from array import array
from functools import cache

import pytest

from kiosk.settings import KNOWN_LANGUAGES
from kiosk.speech.command import (
    ESPEAK,
    RATES,
    VOICES,
    VOLUMES,
    Manner,
    arguments,
    as_input,
    is_installed,
    surroundings,
)
from kiosk.visit.visit import MOST_RATE, MOST_VOLUME
from tests.words.shipped import content

needs_voice = pytest.mark.skipif(not is_installed(), reason="espeak-ng is not installed")
HEADER = 44  # bytes before the samples of a WAV file
HZ = 22050
SAID = {
    "en": "Open now, 24 hours. 3 1 4, 9 9 3, 2 7 7 7.",
    "es": "Abierto ahora. 3 1 4, 9 9 3, 2 7 7 7.",
    "bs": "Sada otvoreno. 3 1 4, 9 9 3, 2 7 7 7.",
    "vi": "Đang mở. 3 1 4, 9 9 3, 2 7 7 7.",
    "zh": "现在开放。 3 1 4, 9 9 3, 2 7 7 7.",
    "ar": "مفتوح الآن. 3 1 4, 9 9 3, 2 7 7 7.",
}


@cache
def samples(utterance: str, manner: Manner) -> array[int]:
    """The sound of an utterance: the kiosk's own arguments, with the sound on standard output."""
    command = [ESPEAK, "--stdout", *arguments(manner)]
    told = subprocess.run(command, input=as_input(utterance), capture_output=True, check=True, timeout=20)
    assert told.stdout[:4] == b"RIFF"
    return array("h", told.stdout[HEADER:])


def loudness(sound: array[int]) -> float:
    return (sum(sample * sample for sample in sound) / len(sound)) ** 0.5


def test_every_language_and_every_step_has_its_argument():
    assert set(KNOWN_LANGUAGES) <= set(VOICES)
    assert (len(RATES), len(VOLUMES)) == (MOST_RATE, MOST_VOLUME)
    assert all(after[0] >= before[0] for before, after in itertools.pairwise(RATES))
    assert list(VOLUMES) == sorted(set(VOLUMES))


def test_the_arguments_are_the_same_for_every_text():
    # `arguments` is not given the text at all: this holds its form.
    assert arguments(Manner("es", 4, 5)) == [
        "--stdin",
        "-b",
        "1",
        "-v",
        "es-419",
        "-s",
        "119",
        "-g",
        "0",
        "-a",
        "27",
    ]


def test_the_program_learns_little_of_its_surroundings():
    known = surroundings({"PATH": "/usr/bin", "USER": "lobby", "PULSE_SERVER": "unix:/x", "KIOSK": "secret"})
    assert known["PATH"] == "/usr/bin"
    assert known["PULSE_SERVER"] == "unix:/x"
    assert not {"USER", "KIOSK"} & set(known)


@needs_voice
@pytest.mark.parametrize("language", sorted(VOICES))
def test_there_is_a_voice_for_every_language(language):
    assert loudness(samples("9 1 1.", Manner(language, 4, 10))) > 500


@needs_voice
@pytest.mark.parametrize("language", KNOWN_LANGUAGES)
def test_a_longer_text_sounds_longer(language):
    manner = Manner(language, 4, 10)
    short, long = samples(SAID[language], manner), samples(f"{SAID[language]} {SAID[language]}", manner)
    assert loudness(short) > 500
    assert 1.7 * len(short) < len(long) < 2.3 * len(short)


@needs_voice
def test_each_rate_is_quicker_and_each_volume_louder_and_none_is_cut_off():
    lengths = [len(samples(SAID["en"], Manner("en", rate + 1, 5))) for rate in range(MOST_RATE)]
    assert all(after < before * 0.97 for before, after in itertools.pairwise(lengths))
    assert lengths[0] > 2.9 * lengths[-1]
    sounds = [samples(SAID["en"], Manner("en", 4, volume + 1)) for volume in range(MOST_VOLUME)]
    loud = [loudness(sound) for sound in sounds]
    assert all(1.1 < after / before < 10**0.5 for before, after in itertools.pairwise(loud))  # under 10 dB
    assert max(map(abs, sounds[-1])) < 32767


def pace(rate: int, text: str) -> float:
    """Words a minute, by the length of the sound."""
    sound = samples(text, Manner("en", rate, 5))
    return len(text.split()) / (len(sound) / HZ) * 60


@needs_voice
def test_the_pace_reaches_from_65_to_245_words_a_minute_and_begins_at_123():
    """VVSG 2.0, 7.1-K: begins with 120 to 125, reaches 60 to 70 and 240 to 250, in six to eight steps."""
    summaries = " ".join(text for id_, text in content() if id_.endswith(".summary"))
    text = " ".join(summaries.split()[:230])
    paces = [pace(rate + 1, text) for rate in range(MOST_RATE)]
    assert 60 <= paces[0] <= 70
    assert 120 <= paces[3] <= 125
    assert 240 <= paces[-1] <= 250
    assert all(1.1 < after / before < 1.4 for before, after in itertools.pairwise(paces))


@needs_voice
@pytest.mark.parametrize("language", KNOWN_LANGUAGES)
def test_the_slowest_pace_is_slower_in_every_language(language):
    slow, next_one = (len(samples(SAID[language], Manner(language, rate, 5))) for rate in (1, 2))
    assert slow > 1.1 * next_one


@needs_voice
@pytest.mark.parametrize("language", KNOWN_LANGUAGES)
def test_the_number_is_heard_as_digits(language):
    """Six words for six digits, and not two numbers with a dash between them."""
    manner = Manner(language, 4, 5)
    spoken = subprocess.run(
        [ESPEAK, "-q", "-x", *arguments(manner)],
        input=as_input("3 1 4, 9 9 3"),
        capture_output=True,
        check=True,
        text=False,
    ).stdout.split()
    assert len(spoken) == 6
