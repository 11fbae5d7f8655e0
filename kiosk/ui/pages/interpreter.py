"""Asking for an interpreter: the languages by their own names, then a card to show to staff.

The card says which language somebody speaks, in that language and in English, and nothing of why.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from kiosk.ui.arrange import Piece, Stack
from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.grids import fitting_grid
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.cards import Note
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.poster import Poster
from kiosk.ui.widgets.tiles import Tile, Tone
from kiosk.visit.actions import Open
from kiosk.visit.places import InterpreterPlace, InterpretersPlace
from kiosk.words.catalog import ENGLISH
from kiosk.words.interpreters import Interpreter
from kiosk.words.numbers import foreign, foreign_english

SHARES = (1.0, 0.92, 0.85, 0.77, 0.7, 0.6, 0.5)


def interpreters_page(place: InterpretersPlace, scene: Scene) -> Page:
    """Return the languages, each in its own letters and, where there is room, in English."""
    frame = Frame(place, scene, scene.words("interpreter.title"))

    def tiles(hints: bool) -> list[Tile]:
        return [_tile(each, place, scene, hints) for each in scene.house.interpreters]

    return frame.page(fitting_grid(frame, scene, 3 if scene.theme.panel.is_portrait else 5, tiles))


def interpreter_page(place: InterpreterPlace, scene: Scene) -> Page:
    """Return the card of one language and the English one; drafts say so, only demonstrations show them."""
    theme, english = scene.theme, scene.house.words[ENGLISH]
    found = next(each for each in scene.house.interpreters if each.code == place.code)
    frame = Frame(place, scene, scene.words("staff.title"))
    is_english = scene.words.language == ENGLISH
    says = [(found.english_card if is_english else foreign_english(found.english_card), False)]
    below: list[Piece] = []
    if found.is_reviewed or scene.settings.is_demo:
        says.insert(0, (foreign(found.card), found.is_right_to_left))
    if len(says) > 1 and not found.is_reviewed:
        draft = english("interpreter.draft")
        below.append(Note(theme, draft if is_english else foreign_english(draft), tone=Tone.TINT))
    return frame.page([*_posters(frame, scene, says, below), *below])


def _posters(
    frame: Frame, scene: Scene, says: Sequence[tuple[str, bool]], below: Sequence[Piece]
) -> list[Piece]:
    """Return the sentences as large as one part holds them all; else the English one first, for staff."""
    theme = scene.theme
    beside = ((),) if theme.is_cramped else (below, ())  # larger text must not make the request smaller
    for rest in beside:
        for share in SHARES:
            if share < theme.poster_least:
                continue
            posters: list[Piece] = [_poster(scene, text, share, right_to_left=side) for text, side in says]
            fits = frame.fits if len(rest) == len(below) else frame.fits_with_more
            if fits(Stack([*posters, *rest], theme.gap)):
                return posters
    return [_poster(scene, text, theme.poster_least, right_to_left=side) for text, side in reversed(says)]


def _poster(scene: Scene, text: str, share: float, *, right_to_left: bool) -> Poster:
    side = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    return Poster(scene.theme, text, share, side)


def _tile(found: Interpreter, place: InterpretersPlace, scene: Scene, hints: bool) -> Tile:
    target = InterpreterPlace(found.code, over_help=place.over_help)
    english = found.english if scene.words.language == ENGLISH else foreign_english(found.english)
    tile = Tile(scene.theme, "", foreign(found.name), english if hints else "", Open(target))
    tile.setAccessibleDescription(english)  # no voice says Dari letters, and staff can be asked for "Dari"
    tile.tallest = scene.theme.mm(40)
    return tile
