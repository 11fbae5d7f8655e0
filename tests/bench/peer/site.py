"""Writes a house as a static web page into a folder, with the places to press beside it in `places.json`.

In place: one file, whose Hide puts the lobby back on the screen. Exit this page: the lobby is a file of its
own, `index.html`; pressing Hide in `directory.html` lays white over everything and goes there.
Left out, which makes the peer lighter: a second language, text sizes and colours, kept numbers, Still here?,
and the pages About this screen and Show this to staff.
"""

from __future__ import annotations

import json
import math
from enum import StrEnum
from html import escape
from pathlib import Path

from kiosk.content.listing import rank
from kiosk.content.model import Category, Service
from kiosk.house import House
from kiosk.ui.pages.help import ordered_categories
from kiosk.ui.scene import Scene, scene_for
from kiosk.ui.theme import Panel
from kiosk.visit.visit import Visit
from peer import style
from peer.layout import MOST_ROWS, Box, Layout
from peer.sections import Sections

SHARD = 200
"""Entries to a file where the directory is large."""
MOST_IN_PAGE = 1000
"""Larger directories keep their entries in files of their own, read when one of them is opened: a document
of so many sections starts slowly and needs gigabytes."""
Tap = tuple[int, int]


class Exit(StrEnum):
    """What a press on Hide does."""

    IN_PLACE = "in place"
    GOV_UK = "GOV.UK"


class Site:
    """The pages of one house on one screen, and the way to each."""

    def __init__(self, house: House, width: int, height: int) -> None:
        panel_mm = house.settings.panel_width_mm or 268.0
        self.layout = Layout(width, height, panel_mm)
        self.scene: Scene = scene_for(house, Visit(), Panel.measured(width, height, panel_mm))
        self.sections = Sections(self.scene, self.layout)
        self.index = {service.id: i for i, service in enumerate(house.library.services.values())}
        self.walks: dict[str, tuple[Tap, ...]] = {}
        self.ways: dict[str, tuple[Tap, ...]] = {}

    def name(self, id_: str) -> str:
        """Return what `plan.py` calls the page of a section, so that both programs take the same walks."""
        kind, _, which = id_.partition("-")
        if kind == "e":
            return f"resource-{list(self.index)[int(which)]}"
        if kind == "c":
            need, _, part = which.rpartition("-")
            return f"category-{need}" if part == "0" else f"category-{need}-part-{part}"
        return {"t": f"topic-{which}", "g": f"guide-{which}"}.get(kind, id_)

    def lobby(self) -> str:
        """Return the lobby; its last tile opens help."""
        words, site = self.scene.words, self.scene.settings
        columns = 2 if self.layout.is_portrait else 3
        places = self.layout.tiles(self.layout.body(66), len(site.tiles), columns, 125.0)
        parts = []
        for tile, box in zip(site.tiles, places, strict=True):
            go = "help" if tile.opens_help else f"t-{tile.id}"
            kinds = ("main",) if tile.opens_help else ()
            title, hint = words.text(tile.title), words.text(tile.hint)
            parts.append(self.sections.tile(box, go, tile.icon, title, hint, *kinds))
            self.walks[go] = (box.middle,)
        title, lead = words.text(site.welcome), words.text(site.lead)
        return self.sections.page("lobby", title, lead, "".join(parts), 66)

    def topics(self) -> str:
        """Return the pages behind the other tiles of the lobby."""
        words, sections = self.scene.words, self.sections
        found = []
        for tile in self.scene.settings.tiles:
            boxes = self.layout.tiles(self.layout.body(66), len(tile.lines), 1, 40.0)
            notes = [sections.note(b, "info", words.text(t)) for b, t in zip(boxes, tile.lines, strict=True)]
            title, hint = words.text(tile.title), words.text(tile.hint)
            if not tile.opens_help:
                found.append(sections.page(f"t-{tile.id}", title, hint, "".join(notes), 66))
        return "".join(found)

    def help(self) -> str:
        """Return the needs; call it after `lobby`."""
        words, sections, layout = self.scene.words, self.sections, self.layout
        top, area = layout.split(layout.body(66), layout.mm(28))
        area, below = layout.split(area, area.height - layout.mm(15) - layout.gap)
        categories = ordered_categories(self.scene)
        parts = [sections.note(top, "hide", words("help.note"))]
        places = layout.tiles(area, len(categories), 2 if layout.is_portrait else 4)
        for category, box in zip(categories, places, strict=True):
            kinds = ("warm",) if category.urgent else ()
            title, hint = words.text(category.title), words.text(category.hint)
            go = f"c-{category.id}-0"
            parts.append(sections.tile(box, go, category.icon, title, hint, *kinds))
            self.walks[go] = (*self.walks["help"], box.middle)
        apart = [guide for guide in self.scene.library.guides.values() if not guide.categories]
        for guide, box in zip(apart, layout.tiles(below, len(apart), max(1, len(apart))), strict=True):
            go = f"g-{guide.id}"
            label = words.text(guide.title)
            parts.append(sections.button(box, guide.icon, label, f'data-go="{go}"'))
            self.walks[go] = (*self.walks["help"], box.middle)
        return sections.page("help", words("help.title"), words("help.lead"), "".join(parts), 66)

    def category(self, category: Category) -> str:
        """Return the parts of one need, five rows each; call it after `help`."""
        library = self.scene.library
        services = sorted(library.in_category(category.id), key=lambda one: rank(one, self.scene.when))
        rows = [*services, *library.guides_in(category.id)]
        count = max(1, math.ceil(len(rows) / MOST_ROWS))
        return "".join(
            self._part(category, rows[i * MOST_ROWS : (i + 1) * MOST_ROWS], i, count) for i in range(count)
        )

    def _part(self, category: Category, rows: list, part: int, count: int) -> str:
        words, sections, layout = self.scene.words, self.sections, self.layout
        area = layout.body(66)
        high = layout.mm(15)
        area, more = (
            Box(area.left, area.top, area.width, area.height - high - layout.gap),
            Box(area.left, area.top + area.height - high, area.width, high),
        )
        way = self.walks[f"c-{category.id}-{part}"]
        parts = []
        for row, box in zip(rows, layout.tiles(area, MOST_ROWS, 1, 64.0), strict=False):
            if isinstance(row, Service):
                go = f"e-{self.index[row.id]}"
                parts.append(sections.service_row(box, go, row))
            else:
                go = f"g-{row.id}"
                title, lead = words.text(row.title), words.text(row.lead)
                parts.append(sections.row(box, go, title, lead, name=row.icon))
            self.walks.setdefault(go, (*way, box.middle))
        if part + 1 < count:
            go = f"c-{category.id}-{part + 1}"
            label = words("page.more", part=part + 2, count=count)
            parts.append(sections.button(more, "forward", label, f'data-go="{go}"'))
            self.walks[go] = (*way, more.middle)
        title, lead = words.text(category.title), words.text(category.lead)
        return sections.page(f"c-{category.id}-{part}", title, lead, "".join(parts), 66)

    def entries(self) -> list[str]:
        """Return one section for each entry, in the order of their numbers; call it after `category`."""
        found = []
        for service in self.scene.library.services.values():
            id_ = f"e-{self.index[service.id]}"
            html, targets = self.sections.entry(id_, service)
            found.append(html)
            if len(targets) > 1 and id_ in self.walks:
                self.ways[id_] = (*self.walks[id_], targets[1][1].middle)
        return found

    def guides(self) -> str:
        """Return one section for each guide."""
        return "".join(self.sections.guide(f"g-{g.id}", g) for g in self.scene.library.guides.values())


