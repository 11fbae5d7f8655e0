"""A guide: its steps or parts, then its cautions."""

from __future__ import annotations

from kiosk.content.age import names_old_number
from kiosk.content.model import Guide, Step
from kiosk.ui.arrange import Piece, grid
from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.old import call_first_note
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.cards import Note
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.steps import StepCard, StepTap
from kiosk.ui.widgets.tiles import Tone
from kiosk.visit.actions import Open
from kiosk.visit.places import GuidePlace, ResourcePlace


def guide_page(place: GuidePlace, scene: Scene) -> Page:
    """Return the steps in order; those that speak of an entry lead to it."""
    words, theme = scene.words, scene.theme
    guide = scene.library.guides[place.guide]
    frame = Frame(place, scene, words.text(guide.title), words.text(guide.lead))
    steps: list[Piece] = [_step(guide, index, step, scene) for index, step in enumerate(guide.steps)]
    columns = 2 if theme.is_roomy and not theme.panel.is_portrait else 1
    bands = grid(steps, columns, theme.gap, mirrored=theme.is_mirrored)
    if columns > 1 and not all(frame.fits_with_more(row) for row in bands):
        bands = steps  # alone, a long step can go on in the next part
    if names_old_number(guide, scene.library, scene.today):
        bands.append(call_first_note(scene))
    if guide.cautions:
        text = "\n".join(words.text(caution) for caution in guide.cautions)
        title = words("guide.caution")
        bands.append(Note(theme, text, title=title, icon="danger", tone=Tone.WARM))
    return frame.page(bands)


def _step(guide: Guide, index: int, step: Step, scene: Scene) -> StepCard | StepTap:
    words, theme = scene.words, scene.theme
    number = index + 1 if guide.numbered else None
    title, text = words.text(step.title), words.text(step.text)
    if step.service and step.service in scene.library.services:
        return StepTap(theme, number, title, text, Open(ResourcePlace(step.service)))
    return StepCard(theme, number, title, text)
