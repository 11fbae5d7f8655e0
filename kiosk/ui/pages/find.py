"""Finding by typing: a keyboard on the glass and, with each key, what is found.

A key changes only the field and the list. What was typed is in the visit and on the glass, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import assert_never

from PySide6.QtWidgets import QWidget

from kiosk.ui.arrange import Piece, Side, Stack
from kiosk.ui.pages.find_keys import columns_of, key_rows
from kiosk.ui.pages.find_narrow import choice_page, clear_button, danger_button, narrow_buttons, narrow_page
from kiosk.ui.pages.found import Heights, Search, fitting, parts_of, result_list, result_rows, standing
from kiosk.ui.pages.frame import Frame
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.buttons import ActionButton, button_rows
from kiosk.ui.widgets.changing import Changing
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.typed import TypedLine
from kiosk.visit.actions import See
from kiosk.visit.places import FindPlace, FindView
from kiosk.visit.visit import Visit

KEY_MM = 25.0  # wider keys are no easier to hit, and the list needs the room
LEAST_FIELD_MM = 46.0
LEAST_ROWS = 2  # with fewer rows above the keyboard, the list has a view of its own


def find_page(place: FindPlace, scene: Scene) -> Page:
    """Return the view of the place."""
    match place.view:
        case FindView.TYPE:
            return _typing_page(place, scene)
        case FindView.LIST:
            return _list_page(place, scene)
        case FindView.NARROW:
            return narrow_page(place, scene)
        case FindView.NEED | FindView.AREA | FindView.LANGUAGE:
            return choice_page(place, scene)
        case _:
            assert_never(place.view)


class Typing:
    """The field and the list of one page, which follow what is typed."""

    def __init__(self, place: FindPlace, scene: Scene) -> None:
        self.search = Search(place, scene, Heights(scene))
        self.field = TypedLine(
            scene.theme, scene.words("find.hint" if scene.theme.is_roomy else "find.hint_short")
        )
        self.shows_count = True
        self._changing: list[Changing] = []
        self.say()

    def say(self) -> None:
        """Put into the field what is typed, and how much that finds unless it is said elsewhere."""
        self.field.say(self.search.place.typed, self._count() if self.shows_count else "")

    def can_show(self, visit: Visit) -> bool:
        """Return True where nothing but the letters differ."""
        now, before, place = self.search.scene.visit, self.search.place, visit.place
        if not isinstance(place, FindPlace) or place.part or before.part:
            return False
        unseen = replace(now, trail=visit.trail, by_keys=visit.by_keys, rate=visit.rate, volume=visit.volume)
        only_typed = place == replace(before, typed=place.typed)
        return only_typed and visit == unseen and visit.trail[:-1] == now.trail[:-1]

    def show(self, visit: Visit) -> list[str]:
        """Show what is typed now and what that finds."""
        scene = self.search.scene
        if isinstance(visit.place, FindPlace):
            now = replace(scene, visit=visit, when=scene.house.when())
            self.search = Search(visit.place, now, self.search.heights)
        typed = self.search.place.typed
        self.say()
        for each in self._changing:
            each.renew()
        return [typed[-1:] or scene.words("find.hint"), *filter(None, (self._count(),))]

    def results(self, width: int, height: int) -> Piece:
        """Return the list for the room it has."""
        return result_list(self.search, width, height)

    def show_button(self, width: int, height: int) -> Piece:  # noqa: ARG002 - built for any room
        """Return the way to the list, with how many it has."""
        return show_button(self.search.scene, self.search.total)

    def changing_parts(self) -> list[QWidget]:
        """Return what a letter changes on the page."""
        return [self.field, *self._changing]

    def changing(self, build: Callable[[int, int], Piece], least: int, *, grows: float = 1.0) -> Changing:
        """Return a part of the page that follows."""
        made = Changing(self.search.scene.theme, build, least, grows=grows)
        self._changing.append(made)
        return made

    def _count(self) -> str:
        if self.search.is_untouched:
            return ""
        return self.search.scene.words("find.found", count=self.search.total)


def _typing_page(place: FindPlace, scene: Scene) -> Page:
    """Return keyboard and list beside or above one another, or the keyboard with a way to the list."""
    theme = scene.theme
    frame = Frame(place, scene, scene.words("find.title"))
    typing = Typing(place, scene)
    if theme.is_roomy and not theme.panel.is_portrait:
        body, results = _beside(place, scene, frame, typing)
    else:
        above = _above(place, scene, frame, typing)
        body, results = above or (_apart(place, scene, frame, typing), None)
    page = frame.whole(body)
    page.live = typing
    if results:
        page.part_count = parts_of(typing.search, results.width(), results.height())
    return page


def _beside(place: FindPlace, scene: Scene, frame: Frame, typing: Typing) -> tuple[Piece, Changing | None]:
    theme, gap = scene.theme, scene.theme.gap
    room = round(frame.width * 0.6)
    columns = columns_of(place, scene, room)
    left = min(room, columns * theme.mm(KEY_MM) + (columns - 1) * gap)
    keys = key_rows(place, scene, left)
    column = Stack([*_field_and_chips(place, scene, left, typing), keys], gap)
    if column.needed(left) > frame.area.height():
        column = Stack([*_field_and_tools(scene, left, typing), keys], gap)
    results = typing.changing(typing.results, theme.mm(20))
    weights = (left, frame.width - 2 * gap - left)
    return Side([column, results], 2 * gap, weights=weights, mirrored=theme.is_mirrored), results


def _above(place: FindPlace, scene: Scene, frame: Frame, typing: Typing) -> tuple[Piece, Changing] | None:
    """Return None where too little room is left for the list."""
    theme, gap, width = scene.theme, scene.theme.gap, frame.width
    keys = key_rows(place, scene, width)
    above = _field_and_chips(place, scene, width, typing)
    least = LEAST_ROWS * (typing.search.heights.row(width) + gap) + theme.control
    if Stack([*above, keys], gap).needed(width) + gap + least > frame.area.height():
        return None
    results = typing.changing(typing.results, least)
    tall = Stack(keys.pieces, gap, grows=0.0)
    return Stack([*above, results, tall], gap), results


def _field_and_chips(place: FindPlace, scene: Scene, width: int, typing: Typing) -> list[Piece]:
    """Return the field with the way to begin anew, and below it the way to 911 and the ways to narrow."""
    gap = scene.theme.gap
    clear = clear_button(scene, short=True)
    aside = clear.natural_width()
    chips = button_rows(
        [*danger_button(scene, short=False), *narrow_buttons(place, scene)], width, scene.theme
    )
    return [_side([typing.field, clear], (width - gap - aside, aside), scene), *chips]


def _field_and_tools(scene: Scene, width: int, typing: Typing) -> list[Piece]:
    """Return the same with one way to all ways to narrow, where large letters need the room."""
    tools = [*danger_button(scene, short=False), _narrow_button(scene), clear_button(scene, short=True)]
    rest = width - sum(round(tool.natural_width()) + scene.theme.gap for tool in tools[1:])
    weights = [rest, *(tool.natural_width() for tool in tools[1:])]
    return [typing.field, _side(tools, weights, scene)]


def _apart(place: FindPlace, scene: Scene, frame: Frame, typing: Typing) -> Piece:
    """Return the keyboard with the way to its list, on small panels and in large letters."""
    theme, gap, width = scene.theme, scene.theme.gap, frame.width
    typing.shows_count = False  # the button says it
    typing.say()
    likely = [show_button(scene, total) for total in (0, len(scene.library.services))]
    tools = [*danger_button(scene, short=True), _narrow_button(scene), clear_button(scene, short=True)]
    rest = width - sum(round(tool.natural_width()) + gap for tool in tools)
    shown = min(max(round(button.natural_width()) for button in likely), rest)
    show = typing.changing(typing.show_button, max(button.needed(shown) for button in likely), grows=0.0)
    field = rest - shown - gap
    if field >= theme.mm(LEAST_FIELD_MM):
        weights = [field, *(tool.natural_width() for tool in tools), shown]
        top: list[Piece] = [_side([typing.field, *tools, show], weights, scene)]
    else:
        weights = [*(tool.natural_width() for tool in tools), rest]
        top = [typing.field, _side([*tools, show], weights, scene)]
    return Stack([*top, key_rows(place, scene, width)], gap)


def show_button(scene: Scene, total: int) -> ActionButton:
    """Return the way to the list: of what is found, or of the day-and-night lines where nothing is."""
    words, theme = scene.words, scene.theme
    name = words("find.show", count=total) if total else words("find.list")
    label = (str(total) if total else "") if theme.is_cramped else name
    return ActionButton(theme, "list", label, See(FindView.LIST), main=True, name=name)


def _side(pieces: Sequence[Piece], weights: Sequence[float], scene: Scene) -> Side:
    return Side(pieces, scene.theme.gap, weights=weights, mirrored=scene.theme.is_mirrored, grows=0.0)


def _narrow_button(scene: Scene) -> ActionButton:
    word = scene.words("find.narrow")
    return ActionButton(scene.theme, "narrow", "", See(FindView.NARROW), name=word)


def _list_page(place: FindPlace, scene: Scene) -> Page:
    """Return the list alone, with the way back to the keyboard."""
    theme = scene.theme
    search = Search(place, scene, Heights(scene))
    title = (
        scene.words("find.found", count=search.total)
        if not search.is_untouched
        else scene.words("find.title")
    )
    frame = Frame(place, scene, title)
    width = frame.width
    footer = [
        ActionButton(theme, "keyboard", scene.words("find.keyboard"), See(FindView.TYPE)),
        *danger_button(scene, short=theme.is_cramped),
    ]
    room = frame.room(footer)
    if not search.total:
        return frame.filled(standing(search, width, room), footer, 0, 1)
    rows = fitting(room, search.heights.row(width), theme.gap)
    part, parts = search.part_of(rows)
    return frame.filled(result_rows(search.services(rows), scene, width, room, rows), footer, part, parts)
