"""Where to press to reach every page from the lobby, worked out from the pages themselves.

The walks are found by building the pages without a screen and following their buttons; the presses are
then made from outside. Positions are px on a panel of the given size.
"""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QPoint

from kiosk.house import House, open_house
from kiosk.ui.picture import built
from kiosk.ui.run import make_application
from kiosk.ui.theme import Panel
from kiosk.visit.actions import Back, Hide, Keep, SetLanguage, SetLook, SetSize
from kiosk.visit.step import step
from kiosk.visit.visit import Visit

DATA = Path(__file__).parents[2] / "data"
Walk = tuple[tuple[int, int], ...]


def walks(house: House, panel: Panel) -> list[dict[str, object]]:
    """Return {"page": name, "taps": [[x, y], ...]}, the shortest way to every place of the house.

    One entry is kept on the way, so that My numbers is among them.
    """
    found: dict[Visit, Walk] = {Visit(): ()}
    places = {Visit().place}
    waiting = deque([Visit()])
    kept = False
    while waiting:
        visit = waiting.popleft()
        page = built(house, visit, panel)
        for button in page.buttons():
            if isinstance(button.action, Back | Hide | SetLanguage | SetLook | SetSize):
                continue
            after = step(visit, button.action)
            keeps = isinstance(button.action, Keep) and not kept
            if after.place in places and not keeps:
                continue
            kept = kept or keeps
            places.add(after.place)
            centre = button.mapTo(page, QPoint(button.width() // 2, button.height() // 2))
            found[after] = (*found[visit], (centre.x(), centre.y()))
            waiting.append(after)
        page.deleteLater()
    return [{"page": _named(visit), "taps": [list(tap) for tap in walk]} for visit, walk in found.items()]


def _named(visit: Visit) -> str:
    place = visit.place
    kind = type(place).__name__.removesuffix("Place").lower()
    which = [
        str(getattr(place, key)) for key in ("tile", "category", "service", "guide") if hasattr(place, key)
    ]
    return "-".join([kind, *which])


def plan(size: str, width_mm: float, site: Path) -> list[dict[str, object]]:
    """Return the walks for a panel such as "1080x1920" on one site of the content shipped."""
    application = make_application()
    width, height = (int(number) for number in size.split("x"))
    house = open_house(DATA, site)
    result = walks(house, Panel.measured(width, height, width_mm))
    del application
    return result


if __name__ == "__main__":
    json.dump(plan(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3])), sys.stdout)
