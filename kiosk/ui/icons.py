"""The icon family: SVG drawings of one stroke, coloured and rendered at the size they are shown."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER: Final = Path(__file__).parents[2] / "assets" / "icons"


@lru_cache(maxsize=256)
def icon(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    """Return an icon of `size` logical px in "#rrggbb" for a device pixel ratio.

    The cache ends with the process, and that with its visitor.
    """
    drawing = (FOLDER / f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode())
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def draw_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Paint an icon into the square `rect`."""
    ratio = painter.deviceTransform().m11()
    painter.drawPixmap(rect.topLeft(), icon(name, round(rect.width()), colour.name(), ratio))
