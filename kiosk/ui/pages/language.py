"""The languages of the site by their own names: one touch returns to the page before, in that language."""

from __future__ import annotations

from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.grids import fitting_grid
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.buttons import ActionButton
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tiles import Tile, Tone
from kiosk.visit.actions import Open, SetLanguage
from kiosk.visit.places import InterpretersPlace, LanguagePlace


def language_page(place: LanguagePlace, scene: Scene) -> Page:
    """Return the page; the language that is shown now is marked."""
    frame = Frame(place, scene, scene.words("language.title"))
    most = 2 if scene.theme.panel.is_portrait else 3
    tiles = [_tile(code, scene) for code in scene.settings.languages]
    footer = []
    if scene.house.interpreters:
        others, label = InterpretersPlace(over_help=place.over_help), scene.words("interpreter.button")
        footer.append(ActionButton(scene.theme, "speech", label, Open(others)))
    return frame.page(fitting_grid(frame, scene, most, lambda _: tiles, below=footer), footer)


def _tile(code: str, scene: Scene) -> Tile:
    is_shown = code == scene.words.language
    tone = Tone.TINT if is_shown else Tone.PLAIN
    icon = "check" if is_shown else "globe"
    found = Tile(scene.theme, icon, scene.words.native(code), "", SetLanguage(code), tone)
    found.tallest = scene.theme.mm(70)
    return found
