"""The entries of one need: at most five at a time, day-and-night and open ones first."""

from __future__ import annotations

from dataclasses import replace

from kiosk.content.model import Guide, Service
from kiosk.ui.arrange import Piece
from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.grids import low_grid
from kiosk.ui.pages.hours import rank, service_badge
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
    services = sorted(scene.library.in_category(category.id), key=lambda service: rank(service, scene))
    in_writing = [service for service in services if service.answers_in_writing_or_sign]
    shown = in_writing if place.in_writing else services
    rows: list[Piece] = [_row(service, scene) for service in shown]
    if not place.in_writing:
        rows += [_guide_row(guide, scene) for guide in scene.library.guides_in(category.id)]
    if not rows:
        rows = [Note(theme, words("category.nothing_in_writing"))]
    bands = low_grid(frame, scene, rows, 1 if theme.panel.is_portrait else 2)
    columns = -(-len(rows) // len(bands))
    here = [
        Note(theme, words.text(here.text), title=words("category.here"), icon="pin", tone=Tone.TINT)
        for here in scene.settings.here
        if here.category == category.id
    ]
    # On a small panel the entries come first: what stands above them elsewhere follows after the last.
    lead = [Heading(theme, words.text(category.lead))]
    ordered = [*here, *bands] if theme.is_roomy else [*bands, *here, *lead]
    footer = [_filter(place, scene)] if len(in_writing) < len(services) else []
    most = MOST_ROWS // columns
    return frame.page(ordered, footer, most=most)


def _row(service: Service, scene: Scene) -> Row:
    """Return a row; small panels have no room for the badge, nor for the line in the largest text."""
    words, theme = scene.words, scene.theme
    line = words.text(service.hint or service.summary)
    badge = service_badge(service, scene)
    if not theme.is_roomy:
        badge = ""
        line = "" if theme.size is TextSize.LARGEST else line
    return Row(theme, words.name(service.name), line, Open(ResourcePlace(service.id)), badge)


def _guide_row(guide: Guide, scene: Scene) -> Row:
    title, lead = scene.words.text(guide.title), scene.words.text(guide.lead)
    line = lead if scene.theme.is_roomy else ""
    return Row(scene.theme, title, line, Open(GuidePlace(guide.id)), icon=guide.icon)


def _filter(place: CategoryPlace, scene: Scene) -> ActionButton:
    target = replace(place, in_writing=not place.in_writing, part=0)
    label = scene.words("category.everything" if place.in_writing else "category.in_writing")
    return ActionButton(scene.theme, "list" if place.in_writing else "message", label, Turn(target))
