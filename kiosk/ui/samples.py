"""Which pages are painted once where nobody sees them, so that no visitor waits for the first letters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from kiosk.house import House
from kiosk.ui.pages import load_others, page_for
from kiosk.ui.scene import scene_for
from kiosk.ui.theme import Panel
from kiosk.visit.places import (
    CategoryPlace,
    FindPlace,
    GuidePlace,
    HelpPlace,
    LobbyPlace,
    Place,
    ResourcePlace,
)
from kiosk.visit.visit import Visit

FEW: Final = 40


def painted_unseen(house: House, panel: Panel) -> Iterator[None]:
    """Load all pages, paint one of each kind, the same for every visitor, and drop it; a step at a time.

    A fresh process would otherwise draw its first letters while the visitor waits.
    """
    yield from load_others()
    for place in sample_places(house):
        page = page_for(place, scene_for(house, Visit(trail=(LobbyPlace(), place)), panel))
        page.grab()
        page.deleteLater()
        yield


def sample_places(house: House) -> list[Place]:
    """Return one place of each kind that a visitor is likely to open first."""
    library = house.shown_now()
    places: list[Place] = [HelpPlace()]
    places += [CategoryPlace(category) for category in list(library.categories)[:2]]
    few = list(islice(library.services.values(), FEW))  # of a large directory not all are read for this
    spoken = [s.id for s in few if s.website and len(s.phones) > 1] or [s.id for s in few]
    places += [ResourcePlace(service) for service in spoken[:1]]
    places += [GuidePlace(guide) for guide in islice(library.guides, 1)]
    places += [FindPlace()] if house.finder(house.today(house.when())).is_wanted else []
    return places
