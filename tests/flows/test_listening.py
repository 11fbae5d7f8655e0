"""A visitor who listens: everything shown is said, and the voice stops before anything else happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from kiosk import running
from kiosk.house import ASSETS
from kiosk.settings import Speech
from kiosk.speech import command
from kiosk.speech.command import COMMAND, Manner, is_installed
from kiosk.speech.digits import said
from kiosk.speech.headset import EV_SW, EVENT, SW_HEADPHONE_INSERT
from kiosk.speech.script import Tongues, Utterance, script, spoken
from kiosk.ui.gallery import examples
from kiosk.ui.headset import Headset
from kiosk.ui.listening import Listening, parts_of
from kiosk.ui.picture import built, with_part
from kiosk.ui.proof import panel_named
from kiosk.ui.speaker import Speaker
from kiosk.visit.places import HelpPlace, ResourcePlace
from kiosk.visit.visit import Visit
from kiosk.words.catalog import NATIVE_NAMES, load_words, read_english
from kiosk.words.numbers import by_language
from tests.flows.walker import PORTRAIT, Walker
from tests.ui.houses import DATA, ROOT
from tests.ui.processes import is_alive, settled

# QTest has no character for the keys of a keypad; a keyboard sends none either.
pytestmark = pytest.mark.qt_log_ignore("keyToAscii Unhandled key code")
SPEECH = Speech(rate=4, volume=5, start_key="F13")
ALIVE = "3 1 4, 9 9 3, 2 7 7 7"


@dataclass
class Ears:
    """A voice that only remembers: what was said since it was last silenced, and in which manner."""

    heard: list[str] = field(default_factory=list)
    utterances: Sequence[Utterance] = ()
    manner: Manner | None = None
    ended: int = 0

    def say(self, utterances: Sequence[Utterance], manner: Manner) -> None:
        self.heard, self.manner = [each.text for each in utterances], manner
        self.utterances, self.ended = utterances, 0

    def goes_on(self, sentences: int) -> None:
        """So many sentences are said to their end meanwhile."""
        self.ended += sentences

    def unsaid(self) -> Sequence[Utterance]:
        return self.utterances[self.ended :]

    def stop(self) -> None:
        self.heard, self.utterances = [], ()

    def hears(self, words: str) -> bool:
        return any(words in utterance for utterance in self.heard)


@pytest.fixture
def speaking_house(house):
    return replace(house, settings=replace(house.settings, speech=SPEECH))


@pytest.fixture(scope="module")
def every_language(houses):
    """The waiting room in all six languages as a production site: drafts of safety texts are in English."""
    house = houses["hospital-waiting-room"]
    settings = replace(house.settings, languages=tuple(NATIVE_NAMES), is_demo=False, speech=SPEECH)
    source = read_english(ASSETS / "words" / "en.toml")
    folders = (ASSETS / "words", DATA / "words")
    words = {code: load_words(code, source, folders) for code in NATIVE_NAMES}
    return replace(house, settings=settings, words=words)


@pytest.fixture
def ears():
    return Ears()


@pytest.fixture(params=[PORTRAIT, QSize(1024, 600)], ids=["portrait", "small"])
def listener(request, qapp, speaking_house, ears):
    width_mm = 268.0 if request.param == PORTRAIT else 222.0
    house = replace(speaking_house, settings=replace(speaking_house.settings, panel_width_mm=width_mm))
    walker = Walker(house, request.param, Listening(house, SPEECH, ears))
    yield walker
    walker.leave()


def find(listener: Walker, ears: Ears, wanted: str) -> None:
    """Press Down until the button is heard, going on to the next part where it is not on this one."""
    for _ in range(8):
        more = ""
        for _ in listener.page.buttons():
            listener.key(Qt.Key.Key_Down)
            assert len(ears.heard) <= 2  # the name of a language is said by another voice
            if ears.heard[0].startswith(wanted):
                return
            more = more or (ears.heard[0] if ears.heard[0].startswith("More ") else "")
        assert more, f"{wanted} was not heard"
        find_here(listener, ears, more)
        listener.key(Qt.Key.Key_Return)
    raise AssertionError(f"{wanted} was not heard")


def find_here(listener: Walker, ears: Ears, wanted: str) -> None:
    while ears.heard != [wanted]:
        listener.key(Qt.Key.Key_Down)


def test_from_the_lobby_to_a_number_by_keys_and_ears_alone(listener, ears):
    listener.key(Qt.Key.Key_F13)
    assert ears.heard[0].startswith("The voice is on.")
    assert ears.hears("Visitor information")
    for button in ("Help and community services", "Talk to someone", "ALIVE"):
        find(listener, ears, button)
        listener.key(Qt.Key.Key_Return)
    assert ears.heard[0] == "ALIVE."
    for _ in range(4):
        if ears.hears(ALIVE):
            break
        find(listener, ears, "More")
        listener.key(Qt.Key.Key_Return)
    assert ears.hears(ALIVE)


@pytest.mark.parametrize("panel_name", ["1080x1920", "1024x600"])
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_everything_shown_is_said_in_reading_order(qapp, every_language, panel_name, language):
    """Also in its own voice: what is not in the language of the page is said by another one."""
    house, panel = every_language, panel_named(panel_name)
    words, tongues = house.words[language], Tongues(house.interpreters)
    for example in examples(house):
        if example.visit.asking:
            continue
        visit = replace(example.visit, language=language, speaks=True)
        for part in range(built(house, visit, panel).part_count):
            page = built(house, with_part(visit, part), panel)
            parts = parts_of(page)
            heard = script(parts, words, tongues)
            labels, buttons = page.findChildren(QLabel), page.findChildren(QAbstractButton)
            shown = [label.text() for label in labels]
            shown += [name for b in buttons for name in (b.accessibleName(), b.accessibleDescription())]
            runs = [run for text in shown for run in by_language(text) if re.search(r"\w", run[0])]
            missing = [
                (text, by) for text, by in voiced(runs, language, tongues) if not is_said(text, by, heard)
            ]
            assert missing == [], example.name
            assert len(parts) == len(labels) + len(buttons), example.name
            assert heard[0].text == spoken(page.banner.texts()[0], language, tongues)[0].text


def voiced(runs: list[tuple[str, bool]], language: str, tongues: Tongues) -> list[tuple[str, str]]:
    """The runs with the language of their voice; those without a voice have their English beside them."""
    found = [(text, tongues.of(text, language) if is_foreign else language) for text, is_foreign in runs]
    silent = [text for text, by in found if by is None]
    assert len(silent) <= 3
    return [(text, by) for text, by in found if by]


def is_said(text: str, by: str, heard: Sequence[Utterance]) -> bool:
    wanted = said(text).strip(" .,:;\u2026")
    return any(wanted in each.text and each.language == by for each in heard)


def test_the_purpose_of_a_code_is_said_and_what_it_holds(listener, ears):
    listener.tap("Listen").tap("Help").tap("Talk to someone").tap("ALIVE")
    while not ears.hears("The code holds"):
        way = "Call with a phone"
        listener.tap(way if ears.hears(way) and isinstance(listener.visit.place, ResourcePlace) else "More")
    assert ears.hears("Code: Call with a phone. ALIVE.")
    assert ears.hears("The code holds: tel:+1, 3 1 4, 9 9 3, 2 7 7 7.")


def test_nothing_is_said_to_those_who_did_not_ask(listener, ears):
    listener.tap("Help").key(Qt.Key.Key_Down, Qt.Key.Key_VolumeUp, Qt.Key.Key_AudioRepeat)
    assert ears.manner is None
    assert listener.visit == Visit(trail=listener.visit.trail, by_keys=True)


def test_listen_turns_the_voice_on_and_off(listener, ears):
    listener.tap("Listen")
    assert ears.hears("Welcome") or ears.hears("Visitor information")
    listener.tap("Voice").tap("Stop listening")
    assert ears.heard == []
    assert listener.visit == Visit()
    listener.tap("Help")
    assert ears.heard == []
    listener.tap("Listen")
    assert ears.heard[0].startswith("The voice is on.")
    assert ears.heard[1] == "What would help you now?"


def test_a_touch_anywhere_and_any_key_silences(listener, ears):
    listener.tap("Listen").tap("Help")
    assert ears.heard
    listener.wait(1).press(listener.page.rect().topLeft())
    assert ears.heard == []
    listener.key(Qt.Key.Key_AudioRepeat)
    assert ears.heard[0] == "What would help you now?"
    listener.key(Qt.Key.Key_A)
    assert ears.heard == []


def test_pausing_by_touch_goes_on_with_the_sentence_that_was_cut(listener, ears):
    listener.tap("Listen").tap("Help")
    page, everything = listener.page, list(ears.utterances)
    ears.goes_on(2)
    listener.tap("Pause")
    assert ears.heard == []
    assert listener.wait(30).page is page
    listener.tap("Pause")
    assert list(ears.utterances) == everything[2:]
    ears.goes_on(1)
    listener.tap("Pause").tap("Pause")
    assert list(ears.utterances) == everything[3:]


@pytest.mark.parametrize("key", [Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_Return], ids=["own", "select"])
def test_pausing_by_key_goes_on_with_the_sentence_that_was_cut(listener, ears, key):
    """Select does it where the ring is around nothing that could be chosen: on a new page it is."""
    listener.key(Qt.Key.Key_F13)
    find(listener, ears, "Help and community services")
    listener.key(Qt.Key.Key_Return)
    everything = list(ears.utterances)
    assert len(everything) > 4
    ears.goes_on(3)
    listener.key(key)
    assert ears.heard == []
    listener.key(key)
    assert list(ears.utterances) == everything[3:]
    ears.goes_on(len(everything))
    listener.key(key)
    assert list(ears.utterances) == everything  # all was said: from the top
    listener.key(Qt.Key.Key_Down)
    assert listener.window.focusWidget().accessibleName() in ears.heard[0]


def test_any_other_input_silences_until_the_visitor_asks(listener, ears):
    listener.tap("Listen").tap("Help")
    ears.goes_on(1)
    listener.key(Qt.Key.Key_A).wait(60)
    assert ears.heard == []
    listener.key(Qt.Key.Key_Down)
    at_the_button = list(ears.utterances)
    listener.key(Qt.Key.Key_MediaPause, Qt.Key.Key_MediaPlay)
    assert list(ears.utterances) == at_the_button  # of the page that was cut before nothing is left


def test_what_was_paused_is_gone_with_hide_and_with_the_next_page(listener, ears):
    listener.tap("Listen").tap("Help").tap("Pause").tap("Talk to someone")
    heard = list(ears.utterances)
    listener.tap("Pause").tap("Pause")
    assert list(ears.utterances) == heard
    listener.tap("Pause").press(listener.strip())
    listener.key(Qt.Key.Key_MediaPlay)
    assert (ears.heard, listener.visit) == ([], Visit())
    assert listener.window._hearing._unsaid == ()


def test_nobody_pauses_who_does_not_listen(listener, ears):
    names = [button.accessibleName() for button in listener.page.buttons()]
    listener.key(Qt.Key.Key_MediaPlay, Qt.Key.Key_Return)
    assert ("Pause or go on" in names, ears.manner) == (False, None)


def test_hide_silences_and_the_next_visitor_hears_nothing(listener, ears):
    listener.tap("Listen").tap("Help").key(Qt.Key.Key_VolumeUp)
    listener.tap("Talk to someone").press(listener.strip())
    assert ears.heard == []
    assert listener.visit == Visit()
    listener.release(listener.strip()).tap("Help")
    assert ears.heard == []


def test_the_idle_question_is_said_and_the_page_again_after_it(listener, ears):
    listener.tap("Listen").tap("Help").wait(119)
    assert not listener.visit.asking
    listener.wait(1)
    assert ears.heard == ["Still here? Touch the screen to go on."]
    listener.wait(5).key(Qt.Key.Key_Down)
    assert ears.heard[0] == "What would help you now?"
    listener.wait(140).wait(20)
    assert listener.visit == Visit()
    assert ears.heard == []


def test_keys_make_it_louder_and_slower_and_say_so_without_a_new_page(listener, ears):
    listener.tap("Listen").tap("Help")
    page = listener.page
    listener.key(Qt.Key.Key_VolumeUp)
    assert ears.heard == ["Volume 6 of 10."]
    assert ears.manner == Manner("en", 4, 6)
    listener.key(*[Qt.Key.Key_VolumeUp] * 9)
    assert ears.heard == ["Volume 10 of 10."]
    listener.key(*[Qt.Key.Key_AudioRewind] * 9)
    assert ears.heard == ["Speed 1 of 7."]
    assert ears.manner == Manner("en", 1, 10)
    assert listener.page is page
    listener.key(Qt.Key.Key_Escape, Qt.Key.Key_F13)
    assert ears.manner == Manner("en", 4, 5)


def test_the_voice_speaks_the_language_of_the_page(listener, ears):
    listener.tap("Listen").tap("Help").tap("Español")
    assert ears.manner == Manner("es", 4, 5)
    assert ears.hears("botón")


def test_the_start_key_says_the_page_again_when_the_voice_is_on(listener, ears):
    listener.key(Qt.Key.Key_F13, Qt.Key.Key_F13)
    assert ears.heard
    assert not ears.heard[0].startswith("The voice is on.")
    assert listener.visit.speaks


def test_the_voice_is_changed_and_the_page_said_again_by_touch(listener, ears):
    listener.tap("Listen").tap("Help").tap("Voice").tap("Louder").tap("Louder").tap("Slower")
    assert ears.heard == ["Speed 3 of 7."]
    assert ears.manner == Manner("en", 3, 7)
    assert listener.sees("Volume 7 of 10") or listener.window.width() == 1024
    for _ in range(12):
        listener.tap("Softer")
    assert ears.heard == ["Volume 1 of 10."]
    listener.tap("Say the page again")
    assert ears.heard[0] == "What would help you now?"
    assert listener.visit.place == HelpPlace()


def test_keys_stay_on_louder_and_softer(listener, ears):
    listener.tap("Listen").tap("Voice")
    for name in ("Softer", "Faster", "Louder"):
        find(listener, ears, name)
        listener.key(Qt.Key.Key_Return, Qt.Key.Key_Return)
        assert listener.window.focusWidget().accessibleName() == name
    assert (listener.visit.volume, listener.visit.rate) == (5, 6)


@pytest.mark.skipif(not is_installed(), reason="espeak-ng is not installed")
@pytest.mark.parametrize("way", ["strip", "key"])
def test_after_hide_the_speaking_process_is_dead_within_100_ms(qapp, speaking_house, tmp_path, way):
    os.mkfifo(tmp_path / "pipe")
    speaker = Speaker((*COMMAND, "-w", str(tmp_path / "pipe")))
    visitor = Walker(speaking_house, PORTRAIT, Listening(speaking_house, SPEECH, speaker))
    visitor.tap("Listen").tap("Help")
    pid = speaker.process_id
    assert is_alive(pid)
    visitor.wait(1)
    began = time.perf_counter()
    if way == "strip":
        visitor.press(visitor.strip())
    else:
        visitor.key(Qt.Key.Key_Escape)
    while is_alive(pid):
        assert time.perf_counter() - began < 0.1
    assert visitor.sees("Welcome")
    settled(lambda: not speaker.children())
    speaker.deleteLater()
    visitor.leave()


@pytest.fixture
def jack(tmp_path):
    """A pipe in place of the device: what is written has the bytes of the kernel."""
    os.mkfifo(tmp_path / "event5")
    fd = os.open(tmp_path / "event5", os.O_RDWR | os.O_NONBLOCK)
    yield tmp_path / "event5", fd
    os.close(fd)


def plug(fd: int, is_in: bool) -> None:
    os.write(fd, EVENT.pack(1, 2, EV_SW, SW_HEADPHONE_INSERT, is_in) + EVENT.pack(1, 2, 0, 0, 0))


def test_a_headset_turns_the_voice_on_and_off(qapp, speaking_house, ears, jack):
    device, fd = jack
    headset = Headset(str(device))
    plug(fd, True)
    os.read(fd, 4096)  # of what happened before the window is shown nobody hears
    visitor = Walker(speaking_house, PORTRAIT, Listening(speaking_house, SPEECH, ears, headset))
    assert not visitor.visit.speaks
    visitor.tap("Help")
    plug(fd, True)
    settled(lambda: visitor.visit.speaks)
    assert ears.heard[0].startswith("The voice is on.")
    assert ears.hears("What would help you now?")
    plug(fd, False)
    settled(lambda: not visitor.visit.speaks)
    assert ears.heard == []
    assert visitor.visit.place == HelpPlace()
    plug(fd, True)
    settled(lambda: visitor.visit.speaks)
    visitor.wait(1).press(visitor.strip())
    assert visitor.visit == Visit()
    assert ears.heard == []
    headset.end()
    headset.deleteLater()
    visitor.leave()


def test_a_device_that_is_missing_or_goes_away_disturbs_nobody(qapp, speaking_house, ears, tmp_path):
    for device in (tmp_path / "not there", tmp_path):
        headset = Headset(str(device))
        visitor = Walker(speaking_house, PORTRAIT, Listening(speaking_house, SPEECH, ears, headset))
        visitor.tap("Listen").tap("Help")
        assert ears.hears("What would help you now?")
        settled(lambda gone=headset: gone._jack is None)
        headset.deleteLater()
        visitor.leave()


def test_without_the_site_setting_nothing_is_shown_or_loaded(at_portrait):
    names = [button.accessibleName() for button in at_portrait.page.buttons()]
    assert "Listen" not in names
    at_portrait.key(Qt.Key.Key_F13, Qt.Key.Key_VolumeUp).tap("Help")
    assert at_portrait.visit.place == HelpPlace()
    loaded = """
import sys
from kiosk.ui.hearing import Silence, hearing_in
from kiosk.ui import served, run
from tests.ui.houses import open_houses
assert isinstance(hearing_in(open_houses()["police-lobby"]), Silence)
speaking = ("kiosk.speech", "kiosk.ui.listening", "kiosk.ui.speaker", "kiosk.ui.headset")
print([name for name in sys.modules if name.startswith(speaking)])
"""
    told = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout == "[]\n"


def test_a_machine_without_the_program_shows_no_listen_and_says_so_once(monkeypatch, house):
    site = DATA / "sites" / "hospital-waiting-room.toml"
    told: list[str] = []
    monkeypatch.setattr(command, "is_installed", lambda: True)
    assert running._opened(DATA, site, told.append).settings.speech
    assert told == []
    monkeypatch.setattr(command, "is_installed", lambda: False)
    assert running._opened(DATA, site, told.append).settings.speech is None
    assert told == [
        "visitor-kiosk: speech is on in the site file, but espeak-ng is not installed; it stays off\n"
    ]
