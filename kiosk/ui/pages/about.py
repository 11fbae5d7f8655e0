"""Who runs this screen, what it keeps (nothing) and what it cannot do, plainly."""

from __future__ import annotations

from kiosk.ui.arrange import Piece
from kiosk.ui.pages.frame import Frame
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.cards import Note
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tiles import Tone
from kiosk.visit.places import AboutPlace
from kiosk.words.catalog import NATIVE_NAMES


def about_page(place: AboutPlace, scene: Scene) -> Page:
    """Return the notes, the most important first."""
    words, theme, site = scene.words, scene.theme, scene.settings
    frame = Frame(place, scene, words("about.title"))
    runs = [words.text(site.operator)]
    if site.is_demo:
        runs.append(words("about.demo"))
    if words.is_draft:
        runs.append(words("about.draft", language=NATIVE_NAMES[words.language]))
    notes = [
        ("about.keeps", words("about.keeps_text")),
        ("about.cannot", words("about.cannot_text")),
        ("about.ends", words("about.ends_text", seconds=site.still_here_after_s)),
        ("about.numbers", words("about.numbers_text")),
        ("about.runs", "\n".join(dict.fromkeys(runs))),
    ]
    bands: list[Piece] = [
        Note(theme, text, title=words(title), tone=Tone.PLAIN, grows=0.3) for title, text in notes
    ]
    return frame.page(bands)
