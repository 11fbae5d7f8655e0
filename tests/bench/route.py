"""Where to press in the kiosk to reach help, the needs, their first entries and a second code of those.

Like `plan.py`, but with few pages: it works for directories of any size. Prints JSON in px, as the peer's
`places.json`. Run by `rivals.py` in a process of its own, because it makes an application without a screen.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import plan  # first: it chooses a platform without a screen
from PySide6.QtCore import QPoint

from kiosk.house import House, open_house
from kiosk.ui.picture import built
from kiosk.ui.run import make_application
from kiosk.ui.theme import Panel
from kiosk.ui.widgets.page import Page
from kiosk.visit.actions import Action, Open, Turn
from kiosk.visit.places import CategoryPlace, HelpPlace, ResourcePlace, TakePlace
from kiosk.visit.step import step
from kiosk.visit.visit import Visit

Taps = list[tuple[int, int]]


class Route:
    """Follows the buttons of a house; `most` needs are entered, and all entries on their first part."""

    def __init__(self, house: House, panel: Panel, most: int) -> None:
        self._house, self._panel, self._most = house, panel, most
        self.walks: dict[str, Taps] = {}
        self.codes: dict[str, Taps] = {}

    def follow(self) -> None:
        """Fill `walks` and `codes`."""
        for visit, taps in self._opened(Visit(), [], HelpPlace):
            self.walks["help"] = taps
            needs = list(self._opened(visit, taps, CategoryPlace))
            for need, way in needs[: self._most]:
                self.walks[f"category-{need.place.category}"] = way
                for entry, further in self._opened(need, way, ResourcePlace):
                    name = f"resource-{entry.place.service}"
                    if name not in self.walks:
                        self.walks[name] = further
                        self._second_code(name, entry, further)

    def _opened(self, visit: Visit, taps: Taps, kind: type) -> list[tuple[Visit, Taps]]:
        """Return each visit that one tap from `visit` leads to a place of `kind`, with its taps."""
        page = built(self._house, visit, self._panel)
        found = [
            (step(visit, button.action), [*taps, middle(button, page)])
            for button in page.buttons()
            if isinstance(button.action, Open) and isinstance(button.action.place, kind)
        ]
        page.deleteLater()
        return found

    def _second_code(self, name: str, visit: Visit, taps: Taps) -> None:
        page = built(self._house, visit, self._panel)
        for button in page.buttons():
            if self._is_second(button.action):
                self.codes[name] = [*taps, middle(button, page)]
        page.deleteLater()

    @staticmethod
    def _is_second(action: Action) -> bool:
        """Return True for the second way to take an entry along; on small panels it is a page of its own."""
        if not isinstance(action, Open | Turn) or action.place.part:
            return False
        return isinstance(action.place, ResourcePlace | TakePlace) and action.place.choice == 1


def middle(button: object, page: Page) -> tuple[int, int]:
    """Return the middle of a button in px of the page."""
    centre = button.mapTo(page, QPoint(button.width() // 2, button.height() // 2))
    return centre.x(), centre.y()


def main(size: str, content: str, site: str, most: str) -> None:
    """Print the walks for a screen such as "1080x1920"."""
    application = make_application()
    width, height = (int(number) for number in size.split("x"))
    house = open_house(Path(content), Path(site))
    route = Route(house, Panel.measured(width, height, house.settings.panel_width_mm), int(most))
    route.follow()
    listed = {
        "walks": [{"page": page, "taps": taps} for page, taps in route.walks.items()],
        "codes": [{"page": page, "taps": taps} for page, taps in route.codes.items()],
    }
    json.dump(listed, sys.stdout)
    del application


if __name__ == "__main__":
    assert plan
    main(*sys.argv[1:])
