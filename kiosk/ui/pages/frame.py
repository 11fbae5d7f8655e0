"""What all pages have in common: banner, parts with More, and a free gap above the strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRect

from kiosk.ui.arrange import Filler, Piece, Side, Stack, parts
from kiosk.ui.pages.controls import back_control, controls, lead_icon
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.banner import Banner
from kiosk.ui.widgets.buttons import ActionButton, Strip, button_rows
from kiosk.ui.widgets.cards import Heading
from kiosk.ui.widgets.page import Page
from kiosk.visit.actions import Hide, Turn
from kiosk.visit.places import Place, is_ordinary

MANY = 1000
FOOTER_SHARE = 0.4


class Frame:
    """The outline of one page: knows the room for its body before the body is built.

    A lead stands in the banner of the first part. On small panels it moves into the page, or is left out
    where it does not matter.
    """

    def __init__(
        self, place: Place, scene: Scene, title: str, lead: str = "", *, lead_matters: bool = True
    ) -> None:
        self._place = place
        self._scene = scene
        self._title = title
        roomy = scene.theme.is_roomy
        self._lead_inside = lead if lead_matters and not roomy else ""
        self._lead_above = lead if roomy else ""
        self._banner = self._banner_with(self._lead_above)
        self.area = self._area_below(self._banner)

    @property
    def width(self) -> int:
        """The width of the body in px."""
        return self.area.width()

    def fits(self, piece: Piece) -> bool:
        """Return True when a piece fits the body without a second part."""
        return piece.needed(self.width) <= self.area.height()

    def fits_with_more(self, piece: Piece) -> bool:
        """Return True when a piece fits the first of several parts."""
        return piece.needed(self.width) <= self.area.height() - self._below((), 0, 2)

    def page(
        self,
        bands: Sequence[Piece],
        footer: Sequence[ActionButton] = (),
        *,
        most: int = MANY,
    ) -> Page:
        """Return the page: `bands` above one another, in as many parts as they need, `footer` below.

        The footer stands on each part, on small panels on the first only. Where it would leave too little
        height for the rest, it follows the last band instead.
        """
        theme = self._scene.theme
        if footer and self._leaves_little(footer):
            bands, footer = [*bands, *button_rows(footer, self.width, theme)], ()
        lead: list[Piece] = [Heading(theme, self._lead_inside)] if self._lead_inside else []
        found = self._split([*lead, *bands], footer, most)
        part = min(self._place.part, len(found) - 1)
        banner, area = self._banner, self.area
        if part > 0 and self._lead_above:
            banner.deleteLater()
            banner = self._banner_with("")
            area = self._area_below(banner)
        below = self._rows(footer, part, len(found))
        ending: list[Piece] = [Filler(theme.gap), *below] if below else []
        body = Stack([*found[part], *ending], theme.gap)
        page = Page(theme, banner, body, area, self._strip())
        page.part_count = len(found)
        return page

    def room(self, footer: Sequence[ActionButton] = ()) -> int:
        """Return the height in px for the bands of any part of `filled`."""
        return self.area.height() - max(self._below(footer, 0, MANY), self._below(footer, MANY - 2, MANY))

    def filled(self, bands: Sequence[Piece], footer: Sequence[ActionButton], part: int, count: int) -> Page:
        """Return part `part` of `count`, with exactly these bands, chosen by the caller to fit."""
        below = self._rows(footer, part, count)
        ending: list[Piece] = [Filler(self._scene.theme.gap), *below] if below else []
        return self.whole(Stack([*bands, *ending], self._scene.theme.gap), count)

    def whole(self, body: Piece, count: int = 1) -> Page:
        """Return a page with this body and nothing below it."""
        page = Page(self._scene.theme, self._banner, body, self.area, self._strip())
        page.part_count = count
        return page

    def code_page(self, bands: Sequence[Piece]) -> Page:
        """Return a page with a code. On low panels More stands beside it, since a code cannot get lower."""
        theme, gap = self._scene.theme, self._scene.theme.gap
        if self.fits(Stack(bands, gap)) or not theme.is_low:
            return self.page(bands)
        aside = round(max(turn.narrowest() for turn in self._turns(1, 3, short=True)))
        inner = self.width - aside - gap
        height = self.area.height()
        found = parts(bands, inner, height, height, gap, MANY)
        part = min(self._place.part, len(found) - 1)
        turns = self._turns(part, len(found), short=True)
        for turn in turns:
            turn.grows = 1.0
        body = Side([Stack(found[part], gap), Stack(turns, gap)], gap, weights=(inner, aside))
        page = Page(theme, self._banner, body, self.area, self._strip())
        page.part_count = len(found)
        return page

    def _leaves_little(self, footer: Sequence[ActionButton]) -> bool:
        """True where the footer takes more than its share, or large text needs all of a small panel."""
        if not self._scene.theme.is_roomy:
            return self._scene.theme.is_cramped
        return self._below(footer, 0, 2) > FOOTER_SHARE * self.area.height()

    def _split(self, bands: list[Piece], footer: Sequence[ActionButton], most: int) -> list[list[Piece]]:
        """Split the bands: all on one part, or as many on each as fit above Previous and More."""
        height, gap = self.area.height(), self._scene.theme.gap
        whole = height - self._below(footer, 0, 1)
        fitting = parts(bands, self.width, whole, whole, gap, most)
        if len(fitting) == 1:
            return fitting
        first = height - self._below(footer, 0, 2)
        rest_area = self._area_below(self._banner_with("")) if self._lead_above else self.area
        rest = rest_area.height() - self._below(footer, 1, 3)
        return parts(bands, self.width, first, rest, gap, most)

    def _below(self, footer: Sequence[ActionButton], part: int, count: int) -> int:
        """Return the height in px of what stands at the bottom of a part, with the gap above it."""
        gap = self._scene.theme.gap
        rows = self._rows(footer, part, count)
        return Stack(rows, gap).needed(self.width) + gap if rows else 0

    def _rows(self, footer: Sequence[ActionButton], part: int, count: int) -> list[Side]:
        """Return the buttons at the bottom; small panels get shorter words where that saves a row."""
        theme = self._scene.theme
        lasting = footer if theme.is_roomy or part == 0 else ()
        rows = button_rows([*lasting, *self._turns(part, count, short=False)], self.width, theme)
        if len(rows) > 1 and not theme.is_roomy:
            rows = button_rows([*lasting, *self._turns(part, count, short=True)], self.width, theme)
        return rows

    def _banner_with(self, lead: str) -> Banner:
        scene = self._scene
        return Banner(
            scene.theme,
            name=scene.words.text(scene.settings.name),
            back=back_control(scene) if len(scene.visit.trail) > 1 else None,
            controls=controls(self._place, scene),
            title=self._title,
            lead=lead,
        )

    def _area_below(self, banner: Banner) -> QRect:
        theme = self._scene.theme
        panel, gap = theme.panel, Page.top_gap(theme)
        top = banner.needed(panel.width) + gap
        bottom = panel.height - theme.strip_height - gap  # nothing to touch right above the strip
        return QRect(theme.margin, top, panel.width - 2 * theme.margin, bottom - top)

    def _strip(self) -> Strip:
        words, theme = self._scene.words, self._scene.theme
        if is_ordinary(self._place):
            home = words("strip.home")
            return Strip(theme, "home", home, home, Hide())
        return Strip(theme, "hide", words("strip.hide"), words("strip.hide_name"), Hide())

    def _turns(self, part: int, count: int, *, short: bool) -> list[ActionButton]:
        return turns(self._place, self._scene, part, count, short=short)


def turns(place: Place, scene: Scene, part: int, count: int, *, short: bool) -> list[ActionButton]:
    """Return Previous and More where there is another part of this place."""
    words, theme = scene.words, scene.theme
    found = []
    if part > 0:
        previous = Turn(replace(place, part=part - 1))
        icon, word = lead_icon(scene, "back"), words("page.previous")
        found.append(ActionButton(theme, icon, "" if short else word, previous, name=word))
    if part < count - 1:
        more = Turn(replace(place, part=part + 1))
        wording = "page.more" if theme.is_roomy else "page.more_short"
        label = words("page.more_word" if short else wording, part=part + 1, count=count)
        found.append(ActionButton(theme, lead_icon(scene, "forward"), label, more))
    return found
