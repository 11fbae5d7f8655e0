"""A recording in place of the voice: chosen by the exact words, silent at once, in nobody's sight.

The voice and the player are small scripts that keep what they read, so that it can be looked at.
"""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import wave
from array import array
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from kiosk import cli, running
from kiosk.content.clips import Clip, as_wav
from kiosk.house import open_house
from kiosk.settings import Speech
from kiosk.speech import command
from kiosk.speech.command import ENDS_WITH_THE_VISIT, PLAYER, PLAYING, VOLUMES, Manner
from tests.speech.recordings import tone, write_ledger, write_wav
from tests.speech.utterances import uttered
from tests.ui.processes import is_alive, opened, program, settled

ROOT = Path(__file__).parents[2]
RECORDED = "Elderberry 9 1 1."
SAMPLES = tone(0.6)
CLIP = Clip(22050, SAMPLES.tobytes())
MANNER = Manner("es", 4, 10)
KEEPS = "#!/bin/sh\nexec cat >> {heard}\n"
PLAYS = "#!/bin/sh\ncat > {heard}.now\n[ -s {heard}.now ] && cat {heard}.now >> {heard}\n"
"""As aplay does, it fails where there is nothing to play."""
ENDLESS = f"#!{sys.executable}\nimport sys, time\nsys.stdin.buffer.read()\ntime.sleep(60)\n"


@pytest.fixture
def heard(tmp_path) -> tuple[Path, Path]:
    """What the voice was given to say, and what the player was given to play."""
    return tmp_path / "said", tmp_path / "played"


