"""What is said of a number that nobody checked for long."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.content.age import is_old
from kiosk.content.model import Phone, PhoneKind
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.cards import Note
from kiosk.ui.widgets.numbers import CAUTION_ICON
from kiosk.ui.widgets.tiles import Tone


def call_first(scene: Scene, kind: PhoneKind = PhoneKind.VOICE) -> tuple[str, str]:
    """Return the heading and the sentence."""
    if kind is PhoneKind.TEXT:
        return scene.words("old.text_first"), scene.words("old.who_writes")
    return scene.words("old.call_first"), scene.words("old.who_answers")


def call_first_note(scene: Scene, kind: PhoneKind = PhoneKind.VOICE) -> Note:
    """Return both as a card of their own."""
    title, text = call_first(scene, kind)
    return Note(scene.theme, text, title=title, icon=CAUTION_ICON, tone=Tone.WARM)


def notes_of(scene: Scene, phones: Iterable[Phone]) -> list[Note]:
    """Return one card if one of these numbers is old."""
    old = [phone for phone in phones if is_old(phone, scene.today)]
    return [call_first_note(scene, old[0].kind)] if old else []
