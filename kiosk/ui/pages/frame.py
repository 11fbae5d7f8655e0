"""What all pages have in common: banner, parts with More, and a free gap above the strip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QRect

from kiosk.ui.arrange import Filler, Piece, Side, Stack, grid, parts
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.banner import Banner, Control
from kiosk.ui.widgets.buttons import ActionButton, Strip
from kiosk.ui.widgets.cards import Heading
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tiles import Tile
from kiosk.visit.actions import Back, Hide, Open, SetLanguage, SetLook, SetSize, Turn
from kiosk.visit.places import MyCodePlace, MyNumbersPlace, Place, is_ordinary
from kiosk.visit.visit import Look, TextSize
from kiosk.words.catalog import NATIVE_NAMES

MANY = 1000


class Frame:
    """The outline of one page: knows the room for its body before the body is built."""

    def __init__(
        self, place: Place, scene: Scene, title: str, lead: str = "", *, lead_matters: bool = True
    ) -> None:
        self._place = place
        self._scene = scene
        theme = scene.theme
        self.banner = Banner(
            theme,
            name=scene.words.text(scene.settings.name),
            back=_back(scene) if len(scene.visit.trail) > 1 else None,
            controls=_controls(place, scene),
            title=title,
            lead=lead,
        )
        self._low_lead = lead if self.banner.is_low and lead_matters else ""
        panel = theme.panel
        top = self.banner.needed(panel.width) + Page.top_gap(theme)
        free = Page.top_gap(theme)  # nothing to touch right above the strip
        bottom = panel.height - theme.strip_height - free
        self.area = QRect(theme.margin, top, panel.width - 2 * theme.margin, bottom - top)

    @property
    def width(self) -> int:
        """The width of the body in px."""
        return self.area.width()

    def fits(self, piece: Piece) -> bool:
        """Return True when a piece fits the body without a second part."""
        return piece.needed(self.area.width()) <= self.area.height()

    def fits_with_more(self, piece: Piece) -> bool:
        """Return True when a piece fits the first of several parts."""
        spare = self.area.height() - self._pager_height() - self._scene.theme.gap
        return piece.needed(self.area.width()) <= spare

    def page(
        self,
        bands: Sequence[Piece],
        footer: Sequence[ActionButton] = (),
        *,
        most: int = MANY,
        shows_code: bool = False,
    ) -> Page:
        """Return the page: `bands` above one another, in as many parts as they need, `footer` on each."""
        theme, gap = self._scene.theme, self._scene.theme.gap
        low = [Heading(theme, self._low_lead)] if self._low_lead else []
        lasting = self._row(list(footer))
        spare = self.area.height() - (lasting.needed(self.width) + gap if lasting else 0)
        pager = 0 if lasting else max(theme.control, self._pager_height())
        found = parts([*low, *bands], self.width, spare, gap, pager, most)
        part = min(self._place.part, len(found) - 1)
        buttons = [*footer, *self._turns(part, len(found))]
        row = self._row(buttons)
        below: list[Piece] = [row] if row else []
        body = Stack([*found[part], *([Filler(gap)] if below else []), *below], gap)
        page = Page(theme, self.banner, body, self.area, self._strip(), shows_code=shows_code)
        page.part_count = len(found)
        return page

    def _strip(self) -> Strip:
        words, theme = self._scene.words, self._scene.theme
        if is_ordinary(self._place):
            home = words("strip.home")
            return Strip(theme, "home", home, home, Hide())
        return Strip(theme, "hide", words("strip.hide"), words("strip.hide_name"), Hide())

    def _pager_height(self) -> int:
        row = self._row(self._turns(1, 3))
        return row.needed(self.width) if row else 0

    def _turns(self, part: int, count: int) -> list[ActionButton]:
        """Return Previous and More where there is another part."""
        words, theme = self._scene.words, self._scene.theme
        found = []
        if part > 0:
            previous = Turn(replace(self._place, part=part - 1))
            found.append(
                ActionButton(theme, _lead_icon(self._scene, "back"), words("page.previous"), previous)
            )
        if part < count - 1:
            more = Turn(replace(self._place, part=part + 1))
            label = words("page.more", part=part + 1, count=count)
            found.append(ActionButton(theme, _lead_icon(self._scene, "forward"), label, more))
        return found

    def _row(self, buttons: Sequence[ActionButton]) -> Piece | None:
        """Return buttons in one row, or in two where their words would not fit."""
        theme = self._scene.theme
        if not buttons:
            return None
        mirrored = theme.is_mirrored
        columns = len(buttons)
        room = (self.width - theme.gap * (columns - 1)) / columns
        if columns > 2 and any(button.natural_width() > room for button in buttons):
            half = (columns + 1) // 2
            rows = [Side(buttons[:half], theme.gap, mirrored=mirrored, grows=0.0)]
            rows.append(Side(buttons[half:], theme.gap, mirrored=mirrored, grows=0.0))
            return Stack(rows, theme.gap, grows=0.0)
        return Side(buttons, theme.gap, mirrored=mirrored, grows=0.0)


def _lead_icon(scene: Scene, name: str) -> str:
    if not scene.theme.is_mirrored:
        return name
    return {"back": "forward", "forward": "back"}[name]


def _back(scene: Scene) -> Control:
    word = scene.words("page.back")
    return Control(_lead_icon(scene, "back"), word, word, Back())


def _controls(place: Place, scene: Scene) -> list[Control]:
    words, visit = scene.words, scene.visit
    found = []
    if visit.kept and not is_ordinary(place) and not isinstance(place, MyNumbersPlace | MyCodePlace):
        label = words("mine.count", count=len(visit.kept))
        found.append(Control("list", label, label, Open(MyNumbersPlace()), short=str(len(visit.kept))))
    languages = scene.settings.languages
    if len(languages) > 1:
        now = languages.index(words.language)
        other = languages[(now + 1) % len(languages)]
        name = NATIVE_NAMES[other]
        found.append(Control("globe", name, name, SetLanguage(other), short=other.upper()))
    sizes, looks = list(TextSize), list(Look)
    size = sizes[(sizes.index(visit.size) + 1) % len(sizes)]
    look = looks[(looks.index(visit.look) + 1) % len(looks)]
    found.append(Control("text-size", "", words("page.text_size"), SetSize(size)))
    found.append(Control("contrast", "", words("page.contrast"), SetLook(look)))
    return found


def columns_that_fit(pieces: Sequence[object], width: int, gap: int, most: int) -> int:
    """Return how many columns leave each piece at least the width of its longest word."""
    narrowest = [float(getattr(piece, "narrowest", float)()) for piece in pieces]
    for columns in range(most, 1, -1):
        if max(narrowest, default=0.0) <= (width - gap * (columns - 1)) / columns:
            return columns
    return 1


def fitting_grid(
    frame: Frame,
    scene: Scene,
    most: int,
    build: Callable[[bool], Sequence[Tile]],
    above: Sequence[Piece] = (),
) -> list[Piece]:
    """Return rows of tiles with their hints, or without them where they would need a second part.

    `build` makes the tiles with or without hints; `above` stands above them and counts.
    """
    theme = scene.theme
    for hints in (True, False):
        tiles = build(hints)
        columns = columns_that_fit(tiles, frame.width, theme.gap, most)
        rows = [*above, *grid(tiles, columns, theme.gap, mirrored=theme.is_mirrored)]
        if frame.fits(Stack(rows, theme.gap)):
            break
    return rows
