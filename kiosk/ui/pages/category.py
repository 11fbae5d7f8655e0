"""The entries of one need, five at a time, day-and-night and open ones first; of very many, the first few."""

from __future__ import annotations

from dataclasses import replace

from kiosk.content.listing import count_in, listed
from kiosk.content.model import Guide, Service
from kiosk.ui.arrange import Piece
from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.grids import low_grid
from kiosk.ui.pages.hours import service_badge
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.buttons import ActionButton
from kiosk.ui.widgets.cards import Heading, Note
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tiles import Row, Tone
from kiosk.visit.actions import Open, Turn
from kiosk.visit.places import CategoryPlace, GuidePlace, ResourcePlace
from kiosk.visit.visit import TextSize

MOST_ROWS = 5


def category_page(place: CategoryPlace, scene: Scene) -> Page:
    """Return rows of entries and guides, with the filter below when it would change anything."""
    words, theme = scene.words, scene.theme
    category = scene.library.categories[place.category]
    frame = Frame(place, scene, words.text(category.title), words.text(category.lead), lead_matters=False)
    shown = listed(scene.library, category.id, scene.when, in_writing=place.in_writing)
    rows: list[Piece] = [_row(service, scene, frame) for service in shown]
    if not place.in_writing:
        rows += [_guide_row(guide, scene) for guide in scene.library.guides_in(category.id)]
    if not rows:
        rows = [Note(theme, words("category.nothing_in_writing"))]
    bands = low_grid(frame, scene, rows, 1 if theme.panel.is_portrait else 2)
    columns = -(-len(rows) // len(bands))
    # Where there is little height the entries come first: what stands above them elsewhere follows the last.
    here, others = _here(place, scene), _others(place, scene, len(shown))
    ordered = [*bands, *others, *here, Heading(theme, words.text(category.lead))]
    if theme.is_roomy:
        ordered = [*here, *others, *bands] if theme.panel.is_portrait else [*here, *bands, *others]
    everything, in_writing = _counts(place, scene)
    footer = [_filter(place, scene)] if in_writing < everything else []
    return frame.page(ordered, footer, most=MOST_ROWS // columns)


def _row(service: Service, scene: Scene, frame: Frame) -> Row:
    """Return a row; small panels have no room for the badge, nor for the line in the largest text.

    A long name and a long line together may be higher than a page: the name is what must be read.
    """
    words, theme = scene.words, scene.theme
    line = words.text(service.hint or service.summary)
    badge = service_badge(service, scene)
    if not theme.is_roomy:
        badge = ""
        line = "" if theme.size is TextSize.LARGEST else line
    name, action = words.name(service.name), Open(ResourcePlace(service.id))
    row = Row(theme, name, line, action, badge)
    return row if frame.fits_with_more(row) else Row(theme, name, "", action, badge)


def _guide_row(guide: Guide, scene: Scene) -> Row:
    title, lead = scene.words.text(guide.title), scene.words.text(guide.lead)
    line = lead if scene.theme.is_roomy else ""
    return Row(scene.theme, title, line, Open(GuidePlace(guide.id)), icon=guide.icon)


def _here(place: CategoryPlace, scene: Scene) -> list[Piece]:
    words = scene.words
    return [
        Note(scene.theme, words.text(here.text), title=words("category.here"), icon="pin", tone=Tone.TINT)
        for here in scene.settings.here
        if here.category == place.category
    ]


def _others(place: CategoryPlace, scene: Scene, shown: int) -> list[Piece]:
    """Return what says that there are more entries than are shown, and how to come to them."""
    words = scene.words
    everything, in_writing = _counts(place, scene)
    count = in_writing if place.in_writing else everything
    if shown == count:
        return []
    narrower = not place.in_writing and 0 < in_writing < everything
    how = words("category.others_filter" if narrower else "category.others")
    return [Note(scene.theme, how, title=words("category.some", shown=shown, count=count), icon="list")]


def _counts(place: CategoryPlace, scene: Scene) -> tuple[int, int]:
    """Return how many entries there are, and how many of them answer in writing or sign."""
    library = scene.library
    return count_in(library, place.category), count_in(library, place.category, in_writing=True)


def _filter(place: CategoryPlace, scene: Scene) -> ActionButton:
    target = replace(place, in_writing=not place.in_writing, part=0)
    label = scene.words("category.everything" if place.in_writing else "category.in_writing")
    return ActionButton(scene.theme, "list" if place.in_writing else "message", label, Turn(target))
