"""The needs, at most eight, and the ways for people who are unsure or ask for somebody else."""

from __future__ import annotations

from kiosk.content.listing import count_in
from kiosk.content.model import Category, CategoryId, GuideId
from kiosk.ui.arrange import Stack
from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.grids import fitting_grid
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.buttons import ActionButton
from kiosk.ui.widgets.cards import Note
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tiles import Tile, Tone
from kiosk.visit.actions import Open
from kiosk.visit.places import AboutPlace, CategoryPlace, FindPlace, GuidePlace, HelpPlace, Place, StaffPlace

UNSURE = GuideId("understanding")
SOMEONE_ELSE = GuideId("someone-else")


def help_page(place: HelpPlace, scene: Scene) -> Page:
    """Return the needs in the site's order, in as many columns as their words allow."""
    words, theme = scene.words, scene.theme
    frame = Frame(place, scene, words("help.title"), words("help.lead"), lead_matters=False)
    extras = _extras(scene)
    most = 2 if theme.panel.is_portrait else 4 if theme.is_roomy else 3

    def tiles(hints: bool) -> list[Tile]:
        found = [_tile(category, scene, hints) for category in ordered_categories(scene)]
        if theme.is_roomy:
            return found
        return [*found, *(Tile(theme, icon, label, "", Open(target)) for icon, label, target in extras)]

    note = Note(theme, words("help.note"), icon="hide")
    shown = extras if theme.is_roomy else []
    footer = [ActionButton(theme, icon, label, Open(target)) for icon, label, target in shown]
    bands = fitting_grid(frame, scene, most, tiles, above=[] if theme.is_cramped else [note], below=footer)
    if theme.is_cramped or not (theme.is_roomy or frame.fits_with_more(Stack(bands[:2], theme.gap))):
        # A part that held the note alone would be a page of help without any: needs come first.
        bands = [*fitting_grid(frame, scene, most, tiles, above=[], below=footer), note]
    return frame.page(bands, footer)


def ordered_categories(scene: Scene) -> list[Category]:
    """Return the categories that have entries: the site's order first, the others after them."""
    library = scene.library
    first = [CategoryId(id_) for id_ in scene.settings.category_order if id_ in library.categories]
    ids = [*first, *(id_ for id_ in library.categories if id_ not in first)]
    return [library.categories[id_] for id_ in ids if count_in(library, id_)]


def _tile(category: Category, scene: Scene, hints: bool) -> Tile:
    words = scene.words
    tone = Tone.WARM if category.urgent else Tone.PLAIN
    action = Open(CategoryPlace(category.id))
    title, hint = words.text(category.title), words.text(category.hint) if hints else ""
    return Tile(scene.theme, category.icon, title, hint, action, tone)


def _extras(scene: Scene) -> list[tuple[str, str, Place]]:
    """Return icon, label and place of what stands below the needs."""
    words = scene.words
    guides = [("people", "help.someone_else", SOMEONE_ELSE), ("question", "help.not_sure", UNSURE)]
    found: list[tuple[str, str, Place]] = []
    if scene.finder.is_wanted:
        found.append(("find", words("find.button"), FindPlace()))
    found += [
        (icon, words(label), GuidePlace(id_)) for icon, label, id_ in guides if id_ in scene.library.guides
    ]
    found.append(("card", words("help.staff"), StaffPlace()))
    found.append(("info", words("help.about"), AboutPlace()))
    return found
