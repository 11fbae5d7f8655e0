"""What each place shows in a scene. The lobby comes first, without the code of what lies behind it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from kiosk.ui.pages.lobby import lobby_page
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.page import Page
from kiosk.visit.places import LobbyPlace, Place


def page_for(place: Place, scene: Scene) -> Page:
    """Return the page of a place; of one that left the screen during the visit, the needs instead."""
    if isinstance(place, LobbyPlace):
        return lobby_page(place, scene)
    from kiosk.ui.pages.others import other_page  # noqa: PLC0415 - the lobby is on the screen sooner

    return other_page(place, scene)


def load_others() -> Iterator[None]:
    """Load the code behind the lobby, one page at a time: all of it at once would keep a visitor waiting.

    With it comes what makes codes and what finds, which takes longer to load than any page.
    """
    for name in ("help", "category", "resource", "take", "guide", "mine", "interpreter", "staff", "others"):
        import_module(f"kiosk.ui.pages.{name}")
        yield
    for name in ("takeaway.coder", "find.finder"):
        import_module(f"kiosk.{name}")
        yield
