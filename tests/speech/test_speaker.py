"""The voice as a process: silent at once, gone with its visit, and its text in nobody's sight.

A real espeak-ng that writes its sound into a pipe nobody reads speaks for ever; so it can be looked at.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.speech.command import COMMAND, ESPEAK, Manner, is_installed
from tests.speech.utterances import uttered
from tests.ui.processes import is_alive, opened, program, settled

pytestmark = pytest.mark.skipif(not is_installed(), reason="espeak-ng is not installed")
ROOT = Path(__file__).parents[2]
MANNER = Manner("es", 4, 5)
UTTERED = "Elderberry 9 1 1"


@pytest.fixture
def endless(tmp_path) -> tuple[str, ...]:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    return (*COMMAND, "-w", str(pipe))


@pytest.fixture
def speaker(qapp, endless):
    from kiosk.ui.speaker import Speaker

    speaker = Speaker(endless)
    yield speaker
    speaker.stop()
    settled(lambda: not speaker.children())
    speaker.deleteLater()


def test_stop_ends_the_process_within_100_ms_and_leaves_no_zombie(speaker):
    for _ in range(5):
        speaker.say(uttered(UTTERED, "more"), MANNER)
        pid = speaker.process_id
        settled(lambda pid=pid: program(pid) == ESPEAK)
        speaker.stop()
        began = time.perf_counter()
        while is_alive(pid):
            assert time.perf_counter() - began < 0.1
        settled(lambda: not speaker.children())
        assert not Path(f"/proc/{pid}").exists()
        assert speaker.process_id == 0  # and nothing that waited is said


def test_another_utterance_ends_the_one_before(speaker):
    speaker.say(uttered(UTTERED), MANNER)
    first = speaker.process_id
    speaker.say(uttered(UTTERED), MANNER)
    assert speaker.process_id != first
    settled(lambda: not is_alive(first))
    assert is_alive(speaker.process_id)


def test_starting_and_stopping_takes_less_than_a_frame(speaker):
    spent = []
    for _ in range(20):
        began = time.perf_counter()
        speaker.say(uttered(UTTERED), MANNER)
        spent.append(time.perf_counter() - began)
        settled(lambda: program(speaker.process_id) == ESPEAK)
    assert sorted(spent)[len(spent) // 2] < 0.016


def test_nothing_spoken_stands_in_arguments_environment_or_name(speaker):
    os.environ["KIOSK_TEST"] = "elderberry"
    try:
        speaker.say(uttered(UTTERED), MANNER)
        pid = speaker.process_id
        settled(lambda: program(pid) == ESPEAK and opened(pid) == {"/dev/null"})
        seen = [Path(f"/proc/{pid}/{name}").read_bytes().lower() for name in ("cmdline", "comm", "environ")]
    finally:
        del os.environ["KIOSK_TEST"]
    assert b"es-419" in seen[0]
    for each in seen:
        assert b"elderberry" not in each
        assert b"9 1 1" not in each
    assert Path(f"/proc/{pid}/cwd").readlink() == Path("/")


@pytest.mark.parametrize("command", [("no-such-program",), ("false",)])
def test_where_nothing_can_be_said_it_is_silent_and_does_not_try_again(qapp, command, capfd):
    from kiosk.ui.speaker import Speaker

    speaker = Speaker(command)
    speaker.say(uttered("one", "two", "three"), MANNER)
    settled(lambda: speaker.process_id == 0)
    settled(lambda: not speaker.children())
    assert capfd.readouterr() == ("", "")
    speaker.deleteLater()


def test_utterances_are_said_in_their_order(qapp, tmp_path):
    from kiosk.ui.speaker import Speaker

    heard = tmp_path / "heard"
    speaker = Speaker(("sh", "-c", f"cat >> {heard}"))
    speaker.say(uttered(*(f"utterance {number}" for number in range(5))), MANNER)
    settled(lambda: speaker.process_id == 0)
    settled(lambda: not speaker.children())
    assert heard.read_text().splitlines() == [f"utterance {number}" for number in range(5)]
    speaker.deleteLater()


ALONE = """
import sys
from PySide6.QtCore import QCoreApplication
application = QCoreApplication([])
from kiosk.speech.command import Manner
from kiosk.speech.script import Utterance
from kiosk.ui.speaker import Speaker
speaker = Speaker(sys.argv[1:])
speaker.say([Utterance("Elderberry", "en")], Manner("en", 4, 5))
print(speaker.process_id, flush=True)
application.exec()
"""


def test_it_ends_with_the_visit_that_is_killed(qapp, endless):
    visit = subprocess.Popen([sys.executable, "-c", ALONE, *endless], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        pid = int(visit.stdout.readline())
        settled(lambda: program(pid) == ESPEAK)
        visit.send_signal(signal.SIGKILL)
        assert settled(lambda: not is_alive(pid)) < 0.1
    finally:
        visit.kill()
        visit.wait()
        visit.stdout.close()


def test_it_writes_no_file_and_talks_to_the_sound_server_alone(qapp, tmp_path):
    from kiosk.ui.speaker import Speaker

    if not Path("/usr/bin/strace").exists():
        pytest.skip("strace is not installed")
    trace = tmp_path / "trace"
    calls = "trace=%file,%network,ftruncate,fchmod"
    speaker = Speaker(("strace", "-f", "-y", "-qq", "-o", str(trace), "-e", calls, ESPEAK))
    speaker.say(uttered("Nine one one."), MANNER)
    settled(lambda: speaker.process_id == 0, 20)
    settled(lambda: not speaker.children())
    done = [line for line in trace.read_text().splitlines() if " = -1 E" not in line]
    assert len(done) > 20
    writing = re.compile(
        r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|\b(?:mkdir|rename|unlink|link|symlink|ftruncate)\w*\("
    )
    where = re.compile(r"/dev/(?:null|snd/|shm/)|/memfd:")
    assert [line for line in done if writing.search(line) and not where.search(line)] == []
    assert {match[1] for line in done if (match := re.search(r"\bsocket\((\w+)", line))} <= {"AF_UNIX"}
    speaker.deleteLater()


def test_what_was_cut_is_said_again_from_its_beginning(qapp, tmp_path):
    """The process of the second sentence is killed in the middle of it: with that one it goes on."""
    from kiosk.ui.speaker import Speaker

    heard = tmp_path / "heard"
    speaker = Speaker(("sh", "-c", f"read it; echo $it >> {heard}; [ $it != long ] || sleep 60"))
    everything = [*uttered("short", "long"), *uttered("last", language="en")]
    speaker.say(everything, MANNER)
    settled(lambda: heard.exists() and heard.read_text() == "short\nlong\n")
    unsaid = speaker.unsaid()
    assert list(unsaid) == everything[1:]
    speaker.stop()
    assert (speaker.unsaid(), speaker.process_id) == ((), 0)
    speaker.say(unsaid, MANNER)
    settled(lambda: heard.read_text() == "short\nlong\nlong\n")
    assert list(speaker.unsaid()) == everything[1:]
    speaker.stop()
    settled(lambda: not speaker.children())
    speaker.deleteLater()


def test_each_sentence_has_the_voice_of_its_language(qapp, tmp_path):
    from kiosk.ui.speaker import Speaker

    heard = tmp_path / "heard"
    speaker = Speaker(
        ("sh", "-c", f'echo "$4" >> {heard}; cat > /dev/null')
    )  # its fifth argument is the voice
    speaker.say([*uttered("uno"), *uttered("two", language="en"), *uttered("tri", language="bs")], MANNER)
    settled(lambda: speaker.process_id == 0)
    settled(lambda: not speaker.children())
    assert heard.read_text().split() == ["es-419", "en-us", "bs"]
    assert speaker.unsaid() == ()
    speaker.deleteLater()
