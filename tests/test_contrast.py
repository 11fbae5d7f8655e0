"""Every pair of colours that meets on a page, by the formula of WCAG 2, and then the pixels themselves."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.content.contrast import contrast
from kiosk.ui.colours import LOOKS, Colours, colours_for
from kiosk.ui.gallery import examples
from kiosk.ui.picture import built, picture
from kiosk.ui.proof import panel_named
from kiosk.ui.widgets.code_view import CodeView
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.tap import Tap
from kiosk.visit.visit import Look
from tests.ui.codes import colour_of
from tests.ui.houses import SITES
from tests.ui.rules import rect_of

LEAST_TEXT = {Look.DEFAULT: 10.0, Look.HIGH_LIGHT: 20.0, Look.HIGH_DARK: 20.0, Look.LOW_GLARE: 7.0}
LEAST_EDGE = 3.0  # WCAG 2.2, 1.4.11: what tells a control from its ground

# Text on its ground, beside every (x, on_x).
TEXT_ON = (
    ("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"),
    ("on_tint", "card"), ("on_tint", "paper"),  # buttons and icons; badges
    ("ink", "pressed"), ("on_tint", "pressed"), ("soft", "pressed"), ("on_warm", "pressed"),
)  # fmt: skip
EDGES = (("edge", "paper"), ("edge", "card"), ("on_tint", "paper"), ("on_warm", "paper"))
NEIGHBOURS = ("paper", "card", "brand", "main", "warm", "tint", "strip")


@pytest.fixture(params=[*product(SITES, Look)], ids=lambda pair: f"{pair[0]}-{pair[1].value}")
def painted(request, houses):
    """The colours of one site in one look."""
    site, look = request.param
    return look, colours_for(look, houses[site].settings.brand)


def ratio(colours: Colours, one: str, two: str) -> float:
    return contrast(getattr(colours, one).name(), getattr(colours, two).name())


def below(colours: Colours, pairs, least: float) -> list[str]:
    return [
        f"{one} on {two}: {ratio(colours, one, two):.2f}"
        for one, two in pairs
        if ratio(colours, one, two) < least
    ]


def named_pairs() -> list[tuple[str, str]]:
    names = {field.name for field in fields(Colours)}
    return [(name, name.removeprefix("on_")) for name in sorted(names) if name.startswith("on_")]


def test_every_look_has_colours():
    assert set(LOOKS) == set(Look) == set(LEAST_TEXT)
    assert all(ground in {field.name for field in fields(Colours)} for _, ground in named_pairs())


def test_text_has_the_contrast_of_its_look(painted):
    look, colours = painted
    assert below(colours, [*named_pairs(), *TEXT_ON], LEAST_TEXT[look]) == []


def test_text_over_the_motif_can_be_read(painted):
    # The title may cross a line of the motif; a pressed control of the banner takes its colour.
    look, colours = painted
    if colours.motif in (colours.brand, colours.on_brand):
        return  # not drawn
    assert below(colours, [("on_brand", "motif")], min(7.0, LEAST_TEXT[look])) == []


def test_edges_can_be_seen(painted):
    _, colours = painted
    assert below(colours, EDGES, LEAST_EDGE) == []


def test_focus_ring_shows_on_every_ground(painted):
    # Two rings that differ: wherever they stand, one of the two differs from the ground.
    _, colours = painted
    assert below(colours, [("focus", "focus_gap")], LEAST_EDGE) == []
    lost = [
        f"{ground}: {ratio(colours, 'focus', ground):.2f}, gap {ratio(colours, 'focus_gap', ground):.2f}"
        for ground in NEIGHBOURS
        if max(ratio(colours, "focus", ground), ratio(colours, "focus_gap", ground)) < LEAST_EDGE
    ]
    assert lost == []


# On the pixels


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("panel_name", ["1080x1920", "1024x600"])
def test_painted_text_has_the_contrast_of_its_look(qapp, house, look, panel_name):
    panel, least = panel_named(panel_name), LEAST_TEXT[look]
    chosen = examples(house)
    weak = []
    for example in [*chosen[:3], *chosen[7:40:4]]:
        page = built(house, replace(example.visit, look=look), panel)
        if example.visit.asking:
            continue  # the resting lobby lies below in the site's own look
        pixels = colour_of(picture(page))
        for widget in texts_on(page):
            measured = strongest(pixels, rect_of(widget, page).getRect())
            if measured < least * 0.98:  # the last shade is lost in smoothing
                weak.append(f"{example.name}: {type(widget).__name__} {widget.text()[:30]!r} {measured:.1f}")
    assert not weak, f"{len(weak)} below {least}:\n" + "\n".join(weak[:20])


def texts_on(page: Page) -> list[QWidget]:
    found = [w for w in page.findChildren(QWidget) if isinstance(w, Tap | QLabel)]
    return [w for w in found if not isinstance(w, CodeView | Surface)]


def strongest(pixels: np.ndarray, box: tuple[int, int, int, int]) -> float:
    """Return the contrast of the commonest colour in a box, the ground, with the darkest or lightest."""
    left, top, width, height = box
    # A bar or edge of another colour is not text: leave the outline out.
    inset = max(2, min(width, height) // 10)
    area = pixels[top + inset : top + height - inset, left + inset : left + width - inset].astype(np.uint32)
    packed = area[:, :, 2] << 16 | area[:, :, 1] << 8 | area[:, :, 0]
    shades, counts = np.unique(packed, return_counts=True)
    ground = hexed(shades[counts.argmax()])
    light = (shades >> 16) + (shades >> 8 & 255) + (shades & 255)
    return max(contrast(ground, hexed(shades[end])) for end in (light.argmin(), light.argmax()))


def hexed(colour: int) -> str:
    return f"#{int(colour):06X}"
