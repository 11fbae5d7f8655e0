"""What Find has found: rows that fit the room they get, and what stands there before anything is typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from kiosk.content.model import Service
from kiosk.find.index import Found, Narrowing, Query
from kiosk.ui.arrange import Filler, Piece, Stack
from kiosk.ui.pages.frame import turns
from kiosk.ui.pages.hours import service_badge
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.buttons import ActionButton, button_rows
from kiosk.ui.widgets.cards import Heading, Note
from kiosk.ui.widgets.tiles import Row, Tone
from kiosk.visit.actions import Open
from kiosk.visit.places import FindPlace, HelpPlace, Narrowed, ResourcePlace

MOST_ROWS = 5
TALLEST_MM = 48.0


@dataclass(frozen=True)
class Heights:
    """What rows and the buttons below them need in px: worked out once, and the same for every letter."""

    scene: Scene
    _row: dict[int, int] = field(default_factory=dict)
    _below: dict[int, int] = field(default_factory=dict)

    def row(self, width: int) -> int:
        """Return the height that each row may have: no name of the directory needs more."""
        if width not in self._row:
            self._row[width] = row_height(self.scene, width)
        return self._row[width]

    def below(self, place: FindPlace, width: int) -> int:
        """Return the height of Previous and More."""
        if width not in self._below:
            buttons = button_rows(_turning(place, self.scene, 1, 3), width, self.scene.theme)
            self._below[width] = Stack(buttons, self.scene.theme.gap).needed(width)
        return self._below[width]


@dataclass(frozen=True)
class Search:
    """One place looked up once. Nothing typed and nothing narrowed finds nothing."""

    place: FindPlace
    scene: Scene
    heights: Heights

    @property
    def is_untouched(self) -> bool:
        """True while nothing is typed and nothing narrowed."""
        return not self.place.typed.strip() and self.place.narrowed == Narrowed()

    @cached_property
    def total(self) -> int:
        """How many services are found in all."""
        return self._first.total

    def part_of(self, rows: int) -> tuple[int, int]:
        """Return which part is shown, the last one where it no longer exists, and how many there are."""
        parts = max(1, -(-self.total // rows))
        return min(self.place.part, parts - 1), parts

    def services(self, rows: int) -> list[Service]:
        """Return the services of the part that is shown, with `rows` in each."""
        part, _ = self.part_of(rows)
        found = self._looked_up(rows, part * rows) if part else self._first
        return self._known(found)[:rows]

    def always(self) -> list[Service]:
        """Return the first day-and-night lines."""
        query = Query("", self.scene.words.language)
        return self._known(self.scene.finder.search(query, Narrowing(day_and_night=True), MOST_ROWS))

    @cached_property
    def _first(self) -> Found:
        return Found((), 0) if self.is_untouched else self._looked_up(MOST_ROWS, 0)

    def _looked_up(self, limit: int, offset: int) -> Found:
        query = Query(self.place.typed, self.scene.words.language)
        return self.scene.finder.search(query, narrowing_of(self.place.narrowed, self.scene), limit, offset)

    def _known(self, found: Found) -> list[Service]:
        return self.scene.finder.known(found)


def narrowing_of(narrowed: Narrowed, scene: Scene) -> Narrowing:
    """Return the narrowing at this moment of the site's week."""
    when = scene.when
    minute = when.weekday() * 24 * 60 + when.hour * 60 + when.minute
    return Narrowing(
        narrowed.need,
        narrowed.area,
        narrowed.language,
        minute if narrowed.open_now else None,
        narrowed.in_writing,
    )


def row_height(scene: Scene, width: int) -> int:
    """Return the height in px that each row may have: no name of the directory needs more."""
    theme, words = scene.theme, scene.words
    rows = [Row(theme, words.name(n), "", Open(HelpPlace())) for n in scene.finder.longest_names()]
    return max((row.needed(width) for row in rows), default=theme.mm(20))


def fitting(height: int, each: int, gap: int) -> int:
    """Return how many rows stand in `height` px: at least one, at most as many as a page may have."""
    return max(1, min(MOST_ROWS, (height + gap) // (each + gap)))


def rows_per_part(search: Search, width: int, height: int) -> int:
    """Return how many rows stand on each part; with more than one, Previous and More have room below them."""
    gap, each = search.scene.theme.gap, search.heights.row(width)
    rows = fitting(height, each, gap)
    if search.total <= rows:
        return rows
    return fitting(height - search.heights.below(search.place, width) - gap, each, gap)


def parts_of(search: Search, width: int, height: int) -> int:
    """Return how many parts the list has."""
    return search.part_of(rows_per_part(search, width, height))[1]


def result_list(search: Search, width: int, height: int) -> Piece:
    """Return the list with Previous and More, at most `height` px high."""
    scene, theme, gap = search.scene, search.scene.theme, search.scene.theme.gap
    if not search.total:
        return Stack([*standing(search, width, height), Filler(gap)], gap)
    rows = rows_per_part(search, width, height)
    below = button_rows(_turns(search, rows), width, theme)
    room = height - sum(piece.needed(width) + gap for piece in below)
    shown = result_rows(search.services(rows), scene, width, room, rows)
    return Stack([*shown, Filler(gap), *below], gap)


def result_rows(services: list[Service], scene: Scene, width: int, room: int, rows: int) -> list[Row]:
    """Return rows of one height: `rows` of them would fill `room` px."""
    theme = scene.theme
    most = (room - theme.gap * (rows - 1)) // rows
    return [_row(service, scene, width, min(most, theme.mm(TALLEST_MM))) for service in services]


def standing(search: Search, width: int, height: int) -> list[Piece]:
    """Return the day-and-night lines under a sentence: nobody is left with an empty page."""
    scene, theme = search.scene, search.scene.theme
    services = search.always()
    if search.is_untouched:
        lead: Piece = Heading(theme, scene.words("find.always"))
    else:
        said = scene.words("find.nothing" if services else "find.nothing_at_all")
        lead = Note(theme, said, tone=Tone.PLAIN)
    room = height - lead.needed(width) - theme.gap
    each = search.heights.row(width)
    if room < each or not services:
        return [lead]
    rows = min(len(services), fitting(room, each, theme.gap))
    return [lead, *result_rows(services[:rows], scene, width, room, rows)]


def _row(service: Service, scene: Scene, width: int, height: int) -> Row:
    """Return a row with as much beside the name as fits: line and badge, line, badge, or nothing."""
    words, theme = scene.words, scene.theme
    line, badge = words.text(service.hint or service.summary), service_badge(service, scene)
    for told in ((line, badge), (line, ""), ("", badge), ("", "")):
        row = Row(theme, words.name(service.name), told[0], Open(ResourcePlace(service.id)), told[1])
        if row.needed(width) <= height:
            break
    row.tallest = max(height, theme.mm(20))
    return row


def _turns(search: Search, rows: int) -> list[ActionButton]:
    part, parts = search.part_of(rows)
    return _turning(search.place, search.scene, part, parts)


def _turning(place: FindPlace, scene: Scene, part: int, parts: int) -> list[ActionButton]:
    return turns(place, scene, part, parts, short=not scene.theme.is_roomy)
