"""What a terminal must show: pages drawn by its own programs and fonts, without its screen, to compare.

The kiosk in the machine draws through its compositor and a driver; the reference is drawn by Qt's offscreen
platform in the same system, started here. A page counts as shown where hardly a pixel is another.
"""

from __future__ import annotations

import io
import json
import pickle
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops

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
from tests.terminal.image import ROOT, Layer
from tests.terminal.machine import Machine
from tests.terminal.panel import FULL

SHADE = 24
"""Of 255: an edge of a letter that another processor rounds otherwise. On amd64 not one pixel was another."""
MOST = 0.0005
"""Of the pixels: a few letters of running text. Two pages differ by far more, see `are_apart`."""


@dataclass(frozen=True)
class Touch:
    """Where an action is chosen, as `tap` takes it (None: by no touch), and what the glass shows after it."""

    place: str | None
    page: Image.Image


@dataclass(frozen=True)
class Drawn:
    """The lobby of the site, the built-in one, and the walks in the order they were asked for."""

    lobby: Image.Image
    built_in: Image.Image
    walks: tuple[tuple[Touch, ...], ...]

    def are_apart(self) -> bool:
        """True when no page could be taken for another one that `walks` end on, or for a lobby."""
        pages = [self.lobby, self.built_in, *(walk[-1].page for walk in self.walks)]
        pairs = [(one, other) for at, one in enumerate(pages) for other in pages[:at]]
        return all(differing(one, other) > 10 * MOST for one, other in pairs)


def draw(layer: Layer, walks: Sequence[Sequence[Action]] = (), glass: tuple[int, int] = FULL) -> Drawn:
    """Draw in the system of `layer`, at the hour that it is: what is open now stands on the pages."""
    place = "root/drawn"
    shutil.rmtree(layer.root / place, ignore_errors=True)
    layer.write("root/drawing.py", (ROOT / "tests/terminal/drawing.py").read_text())
    (layer.root / "root/walks").write_bytes(pickle.dumps([list(walk) for walk in walks]))
    size = " ".join(str(length) for length in glass)
    line = f"QT_QPA_PLATFORM=offscreen python3 -IB /root/drawing.py /{place} {size} < /root/walks"
    done = layer.run("sh", "-c", line)
    assert done.returncode == 0, done.stdout + done.stderr
    spots = json.loads((layer.root / place / "spots.json").read_text())

    def page(name: str) -> Image.Image:
        with Image.open(layer.root / place / f"{name}.png") as file:
            return file.convert("RGB")

    touches = (
        tuple(
            Touch(at and f"{at[0]:.4f},{at[1]:.4f}", page(f"{number}-{step}")) for step, at in enumerate(walk)
        )
        for number, walk in enumerate(spots)
    )
    return Drawn(page("lobby"), page("built-in"), tuple(touches))


def differing(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels that are another shade in some colour; 1 for another size."""
    if one.size != other.size:
        return 1.0
    bands = ImageChops.difference(one, other).split()
    worst = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return sum(worst.histogram()[SHADE:]) / (one.width * one.height)


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
