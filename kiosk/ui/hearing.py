"""Where the window tells what it shows: to nobody, unless the site has speech on.

The window knows only this; `kiosk.ui.listening` and all of `kiosk.speech` are loaded by `hearing_in`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QAbstractButton

from kiosk.house import House
from kiosk.keypad import Key
from kiosk.ui.widgets.page import Page
from kiosk.visit.actions import Action
from kiosk.visit.visit import Visit


class Hearing(Protocol):
    """Somebody who may listen."""

    def begin(self, on_headset: Callable[[bool], None]) -> None:
        """Hear that the window is shown; tell of a headset that is plugged in (True) or pulled out."""
        ...

    def show(self, page: Page, visit: Visit, question: str) -> None:
        """Hear of a page, or of the question that covers it."""
        ...

    def focus(self, button: QAbstractButton, visit: Visit) -> None:
        """Hear of the button that a key moved to."""
        ...

    def changed(self, told: Sequence[str], visit: Visit) -> None:
        """Hear of what changed on a page that stays."""
        ...

    def on_key(self, key: Key, visit: Visit) -> Action | None:
        """Return what a key changes in the voice."""
        ...

    def told(self, visit: Visit, action: Action) -> None:
        """Hear of what a key changed in the voice."""
        ...

    def hush(self) -> None:
        """Be silent now, since somebody touched the screen or a key."""
        ...

    def pause(self, visit: Visit) -> None:
        """Hear that the visitor wants what is said to wait, or to go on."""
        ...

    def stop(self) -> None:
        """Be silent now, and let go of what was to be said."""
        ...


class Silence:
    """Nobody listens."""

    def begin(self, on_headset: Callable[[bool], None]) -> None:
        """Tell of nothing."""

    def show(self, page: Page, visit: Visit, question: str) -> None:
        """Say nothing."""

    def focus(self, button: QAbstractButton, visit: Visit) -> None:
        """Say nothing."""

    def changed(self, told: Sequence[str], visit: Visit) -> None:
        """Say nothing."""

    def on_key(self, key: Key, visit: Visit) -> Action | None:  # noqa: ARG002
        """Change nothing."""
        return None

    def told(self, visit: Visit, action: Action) -> None:
        """Say nothing."""

    def hush(self) -> None:
        """Be silent already."""

    def pause(self, visit: Visit) -> None:
        """Say nothing."""

    def stop(self) -> None:
        """Be silent already."""


def hearing_in(house: House) -> Hearing:
    """Return the voice of a visit, or silence where the site has speech off."""
    if house.settings.speech is None:
        return Silence()
    from kiosk.ui.listening import Listening  # noqa: PLC0415 - no site pays for what it has off
    from kiosk.ui.speaker import Recorded, Speaker  # noqa: PLC0415

    speech = house.settings.speech
    speaker = Speaker(recorded=Recorded(house.clips, speech.rate))
    if speech.headset is None:
        return Listening(house, speech, speaker)
    from kiosk.ui.headset import Headset  # noqa: PLC0415

    return Listening(house, speech, speaker, Headset(speech.headset))
