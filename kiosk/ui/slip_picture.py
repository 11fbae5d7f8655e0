"""A slip as dots: drawn with the screen's own typeface, so that every script is shaped as it is there.

Drawn in memory, handed on, and gone.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from kiosk.slip.raster import Raster
from kiosk.slip.slip import Line, Slip, Style
from kiosk.takeaway.code import LARGEST_SHARED_VERSION, QUIET_ZONE, Modules, modules
from kiosk.ui.theme import TEXT_LINE, capital_ratio, plain_font
from kiosk.ui.widgets.text import TextBlock

DOTS_PER_MM: Final = 8
MARGIN: Final = 8  # dots
GAP: Final = 10  # dots
MOST_MODULE: Final = 6  # dots; 0.75 mm, and a slip stays as small as a business card
CAPITALS_MM: Final = {Style.NAME: 3.4, Style.NUMBER: 5.5, Style.SMALL: 2.3}


def slip_picture(slip: Slip, width: int) -> Raster:
    """Return the dots of a slip, `width` across."""
    inner = width - 2 * MARGIN
    above = [_block(line, slip, inner) for line in slip.lines]
    below = [_block(line, slip, inner) for line in slip.below]
    code = modules(slip.payload, LARGEST_SHARED_VERSION)
    module = min(MOST_MODULE, width // (len(code) + 2 * QUIET_ZONE))
    side = module * (len(code) + 2 * QUIET_ZONE)
    texts = sum(block.height(inner) + GAP for block in [*above, *below])
    image = QImage(width, MARGIN * 2 + texts + side, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    top = _draw(painter, above, inner, MARGIN)
    _draw_code(painter, code, module, (width - side) // 2, top)
    _draw(painter, below, inner, top + side)
    painter.end()
    return _dots(image)


def _block(line: Line, slip: Slip, inner: int) -> TextBlock:
    """Return one line at its size; a number shrinks until it stands in one piece."""
    mirrored = slip.is_right_to_left
    direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    size = round(CAPITALS_MM[line.style] * DOTS_PER_MM / capital_ratio())
    block = TextBlock(line.text, _font(line, size), TEXT_LINE, direction=direction, centred=True)
    if line.style is Style.NUMBER and block.natural_width() > inner:
        fitting = _font(line, int(size * (inner - 1) / block.natural_width()))
        block = TextBlock(line.text, fitting, TEXT_LINE, direction=direction, centred=True)
    return block


def _font(line: Line, size: int) -> QFont:
    font = plain_font(bold=line.style is not Style.SMALL)
    font.setPixelSize(size)
    return font


def _draw(painter: QPainter, blocks: list[TextBlock], inner: int, top: int) -> int:
    """Draw paragraphs above one another and return where the next thing begins."""
    for block in blocks:
        height = block.height(inner)
        block.draw(painter, QRectF(MARGIN, top, inner, height), QColor(Qt.GlobalColor.black))
        top += height + GAP
    return top


def _draw_code(painter: QPainter, code: Modules, module: int, left: int, top: int) -> None:
    for y, row in enumerate(code):
        for x, black in enumerate(row):
            if black:
                at = (left + (x + QUIET_ZONE) * module, top + (y + QUIET_ZONE) * module)
                painter.fillRect(*at, module, module, Qt.GlobalColor.black)


def _dots(image: QImage) -> Raster:
    """Return every grey as black or white; a printer knows nothing else."""
    flags = Qt.ImageConversionFlag.MonoOnly | Qt.ImageConversionFlag.ThresholdDither
    mono = image.convertToFormat(QImage.Format.Format_Mono, flags)
    if mono.color(0) != QColor(Qt.GlobalColor.white).rgb():
        mono.invertPixels()
    across = image.width() // 8
    rows = bytes(mono.constBits())
    step = mono.bytesPerLine()
    return Raster(image.width(), b"".join(rows[at : at + across] for at in range(0, len(rows), step)))
