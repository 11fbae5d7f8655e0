"""Draws what a terminal must show: by its own programs and fonts, without its screen and its units."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from kiosk.visit.actions import Action

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


def draw_in(
    root: Path, run: Callable[[str], str], walks: Sequence[Sequence[Action]], glass: tuple[int, int]
) -> Drawn:
    """Draw in the system below `root`, at the hour that it is: what is open now stands on the pages.

    `run` runs a line of the shell there and returns what it printed; `glass` is (width, height), px.
    """
    place = root / "root/drawn"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copy(Path(__file__).with_name("drawing.py"), root / "root")
    (root / "root/walks").write_bytes(pickle.dumps([list(walk) for walk in walks]))
    size = " ".join(str(length) for length in glass)
    said = run(
        f"QT_QPA_PLATFORM=offscreen python3 -IB /root/drawing.py /root/drawn {size} < /root/walks 2>&1"
    )
    assert (place / "spots.json").is_file(), said
    spots = json.loads((place / "spots.json").read_text())

    def page(name: str) -> Image.Image:
        with Image.open(place / f"{name}.png") as file:
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
