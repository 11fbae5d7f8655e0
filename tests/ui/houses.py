"""The two demonstration sites with a stopped clock, and the panels, sizes and languages to see them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.house import House, open_house
from kiosk.settings import KNOWN_LANGUAGES
from kiosk.takeaway.payload import can_be_kept, choices_of
from kiosk.ui.gallery import Example, examples
from kiosk.ui.pages.help import SOMEONE_ELSE
from kiosk.ui.picture import built
from kiosk.ui.proof import PANELS, panel_named
from kiosk.ui.theme import Panel
from kiosk.ui.widgets.page import Page
from kiosk.visit.actions import Turn
from kiosk.visit.places import CategoryPlace, GuidePlace, HelpPlace, LobbyPlace, ResourcePlace
from kiosk.visit.step import step
from kiosk.visit.visit import MOST_KEPT, TextSize, Visit

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
SITES = ("police-lobby", "hospital-waiting-room")
LANGUAGES = ("en", "es")
FURTHER = tuple(code for code in KNOWN_LANGUAGES if code not in LANGUAGES)
FURTHER_SITE = SITES[1]  # the one that has them
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("America/Chicago"))  # a Friday


@dataclass(frozen=True)
class Seen:
    """One way to see a page: the panel, the text size and the language."""

    panel_name: str
    size: TextSize
    language: str

    def __str__(self) -> str:
        return f"{self.panel_name}-{self.size.value}-{self.language}"

    @property
    def panel(self) -> Panel:
        return panel_named(self.panel_name)


WAYS_TO_SEE = [Seen(panel, size, language) for panel in PANELS for size in TextSize for language in LANGUAGES]


FURTHER_WAYS = [Seen(panel, size, language) for panel in PANELS for size in TextSize for language in FURTHER]
# Each panel with each language, the sizes taking turns: each pair of two of the three is there.
PAIRWISE = [
    Seen(panel, list(TextSize)[(row + column) % 3], language)
    for row, panel in enumerate(PANELS)
    for column, language in enumerate(FURTHER)
]


def open_houses() -> dict[str, House]:
    return {site: _open(site) for site in SITES}


def _open(site: str) -> House:
    house = open_house(DATA, DATA / "sites" / f"{site}.toml")
    assert house.settings.id == site, "the shipped content has faults; the built-in page is shown"
    return replace(house, now=lambda zone: NOW.astimezone(zone))


def today() -> date:
    return NOW.date()


def seen_examples(house: House) -> list[Example]:
    """The gallery, and the states that it has no picture of: other ways to take, numbers already kept."""
    return [*examples(house), *_other_ways(house), *_with_numbers_kept(house)]


def _other_ways(house: House) -> Iterator[Example]:
    for service in house.library.services.values():
        for index, choice in enumerate(choices_of(service)):
            if index:
                place = ResourcePlace(service.id, choice=index)
                yield Example(f"{service.id}-with-{index}-{choice.way.value}", _at(place))


def _with_numbers_kept(house: House) -> Iterator[Example]:
    kept = tuple(s.id for s in house.library.services.values() if can_be_kept(s))
    full = kept[:MOST_KEPT]
    places = [
        ("help", HelpPlace()),
        ("guide", GuidePlace(SOMEONE_ELSE)),
        ("kept", ResourcePlace(full[0])),
        ("full", ResourcePlace(kept[-1])),
        *((f"category-{id_}", CategoryPlace(id_)) for id_ in house.library.categories),
    ]
    for name, place in places:
        yield Example(f"eight-kept-{name}", replace(_at(place), kept=full))


def _at(place) -> Visit:
    return Visit(trail=(LobbyPlace(), HelpPlace(), place))


def in_view(visit: Visit, seen: Seen) -> Visit:
    return replace(visit, language=seen.language, size=seen.size)


def parts(house: House, visit: Visit, panel: Panel) -> Iterator[tuple[Visit, Page]]:
    """Every part of a page, found by touching More as a visitor would."""
    while True:
        page = built(house, visit, panel)
        yield visit, page
        onward = turn_to(page, visit, +1)
        if onward is None:
            return
        visit = step(visit, onward)


def turn_to(page: Page, visit: Visit, by: int) -> Turn | None:
    """The action of More (+1) or Previous (-1) on this page, if it has one."""
    wanted = Turn(replace(visit.place, part=visit.place.part + by))
    return next((button.action for button in page.buttons() if button.action == wanted), None)
