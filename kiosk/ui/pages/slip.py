"""The way to a paper slip, on sites with a printer: a button, and what became of it."""

from __future__ import annotations

from kiosk.ui.scene import Scene
from kiosk.ui.widgets.buttons import ActionButton
from kiosk.ui.widgets.cards import Note
from kiosk.ui.widgets.tiles import Tone
from kiosk.visit.actions import Print
from kiosk.visit.visit import Paper


def slip_buttons(scene: Scene) -> list[ActionButton]:
    """Return the button until it is touched; nothing on sites without a printer."""
    if scene.settings.printer is None or scene.visit.paper is not Paper.NONE:
        return []
    return [ActionButton(scene.theme, "print", scene.words("slip.print"), Print())]


def slip_notes(scene: Scene) -> list[Note]:
    """Return what became of the slip that was asked for: it belongs on the first part of a page."""
    if scene.settings.printer is None or scene.visit.paper is Paper.NONE:
        return []
    return [Note(scene.theme, scene.words(f"slip.{scene.visit.paper.value}"), tone=Tone.TINT)]
