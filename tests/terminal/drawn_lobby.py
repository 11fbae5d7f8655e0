"""What the lobby of an installed kiosk looks like: drawn by its own code, with the fonts of its root.

No compositor and no unit take part. What a terminal shows is compared with what it should show, to the pixel.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

SITE, BUILT_IN = "site", "built-in"
DRAWING = '''\
"""Draws the lobby of the site, or the built-in one, as the window does, into a file of RGB bytes."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, "/usr/share/visitor-kiosk")

from kiosk.house import built_in_house, open_house
from kiosk.ui.picture import built, picture
from kiosk.ui.run import make_application
from kiosk.ui.theme import Panel
from kiosk.visit.visit import Visit
from PySide6.QtGui import QImage

kind, width, height, out = sys.argv[1:]
application = make_application()
content, site = Path("/var/lib/visitor-kiosk/content"), Path("/etc/visitor-kiosk/site.toml")
house = open_house(content, site) if kind == "site" else built_in_house(content)
settings = house.settings
panel = Panel.measured(int(width), int(height), settings.panel_width_mm, settings.lower_edge_mm)
page = built(house, Visit(), panel)
page.grab()  # Qt paints very large letters a shade differently the first time
image = picture(page).convertToFormat(QImage.Format.Format_RGB888)
rows, line = image.constBits().tobytes(), image.bytesPerLine()
Path(out).write_bytes(b"".join(rows[y * line : y * line + 3 * image.width()] for y in range(image.height())))
'''


def size_of(picture: bytes) -> tuple[int, int]:
    """Return (width, height) of a picture as PPM, in px; (0, 0) for what is none."""
    parts = picture[:40].split(b"\n", 3)
    if len(parts) < 4 or parts[0] != b"P6":
        return 0, 0
    width, height = parts[1].split()
    return int(width), int(height)


def pixels_of(picture: bytes) -> bytes:
    """Return the RGB bytes of a picture as PPM, row by row."""
    width, height = size_of(picture)
    return picture[len(picture) - 3 * width * height :]


def drawn(root: Path, run: Callable[..., str], kind: str, size: tuple[int, int]) -> bytes:
    """Draw the `SITE` or the `BUILT_IN` lobby by a program that `run` starts in a root; return RGB bytes."""
    program, out = root / "root/draw_lobby.py", root / "root/drawn"
    program.write_text(DRAWING)
    said = run("python3", "-IB", "/root/draw_lobby.py", kind, *map(str, size), "/root/drawn")
    assert out.is_file(), said
    pixels = out.read_bytes()
    out.unlink()
    program.unlink()
    assert len(pixels) == 3 * size[0] * size[1]
    return pixels
