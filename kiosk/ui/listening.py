"""What a visitor who listens hears: each page from its top, the button a key moved to, the idle question.

Loaded only where the site has speech on. Any touch or key silences it before anything else happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from kiosk.house import House
from kiosk.keypad import Key
from kiosk.settings import Speech
from kiosk.speech.command import Manner
from kiosk.speech.script import Part, Role, Tongues, Utterance, script, spoken, utterances
from kiosk.ui.headset import Headset
from kiosk.ui.widgets.banner import Banner
from kiosk.ui.widgets.changing import Changing
from kiosk.ui.widgets.keyboard import KeyCap
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.payload import PayloadText
from kiosk.visit.actions import Action, SetRate, SetSpeech, SetVolume
from kiosk.visit.visit import MOST_RATE, MOST_VOLUME, Visit
from kiosk.words.catalog import Words

VOLUME_KEYS: Final[Mapping[Key, int]] = {Key.LOUDER: 1, Key.SOFTER: -1}
RATE_KEYS: Final[Mapping[Key, int]] = {Key.FASTER: 1, Key.SLOWER: -1}


class Mouth(Protocol):
    """What speaks: `Speaker`, or a list of utterances in a test."""

    def say(self, utterances: Sequence[Utterance], manner: Manner) -> None:
        """Stop what is being said, and say these."""
        ...

    def unsaid(self) -> Sequence[Utterance]:
        """Return what is being said now and what waits behind it."""
        ...

    def stop(self) -> None:
        """Be silent now."""
        ...


class Listening:
    """Says what the window shows to a visitor whose visit has the voice on, and nothing to anybody else."""

    def __init__(self, house: House, speech: Speech, mouth: Mouth, jack: Headset | None = None) -> None:
        self._house = house
        self._speech = speech
        self._mouth = mouth
        self._jack = jack
        self._tongues = Tongues(house.interpreters)
        self._spoke = False
        self._page_says: list[Utterance] = []
        self._unsaid: Sequence[Utterance] = ()
        self._was_speaking = False

    def begin(self, on_headset: Callable[[bool], None]) -> None:
        """Watch the headset jack, where the site names one."""
        if self._jack:
            self._jack.plugged.connect(on_headset)
            self._jack.begin()

    def show(self, page: Page, visit: Visit, question: str) -> None:
        """Say a page from its top; in its place the question that covers it."""
        began, self._spoke = not self._spoke, visit.speaks
        self.stop()
        self._page_says = []
        if not visit.speaks:
            return
        words = self._words(visit)
        self._page_says = (
            self._spoken(question, visit) if question else script(parts_of(page), words, self._tongues)
        )
        hint = self._spoken(words("speech.began"), visit) if began else []
        self._say([*hint, *self._page_says], visit)

    def focus(self, button: QAbstractButton, visit: Visit) -> None:
        """Say the button that a key moved to."""
        if visit.speaks:
            self._say(utterances(part_of(button), self._words(visit), self._tongues), visit)

    def changed(self, told: Sequence[str], visit: Visit) -> None:
        """Say what changed on a page that stays, such as the letter and how many are found."""
        if visit.speaks:
            self._say([each for text in told for each in self._spoken(text, visit)], visit)

    def told(self, visit: Visit, action: Action) -> None:
        """Say what a key changed in the voice, in the new voice."""
        words, manner = self._words(visit), self._manner(visit)
        if isinstance(action, SetVolume):
            told = words("speech.volume", step=manner.volume, most=MOST_VOLUME)
        else:
            told = words("speech.rate", step=manner.rate, most=MOST_RATE)
        self._say(self._spoken(told, visit), visit)

    def hush(self) -> None:
        """Be silent now: somebody touched the screen or a key. Only `pause` can go on from here."""
        unsaid = self._mouth.unsaid()
        self._mouth.stop()
        self._was_speaking = bool(unsaid)
        self._unsaid = unsaid or self._unsaid

    def pause(self, visit: Visit) -> None:
        """Stay silent if this input silenced the voice; else go on with the sentence where it was silenced.

        When all was said it begins again at the top of the page.
        """
        if visit.speaks and not self._was_speaking:
            self._say(self._unsaid or self._page_says, visit)

    def stop(self) -> None:
        """Be silent now, and let go of what was to be said."""
        self._mouth.stop()
        self._unsaid, self._was_speaking = (), False

    def on_key(self, key: Key, visit: Visit) -> Action | None:
        """Return what a key changes; keys that have something said again, or not now, change nothing."""
        if key is Key.LISTEN and not visit.speaks:
            return SetSpeech(True)
        if key in {Key.LISTEN, Key.REPEAT} and visit.speaks:
            self._say(self._page_says, visit)
        if key is Key.PAUSE:
            self.pause(visit)
        manner = self._manner(visit)
        if visit.speaks and key in VOLUME_KEYS:
            return SetVolume(manner.volume + VOLUME_KEYS[key])
        if visit.speaks and key in RATE_KEYS:
            return SetRate(manner.rate + RATE_KEYS[key])
        return None

    def _say(self, utterances: Sequence[Utterance], visit: Visit) -> None:
        self._unsaid, self._was_speaking = (), False
        self._mouth.say(utterances, self._manner(visit))

    def _spoken(self, text: str, visit: Visit) -> list[Utterance]:
        return spoken(text, self._words(visit).language, self._tongues)

    def _words(self, visit: Visit) -> Words:
        return self._house.words[visit.language or self._house.default_language]

    def _manner(self, visit: Visit) -> Manner:
        language = visit.language or self._house.default_language
        return Manner(language, visit.rate or self._speech.rate, visit.volume or self._speech.volume)


def parts_of(page: Page) -> list[Part]:
    """Return everything on a page: the banner's texts, the body, then the controls and the strip."""
    found = [Part(Role.TEXT, text) for text in page.banner.texts()]
    buttons = page.buttons()
    around = [button for button in buttons if isinstance(button.parent(), Banner) or button is buttons[-1]]
    for child in _read_through(page):
        if isinstance(child, KeyCap):
            continue  # forty letters say nothing; each is said when a key moves to it
        if isinstance(child, QAbstractButton) and child not in around:
            found.append(part_of(child))
        elif isinstance(child, QLabel):
            found.append(Part(Role.CODE_HOLDS if isinstance(child, PayloadText) else Role.TEXT, child.text()))
    return [*found, *map(part_of, around)]


def _read_through(widget: QWidget) -> Iterator[QObject]:
    """Yield what stands on a page and in the parts of it that change, in reading order."""
    for child in widget.children():
        if isinstance(child, Changing):
            yield from _read_through(child)
        else:
            yield child


def part_of(button: QAbstractButton) -> Part:
    """Return a button by its accessible name and description."""
    return Part(Role.BUTTON, button.accessibleName(), button.accessibleDescription())
