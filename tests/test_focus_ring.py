"""The ring on the pixels: at least 8 px of one colour, 3:1 against what lies on both of its sides."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pytest
from PySide6.QtCore import QPoint, QSize

from kiosk.content.contrast import contrast
from kiosk.ui.colours import colours_for
from kiosk.ui.proof import panel_named
from kiosk.ui.widgets.buttons import Pill, Strip
from kiosk.ui.widgets.focus_ring import LEAST_RING_PX
from kiosk.ui.widgets.tiles import Tile
from kiosk.visit.actions import SetLook
from kiosk.visit.places import HelpPlace
from kiosk.visit.visit import Look, Visit
from tests.flows.walker import Walker

LEAST_CONTRAST = 3.0


@pytest.fixture(params=["1080x1920", "1024x600", "3840x2160"])
def on_help(request, qapp, house):
    panel = panel_named(request.param)
    width_mm = panel.width / panel.px_per_mm
    sized = replace(house, settings=replace(house.settings, panel_width_mm=width_mm))
    walker = Walker(sized, QSize(panel.width, panel.height))
    walker.session._visit = Visit(trail=(*Visit().trail, HelpPlace()))
    walker.session.changed.emit()
    yield walker
    walker.leave()


@pytest.mark.parametrize("look", Look)
def test_the_ring_is_thick_and_differs_from_its_ground_and_from_what_it_surrounds(on_help, look):
    visitor = on_help
    visitor.session.dispatch(SetLook(look))
    visitor.window._focus.use(True)
    colours = colours_for(look, visitor.window._house.settings.brand)
    page, focus = visitor.page, visitor.window._focus
    chosen = [next(b for b in page.buttons() if isinstance(b, kind)) for kind in (Pill, Tile, Strip)]
    for widget in [None, *chosen]:
        focus._stand_on(page, visitor.visit, widget)
        for side, line in sides(visitor).items():
            runs = [(colour, len(list(same))) for colour, same in groupby(line)]
            names = [colour for colour, _ in runs]
            where = f"{type(widget).__name__} {side}: {runs}"
            band = names.index(colours.focus.name())
            assert runs[band][1] >= LEAST_RING_PX, where
            # Between band and line one pixel may be mixed, where the ring is round.
            assert colours.focus_gap.name() in names[max(0, band - 2) : band], where
            assert colours.focus_gap.name() in names[band + 1 : band + 3], where
    assert contrast(colours.focus.name(), colours.focus_gap.name()) >= LEAST_CONTRAST


def sides(visitor: Walker) -> dict[str, list[str]]:
    """The colours on the way from the middle of each side of the ring to its inside."""
    ring = visitor.window._focus.ring
    image, box = visitor.glass(), ring.geometry()
    deep = ring._band + 8
    ways = {
        "left": [QPoint(box.left() + n, box.center().y()) for n in range(deep)],
        "top": [QPoint(box.center().x(), box.top() + n) for n in range(deep)],
        "right": [QPoint(box.right() - n, box.center().y()) for n in range(deep)],
        "bottom": [QPoint(box.center().x(), box.bottom() - n) for n in range(deep)],
    }
    return {side: [image.pixelColor(spot).name() for spot in spots] for side, spots in ways.items()}
