"""What a visitor who listens may change: louder, softer, faster, slower; and having the page said again."""

from __future__ import annotations

from kiosk.ui.pages.controls import lead_icon
from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.grids import fitting_grid
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tiles import Tile
from kiosk.visit.actions import Action, Back, SetRate, SetSpeech, SetVolume
from kiosk.visit.places import VoicePlace
from kiosk.visit.visit import MOST_RATE, MOST_VOLUME


def voice_page(place: VoicePlace, scene: Scene) -> Page:
    """Return the page; each tile says what it does and how it stands now."""
    words, visit, site = scene.words, scene.visit, scene.settings.speech
    volume = visit.volume or (site.volume if site else MOST_VOLUME // 2)
    rate = visit.rate or (site.rate if site else MOST_RATE // 2 + 1)
    loud = words("speech.volume", step=volume, most=MOST_VOLUME)
    quick = words("speech.rate", step=rate, most=MOST_RATE)
    choices: list[tuple[str, str, str, Action]] = [
        ("plus", words("voice.louder"), loud, SetVolume(volume + 1)),
        ("minus", words("voice.softer"), loud, SetVolume(volume - 1)),
        (lead_icon(scene, "forward"), words("voice.faster"), quick, SetRate(rate + 1)),
        (lead_icon(scene, "back"), words("voice.slower"), quick, SetRate(rate - 1)),
        ("refresh", words("voice.again"), "", Back()),
        ("listen-off", words("page.listen_off"), "", SetSpeech(False)),
    ]

    def tiles(hints: bool) -> list[Tile]:
        made = [
            Tile(scene.theme, icon, name, hint if hints else "", action)
            for icon, name, hint, action in choices
        ]
        for tile in made:
            tile.tallest = scene.theme.mm(60)
        return made

    frame = Frame(place, scene, words("voice.title"))
    return frame.page(fitting_grid(frame, scene, 2, tiles))
