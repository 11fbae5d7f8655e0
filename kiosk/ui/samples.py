"""Which pages are painted once where nobody sees them, so that no visitor waits for the first letters."""

from __future__ import annotations

from itertools import islice
from typing import Final

from kiosk.house import House
from kiosk.visit.places import CategoryPlace, FindPlace, GuidePlace, HelpPlace, Place, ResourcePlace

FEW: Final = 40


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
