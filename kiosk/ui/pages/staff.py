"""The card to show to a clerk: large, in the visitor's language and in English."""

from __future__ import annotations

from kiosk.ui.arrange import Piece
from kiosk.ui.pages.frame import Frame
from kiosk.ui.scene import Scene
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.buttons import ActionButton, button_rows
from kiosk.ui.widgets.cards import Note
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.poster import Poster
from kiosk.ui.widgets.tiles import Tone
from kiosk.visit.actions import Open
from kiosk.visit.places import InterpretersPlace, StaffPlace
from kiosk.words.catalog import ENGLISH
from kiosk.words.numbers import foreign_english


def staff_page(place: StaffPlace, scene: Scene) -> Page:
    """Return the request, twice when the visitor reads another language and it may be shown in that one."""
    words, theme, card = scene.words, scene.theme, scene.library.staff_card
    english = scene.house.words[ENGLISH]
    frame = Frame(place, scene, words("staff.title"))
    request, note = english.text(card.request), english.text(card.note)
    if words.language != ENGLISH:
        request, note = foreign_english(request), foreign_english(note)
    bands: list[Piece] = [_poster(frame, theme, request)]
    notes = [note]
    if words.language != ENGLISH and words.has(card.request):
        bands.insert(0, _poster(frame, theme, words.text(card.request)))
    if words.language != ENGLISH and words.has(card.note):
        notes.insert(0, words.text(card.note))
    bands.append(Note(theme, "\n".join(notes), tone=Tone.TINT))
    if not scene.house.interpreters:
        return frame.page(bands)
    other = ActionButton(
        theme, "speech", words("interpreter.button"), Open(InterpretersPlace(over_help=True))
    )
    if theme.is_roomy:
        return frame.page(bands, [other])
    return frame.page([*bands, *button_rows([other], frame.width, theme)])


def _poster(frame: Frame, theme: Theme, text: str) -> Poster:
    """Return the sentence as large as one part can hold it."""
    for largest in (1.0, 0.85, 0.7):
        poster = Poster(theme, text, largest)
        if frame.fits_with_more(poster):
            break
    return poster
