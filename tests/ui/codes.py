"""Codes read back from pictures of whole pages by two decoders that are not ours, and measured in pixels."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np
import zxingcpp
from PySide6.QtGui import QImage

from kiosk.house import House
from kiosk.takeaway.code import QUIET_ZONE
from kiosk.takeaway.payload import can_be_kept, choices_of
from kiosk.ui.theme import Panel
from kiosk.ui.widgets.code_view import CodeView
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.payload import PayloadText
from kiosk.visit.places import (
    HelpPlace,
    LobbyPlace,
    MyCodePlace,
    MyNumbersPlace,
    Place,
    ResourcePlace,
    TakePlace,
)
from kiosk.visit.visit import MOST_KEPT, Visit
from tests.ui.houses import parts
from tests.ui.rules import rect_of

LEAST_CODE_MM = 50.0
LARGEST_ENTRY_VERSION = 6
ZBAR = shutil.which("zbarimg")


@dataclass(frozen=True)
class Offered:
    """A visit to a page with a code, and what the code must say; an entry's code stays small."""

    name: str
    visit: Visit
    payload: str
    is_entry: bool = True


def offered(house: House) -> list[Offered]:
    """Every way to take every entry along: on its own page and on the page of the code."""
    found = []
    for service in house.library.services.values():
        for index, choice in enumerate(choices_of(service)):
            for place in (ResourcePlace(service.id, choice=index), TakePlace(service.id, choice=index)):
                name = f"{type(place).__name__} {service.id} {choice.way.value}"
                found.append(Offered(name, _at(place), choice.payload))
    return found


def kept(house: House, count: int) -> Visit:
    services = [s.id for s in house.library.services.values() if can_be_kept(s)]
    assert len(services) >= MOST_KEPT
    trail = (LobbyPlace(), HelpPlace(), MyNumbersPlace(), MyCodePlace())
    return Visit(trail=trail, kept=tuple(services[:count]))


def _at(place: Place) -> Visit:
    return Visit(trail=(LobbyPlace(), HelpPlace(), place))


def page_with_code(house: House, visit: Visit, panel: Panel, ratio: float = 1.0) -> Page | None:
    """The first part of a page that shows a code, found by touching More; None when no part does.

    The code is measured for glass of this pixel ratio, as it would be there.
    """
    with mock.patch.object(CodeView, "devicePixelRatioF", lambda _: ratio):
        for _, page in parts(house, visit, panel):
            if page.findChild(CodeView) is not None:
                return page
    return None


def printed_on(house: House, visit: Visit, panel: Panel) -> str:
    """All that is printed of a payload, over all parts of its page."""
    texts = []
    for _, page in parts(house, visit, panel):
        texts += [text.text() for text in page.findChildren(PayloadText)]
    return " ".join(texts)


def grey_of(image: QImage) -> np.ndarray:
    """Return the picture as height x width bytes; a pixel that is not grey counts by its green."""
    return np.ascontiguousarray(colour_of(image)[:, :, 1])


def read_codes(image: QImage) -> list[bytes]:
    """The bytes of every QR code found in the whole picture, dark on light only."""
    found = zxingcpp.read_barcodes(grey_of(image), try_invert=False, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.bytes for code in found]


def read_by_zbar(image: QImage, folder: Path) -> list[bytes]:
    """Every QR code that zbarimg finds in the whole picture."""
    path = folder / "page.png"
    image.save(str(path))
    only_codes = ("-q", "--raw", "-Sdisable", "-Sqrcode.enable", "-Sbinary")
    done = subprocess.run([ZBAR, *only_codes, str(path)], capture_output=True, check=False, timeout=60)
    return [done.stdout] if done.stdout else []


def drawing_faults(image: QImage, page: Page, panel: Panel, *, is_entry: bool) -> list[str]:
    """What is wrong with the drawn code: its size, its greys, its quiet zone, its modules."""
    view = page.findChild(CodeView)
    ratio = image.devicePixelRatio()
    modules = np.array(view._modules, dtype=bool)
    count = len(modules)
    faults = []
    if is_entry and count > 17 + 4 * LARGEST_ENTRY_VERSION:
        faults.append(f"version {(count - 17) // 4}")
    pixels = colour_of(image)
    found = _find(pixels, rect_of(view, page), ratio, modules)
    if isinstance(found, str):
        return [*faults, found]
    wide = found * count / ratio / panel.px_per_mm
    if wide < LEAST_CODE_MM - 0.01:
        faults.append(f"only {wide:.2f} mm wide ({found} device px to a module of {count})")
    return faults


def colour_of(image: QImage) -> np.ndarray:
    """Return the picture as height x width x 3 bytes, blue first."""
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return flat[:, : image.width(), :3].copy()  # the image's own memory goes with it


def _find(pixels: np.ndarray, view, ratio: float, modules: np.ndarray) -> int | str:
    """Return the px of a module when code and quiet zone stand in the picture exactly, or what is wrong."""
    total = len(modules) + 2 * QUIET_ZONE
    left, top = view.x() * ratio, view.y() * ratio
    width, height = view.width() * ratio, view.height() * ratio
    module = _module_px(pixels, (left, top, width, height), modules)
    if module is None:
        return "no code found in its place"
    span = module * total
    if span > width + 1 or span > height + 1:
        return f"code and quiet zone need {span} px of {width:.0f}x{height:.0f}"
    whole = np.kron(np.pad(~modules, QUIET_ZONE, constant_values=True), np.ones((module, module), bool))
    wanted = np.repeat((whole * 255).astype(np.uint8)[:, :, None], 3, axis=2)
    x0, y0 = round(left + (width - span) / 2), round(top + (height - span) / 2)
    for y in range(max(0, y0 - 2), y0 + 3):
        for x in range(max(0, x0 - 2), x0 + 3):
            area = pixels[y : y + span, x : x + span]
            if area.shape == wanted.shape and np.array_equal(area, wanted):
                return module
    area = pixels[y0 : y0 + span, x0 : x0 + span]
    grey = int(np.count_nonzero(((area != 0) & (area != 255)).any(axis=2)))
    return f"not drawn exactly: {grey} pixels are neither black nor white, modules of about {module} px"


def _module_px(pixels: np.ndarray, box: tuple[float, ...], modules: np.ndarray) -> int | None:
    """Return the px of a module, from where a decoder saw the code's corners."""
    left, top, width, height = (round(number) for number in box)
    grey = np.ascontiguousarray(pixels[max(0, top) : top + height, max(0, left) : left + width, 1])
    found = zxingcpp.read_barcodes(grey, try_invert=False, formats=zxingcpp.BarcodeFormat.QRCode)
    if len(found) != 1:
        return None
    corners = found[0].position
    return round((corners.top_right.x - corners.top_left.x) / len(modules))
