"""Every page, language and panel as a picture, and one contact sheet, for an agency to sign off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PySide6.QtWidgets import QApplication

from kiosk.house import House
from kiosk.ui.gallery import Example, examples
from kiosk.ui.picture import built, picture, with_part
from kiosk.ui.run import make_application
from kiosk.ui.theme import Panel

# The panels the product names, with the lit width in mm of a common model of that size.
PANELS = {
    "1080x1920": 268.0,  # 21.5 inch, portrait
    "1920x1080": 476.0,  # 21.5 inch
    "800x1280": 136.0,  # 10.1 inch, portrait
    "1280x800": 217.0,  # 10.1 inch
    "1024x600": 222.0,  # 10.1 inch
    "3840x2160": 941.0,  # 43 inch
}
SHEET = (1240, 1754)  # A4 at 150 dots per inch
COLUMNS, ROWS = 4, 4


@dataclass(frozen=True)
class Wanted:
    """Which pictures: one panel such as "1080x1920", one language, or all for None."""

    panel: str | None = None
    language: str | None = None


def draw_proof(house: House, out: Path, wanted: Wanted) -> Iterator[str]:
    """Draw the pictures and `contact-sheet.pdf` into `out`, saying what was drawn. Raises OSError."""
    application = QApplication.instance() or make_application()
    drawn: list[Path] = []
    for size in [wanted.panel] if wanted.panel else PANELS:
        for language in [wanted.language] if wanted.language else house.settings.languages:
            folder = out / house.settings.id / size / language
            folder.mkdir(parents=True, exist_ok=True)
            before = len(drawn)
            for example in examples(house):
                drawn += _draw(house, example, panel_named(size), language, folder)
            yield f"{folder}: {len(drawn) - before} pictures"
    sheet = out / house.settings.id / "contact-sheet.pdf"
    _contact_sheet(drawn, sheet, out)
    yield f"{sheet}: {len(drawn)} pictures on {-(-len(drawn) // (COLUMNS * ROWS))} pages"
    del application


def panel_named(size: str) -> Panel:
    """Return the panel of a size such as "1080x1920"."""
    width, height = (int(number) for number in size.split("x"))
    return Panel.measured(width, height, PANELS.get(size))


def _draw(house: House, example: Example, panel: Panel, language: str, folder: Path) -> list[Path]:
    visit = replace(example.visit, language=language)
    page = built(house, visit, panel)
    paths = []
    for part in range(page.part_count):
        shown = page if part == 0 else built(house, with_part(visit, part), panel)
        suffix = f"-{part + 1}" if page.part_count > 1 else ""
        path = folder / f"{example.name}{suffix}.png"
        picture(shown).save(str(path))
        paths.append(path)
    return paths


def _contact_sheet(paths: list[Path], target: Path, root: Path) -> None:
    """Lay all pictures out on pages of A4, each with its name and a box to tick."""
    sheets = []
    font = ImageFont.load_default(size=15)
    for start in range(0, len(paths), COLUMNS * ROWS):
        sheet = Image.new("RGB", SHEET, "white")
        draw = ImageDraw.Draw(sheet)
        for index, path in enumerate(paths[start : start + COLUMNS * ROWS]):
            _paste(sheet, draw, font, path, index, root)
        sheets.append(sheet)
    if sheets:
        sheets[0].save(target, save_all=True, append_images=sheets[1:], resolution=150)


def _paste(
    sheet: Image.Image,
    draw: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    path: Path,
    index: int,
    root: Path,
) -> None:
    wide, high = (SHEET[0] - 80) // COLUMNS, (SHEET[1] - 80) // ROWS
    left, top = 40 + index % COLUMNS * wide, 40 + index // COLUMNS * high
    with Image.open(path) as picture_file:
        small = picture_file.copy()
    small.thumbnail((wide - 20, high - 60))
    sheet.paste(small, (left, top))
    draw.rectangle((left, top, left + small.width, top + small.height), outline="#999999")
    caption = str(path.relative_to(root).with_suffix(""))
    for line, text in enumerate((caption.rpartition("/")[0], caption.rpartition("/")[2])):
        draw.text((left + 22, top + small.height + 4 + 18 * line), text[:40], fill="black", font=font)
    draw.rectangle((left, top + small.height + 6, left + 14, top + small.height + 20), outline="black")
