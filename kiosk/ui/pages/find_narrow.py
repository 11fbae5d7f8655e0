"""Narrowing what is found: by need, area, language, open now, and by text, chat or video."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.content.listing import count_in
from kiosk.content.model import Category, CategoryId
from kiosk.ui.arrange import Piece
from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.grids import fitting_grid
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.buttons import ActionButton
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tiles import Tile, Tone
from kiosk.visit.actions import Action, Clear, Narrow, Open, See
from kiosk.visit.places import CategoryPlace, FindPlace, FindView, Narrowed
from kiosk.words.catalog import ENGLISH

Way = tuple[str, str, bool, Action]
"""Icon, label, whether it is in use, and what a touch does."""


def ways(place: FindPlace, scene: Scene) -> list[Way]:
    """Return the ways to narrow that this directory has, with what is chosen of each."""
    words, now = scene.words, place.narrowed
    found: list[Way] = [("list", _need(now.need, scene), now.need is not None, See(FindView.NEED))]
    if len(area_choices(scene)) > 1 or now.area:
        label = _area(now.area, scene) if now.area else words("find.area")
        found.append(("pin", label, now.area is not None, See(FindView.AREA)))
    if language_choices(scene) or now.language:
        label = words.native(now.language) if now.language else words("find.language")
        found.append(("globe", label, now.language is not None, See(FindView.LANGUAGE)))
    back = FindView.TYPE if place.view is FindView.NARROW else place.view
    is_open = Narrow(replace(now, open_now=not now.open_now), back)
    written = Narrow(replace(now, in_writing=not now.in_writing), back)
    found.append(("clock", words("find.open_now"), now.open_now, is_open))
    found.append(("message", words("find.in_writing"), now.in_writing, written))
    return found


def narrow_buttons(place: FindPlace, scene: Scene) -> list[ActionButton]:
    """Return a button for each way; those in use are filled."""
    return [
        ActionButton(scene.theme, "check" if used else icon, label, action, main=used)
        for icon, label, used, action in ways(place, scene)
    ]


def narrow_page(place: FindPlace, scene: Scene) -> Page:
    """Return the ways as tiles, for panels that have no room for them beside the keyboard."""
    frame = Frame(place, scene, scene.words("find.narrow"))
    tiles = [
        Tile(scene.theme, "check" if used else icon, label, "", action, Tone.TINT if used else Tone.PLAIN)
        for icon, label, used, action in ways(place, scene)
    ]
    footer = [ActionButton(scene.theme, "keyboard", scene.words("find.keyboard"), See(FindView.TYPE))]
    return frame.page(_grid(frame, scene, tiles, footer), footer)


def choice_page(place: FindPlace, scene: Scene) -> Page:
    """Return the choices of one way; the one in use is marked, the first one is all of them."""
    title, choices = _choices(place, scene)
    frame = Frame(place, scene, title)
    tiles = [
        Tile(
            scene.theme,
            "check" if used else icon,
            label,
            "",
            Narrow(narrowed),
            Tone.TINT if used else Tone.PLAIN,
        )
        for icon, label, used, narrowed in choices
    ]
    return frame.page(_grid(frame, scene, tiles, []))


def danger_button(scene: Scene, *, short: bool) -> list[ActionButton]:
    """Return the way to the urgent need, which no hit may push aside; with `short` its icon alone."""
    urgent = next((each for each in scene.library.categories.values() if _is_urgent(each, scene)), None)
    if urgent is None:
        return []
    title = scene.words.text(urgent.title)
    action = Open(CategoryPlace(urgent.id))
    label = "" if short else title
    return [ActionButton(scene.theme, urgent.icon, label, action, warm=True, name=title)]


def clear_button(scene: Scene, *, short: bool) -> ActionButton:
    """Return the way back to nothing typed and nothing narrowed."""
    word = scene.words("find.clear")
    return ActionButton(scene.theme, "remove", "" if short else word, Clear(), name=word)


def area_choices(scene: Scene) -> list[str]:
    """Return the areas of the directory, in English."""
    return [*scene.finder.choices("area")]


def language_choices(scene: Scene) -> list[str]:
    """Return the languages of the site beside English that somebody answers in."""
    spoken = set(scene.finder.choices("language"))
    return [code for code in scene.settings.languages if code in spoken and code != ENGLISH]


def _choices(place: FindPlace, scene: Scene) -> tuple[str, list[tuple[str, str, bool, Narrowed]]]:
    words, now = scene.words, place.narrowed
    if place.view is FindView.AREA:
        areas = [
            ("pin", _area(area, scene), area == now.area, replace(now, area=area))
            for area in area_choices(scene)
        ]
        return words("find.area"), [_all("find.every_area", now.area, replace(now, area=None), scene), *areas]
    if place.view is FindView.LANGUAGE:
        codes = language_choices(scene)
        spoken = [("globe", words.native(c), c == now.language, replace(now, language=c)) for c in codes]
        every = _all("find.every_language", now.language, replace(now, language=None), scene)
        return words("find.language"), [every, *spoken]
    needs = [
        (each.icon, words.text(each.title), each.id == now.need, replace(now, need=each.id))
        for each in scene.library.categories.values()
        if count_in(scene.library, each.id)
    ]
    return words("find.need"), [_all("find.every_need", now.need, replace(now, need=None), scene), *needs]


def _all(label: str, chosen: str | None, narrowed: Narrowed, scene: Scene) -> tuple[str, str, bool, Narrowed]:
    return "list", scene.words(label), chosen is None, narrowed


def _need(need: CategoryId | None, scene: Scene) -> str:
    category = scene.library.categories.get(need) if need else None
    return scene.words.text(category.title) if category else scene.words("find.need")


def _area(english: str, scene: Scene) -> str:
    """Return an area as the directory says it in this language."""
    text = scene.finder.area(english)
    return scene.words.text(text) if text else english


def _is_urgent(category: Category, scene: Scene) -> bool:
    return category.urgent and bool(count_in(scene.library, category.id))


def _grid(
    frame: Frame, scene: Scene, tiles: Sequence[Tile], footer: Sequence[ActionButton]
) -> Sequence[Piece]:
    most = 2 if scene.theme.panel.is_portrait else 3
    return fitting_grid(frame, scene, most, lambda _: tiles, below=footer)