def write_site(house: House, folder: Path, size: tuple[int, int], leaving: Exit) -> Path:
    """Write the page and `places.json`; return the file to start with."""
    site = Site(house, *size)
    lobby = site.lobby()
    rest = [site.topics(), site.help(), *map(site.category, ordered_categories(site.scene)), site.guides()]
    entries = site.entries()
    shards: list[str] = []
    if len(entries) > MOST_IN_PAGE:
        shards = ["".join(entries[i : i + SHARD]) for i in range(0, len(entries), SHARD)]
        entries = []
    directory = f'{"".join(rest)}<div id="entries">{"".join(entries)}</div>'
    title = site.scene.words.text(site.scene.settings.name)
    script = f"const SHARD = {SHARD};{style.SCRIPT}"
    folder.mkdir(parents=True, exist_ok=True)
    for i, shard in enumerate(shards):
        (folder / f"entries-{i}.js").write_text(f"addEntries({json.dumps(shard)});")
    sheet = style.css(site.layout)
    if leaving is Exit.IN_PLACE:
        _write(folder / "index.html", title, sheet, lobby + directory, script + style.COVER)
    else:
        _write(folder / "index.html", title, sheet, lobby, style.LOBBY_ONLY)
        inner = '<section class="page" id="lobby"></section>' + directory
        _write(folder / "directory.html", title, sheet, inner, script + style.EXIT_THIS_PAGE + style.ARRIVE)
        overlay = '<div class="leaving"><div class="overlay" role="alert">Loading.</div></div>'
        _write(folder / "overlay.html", title, sheet, overlay, "")
    _write_places(site, folder / "places.json")
    return folder / "index.html"


def _write(path: Path, title: str, sheet: str, inner: str, script: str) -> None:
    path.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{sheet}</style><body>\n{inner}<script>{script}</script></body></html>\n",
        encoding="utf-8",
    )


def _write_places(site: Site, path: Path) -> None:
    """Write where to press for every page of the directory, in px."""
    strip = site.layout.strip
    path.write_text(
        json.dumps(
            {
                "size": [site.layout.width, site.layout.height],
                "strip": [strip.left, strip.top, strip.width, strip.height],
                "walks": [{"page": site.name(id_), "taps": taps} for id_, taps in site.walks.items()],
                "codes": [{"page": site.name(id_), "taps": taps} for id_, taps in site.ways.items()],
            }
        )
    )