@pytest.fixture
def programs(tmp_path, monkeypatch, heard) -> Path:
    """A folder with a voice and a player, found first by PATH as the kiosk would find the real ones."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name, where in zip((command.ESPEAK, PLAYER), heard, strict=True):
        write_program(folder / name, KEEPS.format(heard=where))
    monkeypatch.setenv("KIOSK_TEST", "elderberry")
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def write_program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def speaker(qapp, programs):
    from kiosk.ui.speaker import Recorded, Speaker

    speaker = Speaker(recorded=Recorded({"es": {RECORDED: CLIP}}, rate=4))
    yield speaker
    speaker.stop()
    settled(lambda: not speaker.children())
    speaker.deleteLater()


def say(speaker, manner: Manner, *utterances: str) -> None:
    speaker.say(uttered(*utterances, language=manner.language), manner)
    settled(lambda: speaker.process_id == 0)
    settled(lambda: not speaker.children())


def text_of(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def samples_of(path: Path) -> array[int]:
    with wave.open(io.BytesIO(path.read_bytes())) as sound:
        return array("h", sound.readframes(sound.getnframes()))


def test_a_recording_is_played_in_its_turn_and_the_voice_says_the_rest(speaker, heard):
    said, played = heard
    say(speaker, MANNER, "First.", RECORDED, "Last.")
    assert text_of(said) == ["First.", "Last."]
    assert samples_of(played) == SAMPLES


@pytest.mark.parametrize(
    ("manner", "utterance"),
    [(MANNER, "Elderberry 9 1 2."), (MANNER, RECORDED.lower()), (Manner("en", 4, 10), RECORDED)],
    ids=["another number", "other letters", "another language"],
)
def test_where_the_words_or_the_language_are_others_the_voice_says_them(speaker, heard, manner, utterance):
    say(speaker, manner, utterance)
    assert text_of(heard[0]) == [utterance]
    assert not heard[1].exists()


def test_an_apostrophe_that_the_screen_curls_is_straight_in_the_ledger(qapp, programs, heard):
    from kiosk.ui.speaker import Recorded, Speaker

    speaker = Speaker(recorded=Recorded({"en": {"Women's house.": CLIP}}, rate=4))
    say(speaker, Manner("en", 4, 10), "Women\u2019s house.", "Womens house.")
    assert samples_of(heard[1]) == SAMPLES
    assert text_of(heard[0]) == ["Womens house."]
    speaker.deleteLater()


def test_at_another_pace_the_voice_says_it(speaker, heard):
    say(speaker, Manner("es", 5, 10), RECORDED)
    assert text_of(heard[0]) == [RECORDED]
    assert not heard[1].exists()


@pytest.mark.parametrize("volume", [1, 5, 10])
def test_a_recording_has_the_loudness_of_the_voice(speaker, heard, volume):
    say(speaker, Manner("es", 4, volume), RECORDED)
    factor = VOLUMES[volume - 1] / VOLUMES[-1]
    assert list(samples_of(heard[1])) == [int(each * factor) for each in SAMPLES]


@pytest.mark.parametrize("text", [None, "#!/bin/sh\ncat > /dev/null\nexit 1\n", "#!/bin/sh\nexit 1\n"])
def test_where_nothing_can_be_played_the_voice_says_it_once_and_goes_on(speaker, programs, heard, text):
    (programs / PLAYER).unlink()
    write_program(programs / PLAYER, text or "#!/no/such/program\n")
    say(speaker, MANNER, RECORDED, "Last.")
    assert text_of(heard[0]) == [RECORDED, "Last."]


def test_a_recording_of_a_built_file_is_played_from_it(qapp, programs, heard, tmp_path):
    """One whose bytes were changed in the file is said by the voice."""
    from kiosk.ui.speaker import Recorded, Speaker

    content = tmp_path / "content"
    copytree(ROOT / "data", content)
    (content / "speech/es").mkdir(parents=True)
    for name in ("first", "second"):
        write_wav(content / f"speech/es/{name}.wav", 0.6)
    write_ledger(content / "speech/es", first=RECORDED, second="Second.")
    file = tmp_path / "directory.kiosk"
    assert cli.main(["build", "--content", str(content), "--out", str(file)]) == 0
    raw = file.read_bytes()
    at = raw.rindex(b'"samples":"') + 100
    file.write_bytes(raw[:at] + b"!" + raw[at + 1 :])
    house = open_house(file, Path("hospital-waiting-room.toml"))
    speaker = Speaker(recorded=Recorded(house.clips, rate=4))
    write_program(programs / PLAYER, PLAYS.format(heard=heard[1]))
    say(speaker, MANNER, RECORDED, "Second.", "Last.")
    assert samples_of(heard[1]) == SAMPLES
    assert text_of(heard[0]) == ["Second.", "Last."]
    house.stored.close()
    speaker.deleteLater()


def test_without_the_program_that_ends_with_the_visit_it_is_silent(qapp):
    from kiosk.ui.speaker import Recorded, Speaker

    speaker = Speaker(("no-such-voice",), recorded=Recorded({"es": {RECORDED: CLIP}}, 4, ("no-such-player",)))
    say(speaker, MANNER, RECORDED, RECORDED)
    speaker.deleteLater()


def test_hide_ends_the_player_within_100_ms_and_nothing_is_said_in_its_place(qapp, programs, heard, house):
    from kiosk.ui.listening import Listening
    from kiosk.ui.speaker import Recorded, Speaker
    from tests.flows.walker import PORTRAIT, Walker

    speech = Speech(rate=4, volume=5, start_key="F13")
    speaking = replace(house, settings=replace(house.settings, speech=speech))
    began = speaking.words["en"]("speech.began")
    speaker = Speaker(recorded=Recorded({"en": {began: Clip(48000, tone(25, 48000).tobytes())}}, rate=4))
    write_program(programs / PLAYER, ENDLESS)
    visitor = Walker(speaking, PORTRAIT, Listening(speaking, speech, speaker))
    visitor.tap("Listen")
    pid = speaker.process_id
    assert is_alive(pid)
    settled(lambda: program(pid) == PLAYER)
    pressed = time.perf_counter()
    visitor.press(visitor.strip())
    while is_alive(pid):
        assert time.perf_counter() - pressed < 0.1
    assert visitor.sees("Welcome")
    settled(lambda: not speaker.children())
    assert text_of(heard[0]) == []
    speaker.deleteLater()
    visitor.leave()


def test_nothing_recorded_stands_in_arguments_environment_or_open_files(speaker, programs):
    write_program(programs / PLAYER, ENDLESS)
    speaker.say(uttered(RECORDED), MANNER)
    pid = speaker.process_id
    settled(lambda: program(pid) == PLAYER and Path(f"/proc/{pid}/cmdline").read_bytes())
    seen = [Path(f"/proc/{pid}/{name}").read_bytes().lower() for name in ("cmdline", "comm", "environ")]
    assert seen[0].split(b"\0")[-3:] == [b"-q", b"-", b""]
    assert not any(word in each for each in seen for word in (b"elderberry", b"9 1 1", b".wav", b"es-419"))
    assert not any(where.endswith(".wav") for where in opened(pid))
    assert Path(f"/proc/{pid}/cwd").readlink() == Path("/")


ALONE = """
import sys
from PySide6.QtCore import QCoreApplication
application = QCoreApplication([])
from kiosk.content.clips import Clip
from kiosk.speech.command import Manner
from kiosk.speech.script import Utterance
from kiosk.ui.speaker import Recorded, Speaker
clip = Clip(22050, bytes(range(256)) * 400)
speaker = Speaker(recorded=Recorded({"en": {"Elderberry": clip}}, 4))
speaker.say([Utterance("Elderberry", "en")], Manner("en", 4, 5))
print(speaker.process_id, flush=True)
application.exec()
"""


def test_the_player_ends_with_the_visit_that_is_killed(programs):
    write_program(programs / PLAYER, ENDLESS)
    visit = subprocess.Popen([sys.executable, "-c", ALONE], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        pid = int(visit.stdout.readline())
        settled(lambda: program(pid) == PLAYER)
        visit.send_signal(signal.SIGKILL)
        assert settled(lambda: not is_alive(pid)) < 0.1
    finally:
        visit.kill()
        visit.wait()
        visit.stdout.close()


def test_the_kiosk_says_once_that_recordings_cannot_be_played(monkeypatch, tmp_path, programs):
    content = tmp_path / "content"
    copytree(ROOT / "data", content)
    write_wav(content / "speech/en/a.wav")
    write_ledger(content / "speech/en", a="Help, button.")
    site = content / "sites" / "hospital-waiting-room.toml"
    told: list[str] = []
    assert running._opened(content, site, told.append).clips["en"]
    assert told == []
    monkeypatch.setattr(command, "has_player", lambda: False)
    house = running._opened(content, site, told.append)
    assert (house.clips, house.settings.speech is not None) == ({}, True)
    assert told == ["visitor-kiosk: there are recordings, but aplay is not installed; the voice says all\n"]


def test_the_real_player_gives_the_sound_device_every_sample(tmp_path, monkeypatch):
    """The device of this test is ALSA's own: a file that keeps what would be heard."""
    if not Path("/usr/bin/aplay").exists():
        pytest.skip("alsa-utils is not installed")
    heard, settings = tmp_path / "heard", tmp_path / "asound.conf"
    settings.write_text(
        "pcm.null { type null }\n"
        f'pcm.!default {{ type file slave.pcm "null" file "{heard}" format "raw" }}\n'
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(settings))
    header, *pieces = as_wav(CLIP, 0.5)
    environment = command.surroundings(os.environ)
    done = subprocess.run(
        PLAYING, input=header + b"".join(pieces), env=environment, timeout=30, capture_output=True, check=True
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    wanted = b"".join(pieces)
    assert heard.read_bytes()[: len(wanted)] == wanted
    assert not any(heard.read_bytes()[len(wanted) :])  # the rest of its last buffer


def test_the_real_player_writes_no_file(tmp_path):
    """It may not find a sound device here; what it opens until then, and asks of the network, is seen."""
    strace, player = Path("/usr/bin/strace"), Path("/usr/bin/aplay")
    if not strace.exists() or not player.exists():
        pytest.skip("strace or alsa-utils is not installed")
    trace = tmp_path / "trace"
    calls = ("-f", "-qq", "-o", str(trace), "-e", "trace=%file,%network,ftruncate,fchmod")
    subprocess.run(
        [str(strace), *calls, *PLAYING[len(ENDS_WITH_THE_VISIT) :]],
        input=b"".join(as_wav(CLIP, 0.5)),
        env=command.surroundings(os.environ),
        capture_output=True,
        timeout=30,
        check=False,
    )
    lines = [line for line in trace.read_text().splitlines() if " = -1 E" not in line]
    assert len(lines) > 5
    writing = ("O_WRONLY", "O_RDWR", "O_CREAT", "mkdir", "rename", "unlink", "link(")
    kept = [line for line in lines if any(word in line for word in writing) and "readlink(" not in line]
    assert [line for line in kept if "/dev/snd/" not in line and "/dev/null" not in line] == []
    assert not any("AF_INET" in line for line in lines)
