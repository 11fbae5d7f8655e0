"""Pages as pictures, without a screen: for the proof and for the tests that look."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage

from kiosk.house import House
from kiosk.ui.pages import page_for
from kiosk.ui.scene import scene_for
from kiosk.ui.theme import Panel
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.still_here import StillHere
from kiosk.visit.visit import Visit


def built(house: House, visit: Visit, panel: Panel) -> Page:
    """Return the page of a visit as the window would build it."""
    if not visit.asking:
        return page_for(visit.place, scene_for(house, visit, panel))
    lobby = page_for(Visit().place, scene_for(house, Visit(), panel))
    StillHere(scene_for(house, visit, panel)).setParent(lobby)
    return lobby


def picture(page: Page, ratio: float = 1.0) -> QImage:
    """Return what the page looks like at a device pixel ratio."""
    image = QImage(page.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    page.render(image, QPoint(0, 0))
    return image


def with_part(visit: Visit, part: int) -> Visit:
    """Return the same visit on another part of its page."""
    return replace(visit, trail=(*visit.trail[:-1], replace(visit.place, part=part)))
