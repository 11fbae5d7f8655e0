"""Runs in the system of a terminal, without a screen: draws what visits look like, and where they touch.

Reads walks from standard input, as a pickled list of lists of actions, each from a fresh lobby. Draws into
the folder named first: lobby, built-in lobby, and what is shown after each action. `spots.json` has the
centre of the button of each action, in fractions of the glass, or null where there is none.
"""

import json
import pickle
import sys
from pathlib import Path

sys.path.insert(0, "/usr/share/visitor-kiosk")

from PySide6.QtCore import QPoint

from kiosk.house import House, built_in_house, open_house
from kiosk.ui.picture import built, picture
from kiosk.ui.run import make_application
from kiosk.ui.theme import Panel
from kiosk.visit.actions import Action
from kiosk.visit.step import step
from kiosk.visit.visit import Visit

CONTENT, SITE = Path("/var/lib/visitor-kiosk/content"), Path("/etc/visitor-kiosk/site.toml")
"""As the unit of the kiosk has them."""
OUT, SIZE = Path(sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3]))


def panel(house: House) -> Panel:
    """Return the glass as the window of this house measures it."""
    return Panel.measured(*SIZE, house.settings.panel_width_mm, house.settings.lower_edge_mm)


def draw(house: House, visit: Visit, name: str) -> None:
    """Save a page. Twice, because Qt paints very large letters a shade differently the first time."""
    page = built(house, visit, panel(house))
    picture(page)
    picture(page).save(str(OUT / f"{name}.png"))


def walk(house: House, actions: list[Action], name: str) -> list[tuple[float, float] | None]:
    """Draw the page after each action; return where each is chosen."""
    visit, spots = Visit(), []
    for number, action in enumerate(actions):
        page = built(house, visit, panel(house))
        button = next((each for each in page.buttons() if each.action == action), None)
        if button:
            spot = button.mapTo(page, QPoint(button.width() // 2, button.height() // 2))
            spots.append((spot.x() / SIZE[0], spot.y() / SIZE[1]))
        else:
            spots.append(None)
        visit = step(visit, action)
        draw(house, visit, f"{name}-{number}")
    return spots


application = make_application()
site = open_house(CONTENT, SITE)
assert site.stored or site.library.services, "the terminal would show the built-in page"
OUT.mkdir(parents=True, exist_ok=True)
draw(site, Visit(), "lobby")
draw(built_in_house(CONTENT), Visit(), "built-in")
walks = pickle.load(sys.stdin.buffer)  # noqa: S301 - the test has just written it
spots = [walk(site, actions, str(number)) for number, actions in enumerate(walks)]
(OUT / "spots.json").write_text(json.dumps(spots))
