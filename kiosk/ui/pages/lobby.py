"""The lobby and the pages behind its tiles: ordinary visitor information, and it works."""

from __future__ import annotations

from kiosk.settings import Tile as SiteTile
from kiosk.ui.arrange import Piece
from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.grids import fitting_grid
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.cards import Note
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tiles import Tile, Tone
from kiosk.visit.actions import Open
from kiosk.visit.places import HelpPlace, LobbyPlace, TopicPlace


def lobby_page(place: LobbyPlace, scene: Scene) -> Page:
    """Return the lobby: what the kiosk shows all day."""
    words, site, theme = scene.words, scene.settings, scene.theme
    frame = Frame(place, scene, words.text(site.welcome), words.text(site.lead), lead_matters=False)
    most = 2 if theme.panel.is_portrait else 3
    return frame.page(
        fitting_grid(frame, scene, most, lambda hints: [_tile(t, scene, hints) for t in site.tiles])
    )


def topic_page(place: TopicPlace, scene: Scene) -> Page:
    """Return the page behind one tile. A tile that no longer exists shows an empty page with Back."""
    words, theme = scene.words, scene.theme
    tile = next((tile for tile in scene.settings.tiles if tile.id == place.tile), None)
    if tile is None:
        return Frame(place, scene, words.text(scene.settings.welcome)).page([])
    frame = Frame(place, scene, words.text(tile.title), words.text(tile.hint))
    lines: list[Piece] = [Note(theme, words.text(line), tone=Tone.PLAIN) for line in tile.lines]
    return frame.page(lines)


def _tile(tile: SiteTile, scene: Scene, hints: bool) -> Tile:
    words = scene.words
    place = HelpPlace() if tile.opens_help else TopicPlace(tile.id)
    tone = Tone.MAIN if tile.opens_help else Tone.PLAIN
    hint = words.text(tile.hint) if hints else ""
    found = Tile(scene.theme, tile.icon, words.text(tile.title), hint, Open(place), tone)
    found.tallest = scene.theme.mm(125)
    return found
