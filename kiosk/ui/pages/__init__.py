"""What each place shows in a scene. The lobby comes first, without the code of what lies behind it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from kiosk.later import making
from kiosk.ui.pages.lobby import lobby_page
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.page import Page
from kiosk.visit.places import LobbyPlace, Place

PAGES: Final = ("help", "category", "resource", "take", "guide", "mine", "interpreter", "staff", "others")
MAKERS: Final = ("takeaway.coder", "find.finder")
"""What makes codes and what finds: each takes longer to load than any page."""


def page_for(place: Place, scene: Scene) -> Page:
    """Return the page of a place; of one that left the screen during the visit, the needs instead."""
    if isinstance(place, LobbyPlace):
        return lobby_page(place, scene)
    from kiosk.ui.pages.others import other_page  # noqa: PLC0415 - the lobby is on the screen sooner

    return other_page(place, scene)


def load_others() -> Iterator[None]:
    """Load the code behind the lobby, a module at a time: all of it at once would keep a visitor waiting."""
    for name in (*(f"ui.pages.{page}" for page in PAGES), *MAKERS):
        import_module(f"kiosk.{name}")
        yield
    yield from making()
