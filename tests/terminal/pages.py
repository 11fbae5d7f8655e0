"""What a terminal must show: pages drawn by its own programs and fonts, without its screen, to compare.

The kiosk in the machine draws through its compositor and a driver; the reference is drawn by Qt's offscreen
platform in the same system, started here. A page counts as shown where hardly a pixel is another.
"""

from __future__ import annotations

import io
import time
from collections.abc import Sequence

from PIL import Image

from kiosk.content.model import CategoryId, GuideId, ServiceId
from kiosk.house import DEMO_SITE, open_house
from kiosk.options import DATA
from kiosk.visit.actions import Action, Open, SetLanguage, SetLook, SetSize
from kiosk.visit.places import (
    AboutPlace,
    CategoryPlace,
    GuidePlace,
    HelpPlace,
    Place,
    ResourcePlace,
    StaffPlace,
    TopicPlace,
)
from kiosk.visit.visit import Look, TextSize
from tests.terminal.drawn import MOST, Drawn, differing, draw_in
from tests.terminal.image import Layer
from tests.terminal.machine import Machine
from tests.terminal.panel import FULL


def draw(layer: Layer, walks: Sequence[Sequence[Action]] = (), glass: tuple[int, int] = FULL) -> Drawn:
    """Draw the lobbies and these walks in the system of `layer`."""
    return draw_in(layer.root, lambda line: layer.run("sh", "-c", line).stdout, walks, glass)


def screen(machine: Machine) -> Image.Image:
    """Return what is on the glass of a machine, as somebody sees it who has turned the panel upright."""
    with Image.open(io.BytesIO(machine.shot())) as file:
        upright = file.convert("RGB")
    for _ in range(machine.rotation // 90):
        upright = upright.transpose(Image.Transpose.ROTATE_90)  # counter-clockwise
    return upright


def shows(machine: Machine, page: Image.Image) -> bool:
    """True when this page is on the glass now."""
    return differing(screen(machine), page) <= MOST


def wait_for_page(machine: Machine, page: Image.Image, seconds: float = 60) -> None:
    """Wait until this page is on the glass. Raises TimeoutError, and keeps both pictures in the folder."""
    end = time.monotonic() + seconds
    while not shows(machine, page):
        if time.monotonic() > end:
            now = screen(machine)
            now.save(machine.folder / "shown.png")
            page.save(machine.folder / "wanted.png")
            raise TimeoutError(f"{differing(now, page):.2%} of the page is another one; see {machine.folder}")
        time.sleep(0.3)


def ways_about() -> list[list[Action]]:
    """Walks from the lobby to 14 pages: all that it offers, and some behind Help.

    They are the same with the content of the package and with a larger one.
    """
    house = open_house(DATA, DATA / "sites" / DEMO_SITE)
    tiles = [Open(TopicPlace(tile.id)) for tile in house.settings.tiles if not tile.opens_help]
    banner = [SetLanguage(house.settings.languages[1]), SetSize(TextSize.LARGE), SetLook(Look.HIGH_LIGHT)]
    entries: list[list[Place]] = [
        [CategoryPlace(CategoryId(need)), ResourcePlace(ServiceId(entry))]
        for need, entry in (("talk", "alive"), ("legal", "ywca-dv-sart"))
    ]
    behind = [*entries, [GuidePlace(GuideId("understanding"))], [StaffPlace()], [AboutPlace()]]
    walks = [[HelpPlace(), *places] for places in ([], *behind)]
    return [*([each] for each in (*tiles, *banner)), *([Open(place) for place in walk] for walk in walks)]
