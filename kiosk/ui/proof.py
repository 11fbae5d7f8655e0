"""Every page, language and panel as a picture, and one contact sheet, for an agency to sign off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PySide6.QtWidgets import QApplication

from kiosk.content.along import Along, silently
from kiosk.house import House
from kiosk.ui.gallery import Example, examples, examples_later, house_later
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


@dataclass(frozen=True)
class Wanted:
    """Which pictures: one panel such as "1080x1920", one language, or all for None."""

    panel: str | None = None
    language: str | None = None


def draw_proof(house: House, out: Path, wanted: Wanted, along: Along = silently) -> Iterator[str]:
    """Draw the pictures and `contact-sheet.pdf` into `out`, saying what was drawn. Raises OSError."""
    application = QApplication.instance() or make_application()
    drawn: dict[Path, list[Path]] = {}
    for size in [wanted.panel] if wanted.panel else PANELS:
        for language in [wanted.language] if wanted.language else house.settings.languages:
            folder = out / house.settings.id / size / language
            folder.mkdir(parents=True, exist_ok=True)
            panel = panel_named(size)
            shown = [(house, example) for example in examples(house)]
            shown += [(house_later(house), example) for example in examples_later(house)]
            steps = along(shown, f"{size} {language}")
            paths = [p for when, example in steps for p in _draw(when, example, panel, language, folder)]
            drawn[folder] = paths
            yield f"{folder}: {len(paths)} pictures"
    sheet = out / house.settings.id / "contact-sheet.pdf"
    pages = _contact_sheet(drawn, sheet, out)
    yield f"{sheet}: {sum(len(paths) for paths in drawn.values())} pictures on {pages} pages"
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


def _contact_sheet(folders: Mapping[Path, list[Path]], target: Path, root: Path) -> int:
    """Lay all pictures out on pages of A4, each with its name and a box to tick; return the pages.

    One page is in memory at a time, whatever the number of pictures.
    """
    target.unlink(missing_ok=True)
    sheets = 0
    for paths in folders.values():
        with Image.open(paths[0]) as first:
            columns, rows = (4, 4) if first.height > first.width else (3, 6)
        for start in range(0, len(paths), columns * rows):
            sheet = Image.new("RGB", SHEET, "white")
            for index, path in enumerate(paths[start : start + columns * rows]):
                wide, high = (SHEET[0] - 80) // columns, (SHEET[1] - 80) // rows
                box = (40 + index % columns * wide, 40 + index // columns * high, wide - 20, high - 56)
                _paste(sheet, path, box, str(path.relative_to(root).with_suffix("")))
            sheet.save(target, resolution=150, append=target.exists())
            sheets += 1
    return sheets


def _paste(sheet: Image.Image, path: Path, box: tuple[int, int, int, int], caption: str) -> None:
    """Put a picture into (left, top, width, height) with its caption and a box to tick below."""
    left, top, wide, high = box
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=15)
    with Image.open(path) as picture_file:
        small = picture_file.copy()
    small.thumbnail((wide, high))
    sheet.paste(small, (left, top))
    draw.rectangle((left, top, left + small.width, top + small.height), outline="#999999")
    where, _, name = caption.rpartition("/")
    below = top + small.height + 4
    for line, text in enumerate((where, name)):
        draw.text((left + 22, below + 18 * line), text[: wide // 8], fill="black", font=font)
    draw.rectangle((left, below + 2, left + 14, below + 16), outline="black")
