"""One example of every page, measured: nothing overlaps, is cut off, too small or too near the strip.

The default run takes two ways to see the kiosk whole; of all others a pairwise sample: each two of page,
language, panel, text size and colours are seen together once. `-m slow` takes the whole product.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from typing import get_args

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.ui.gallery import Example, examples
from kiosk.ui.picture import built, picture, with_part
from kiosk.ui.proof import PANELS, panel_named
from kiosk.ui.theme import Panel
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.tap import Tap
from kiosk.visit.actions import Open
from kiosk.visit.places import (
    AboutPlace,
    CategoryPlace,
    FindPlace,
    GuidePlace,
    HelpPlace,
    LobbyPlace,
    MyNumbersPlace,
    Place,
    ResourcePlace,
    TopicPlace,
)
from kiosk.visit.visit import Look, TextSize, Visit
from tests.ui.codes import colour_of
from tests.ui.houses import (
    FURTHER_SITE,
    FURTHER_WAYS,
    ROOT,
    SITES,
    WAYS_TO_SEE,
    Seen,
    in_view,
    parts,
    seen_examples,
    turn_to,
)
from tests.ui.rules import Strip, faults_of, rect_of, strip_of

SHOWN = 20  # faults in one message: enough to see their pattern
WHOLE = [Seen("1080x1920", TextSize.NORMAL, "en"), Seen("1024x600", TextSize.LARGEST, "es")]


@pytest.fixture(params=SITES)
def any_house(request, houses):
    return houses[request.param]


@pytest.mark.parametrize("seen", WHOLE, ids=str)
def test_every_page_keeps_the_rules(qapp, any_house, seen):
    assert_rules(any_house, own_examples(any_house), seen)


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("panel_name", PANELS)
def test_each_pair_of_page_language_panel_size_and_colours_keeps_the_rules(qapp, houses, site, panel_name):
    house, rows = houses[site], [row for row in pairwise(houses[site]) if row[1].panel_name == panel_name]
    found = [fault for example, seen, look in rows for fault in faults(house, in_look(example, look), seen)]
    more = "" if len(found) <= SHOWN else f"\n... and {len(found) - SHOWN} more"
    assert not found, f"{len(found)} faults on {panel_name}:\n" + "\n".join(found[:SHOWN]) + more


@pytest.mark.parametrize("site", SITES)
def test_the_sample_has_every_pair(houses, site):
    rows = [
        (example.name, seen.language, seen.panel_name, seen.size, look)
        for example, seen, look in pairwise(houses[site])
    ]
    for one, other in combinations(zip(*rows, strict=True), 2):
        assert len(set(zip(one, other, strict=True))) == len(set(one)) * len(set(other))
    assert {row[1] for row in rows} == set(houses[site].settings.languages)
    assert {row[3] for row in rows} == set(TextSize)
    assert {row[4] for row in rows} == set(Look)


@pytest.mark.slow
@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("seen", [*WAYS_TO_SEE, *FURTHER_WAYS], ids=str)
def test_every_page_keeps_the_rules_everywhere(qapp, houses, seen, look):
    for house in houses.values():
        if seen.language in house.settings.languages:
            assert_rules(house, [in_look(each, look) for each in pages_of(house)], seen)


def pairwise(house) -> list[tuple[Example, Seen, Look]]:
    """Each example once on each panel, the languages, sizes and colours taking turns: none of them is larger.

    So every example meets every value; the values of two others meet over the examples, as a test counts.
    """
    rows = []
    for number, example in enumerate(pages_of(house)):
        for turn, panel_name in enumerate(PANELS):
            language = house.settings.languages[(turn + number) % len(house.settings.languages)]
            size = list(TextSize)[(turn + number // 6) % 3]
            look = list(Look)[(turn + number // 2) % 4]
            rows.append((example, Seen(panel_name, size, language), look))
    return rows


def pages_of(house) -> list[Example]:
    """All pages of the site with all languages; of the other one those that its site file changes."""
    return seen_examples(house) if house.settings.id == FURTHER_SITE else site_pages(house)


def in_look(example: Example, look: Look) -> Example:
    return replace(example, visit=replace(example.visit, look=look))


def own_examples(house) -> list[Example]:
    """All pages of the first site; of the others those that their site file changes."""
    every = seen_examples(house)
    if house.settings.id == SITES[0]:
        return every
    return site_pages(house)


def site_pages(house) -> list[Example]:
    own = LobbyPlace | TopicPlace | HelpPlace | CategoryPlace | AboutPlace
    return [example for example in seen_examples(house) if isinstance(example.visit.place, own)]


def assert_rules(house, chosen, seen):
    found = [fault for example in chosen for fault in faults(house, example, seen)]
    more = "" if len(found) <= SHOWN else f"\n... and {len(found) - SHOWN} more"
    assert not found, f"{len(found)} faults on {seen}:\n" + "\n".join(found[:SHOWN]) + more


def faults(house, example: Example, seen: Seen) -> list[str]:
    """Every fault of all parts of one page."""
    panel, found = seen.panel, []
    shown = list(parts(house, in_view(example.visit, seen), panel))
    for number, (visit, page) in enumerate(shown):
        told = faults_of(page, panel, seen.size)
        if page.part_count != len(shown):
            told.append(f"parts: {page.part_count} said, {len(shown)} reached by More")
        if (turn_to(page, visit, -1) is None) != (number == 0):
            told.append("parts: Previous is missing, or leads before the first part")
        if strip_of(page).geometry() != page.strip_rect() or not same_strip(page, panel):
            told.append("strip: not where it is on other pages")
        found += [f"{example.name}#{number + 1} {fault}" for fault in told]
    return found


def same_strip(page: Page, panel: Panel) -> bool:
    strip = page.findChild(Strip)
    return strip.geometry().getRect() == (
        0,
        panel.height - strip.theme.strip_height,
        panel.width,
        strip.height(),
    )


# What the gallery holds


def test_gallery_shows_every_kind_of_place(any_house):
    shown = {type(example.visit.place) for example in examples(any_house)}
    rare = (
        set() if any_house.finder(any_house.today(any_house.when())).is_wanted else {FindPlace}
    )  # tests/test_find_pages.py has a house for it
    assert shown == set(get_args(Place)) - rare


def test_gallery_shows_every_entry_guide_category_and_tile(any_house):
    places = {example.visit.place for example in examples(any_house)}
    library, settings = any_house.library, any_house.settings
    wanted = {ResourcePlace(id_) for id_ in library.services}
    wanted |= {GuidePlace(id_) for id_ in library.guides}
    wanted |= {CategoryPlace(id_) for id_ in library.categories if library.in_category(id_)}
    wanted |= {TopicPlace(tile.id) for tile in settings.tiles if not tile.opens_help}
    assert wanted - places == set()


def test_gallery_names_are_good_for_files(any_house):
    names = [example.name for example in examples(any_house)]
    assert len(set(names)) == len(names)
    assert [name for name in names if not all(c.isalnum() or c in "-_." for c in name)] == []


def test_every_category_has_something_to_show(any_house):
    assert [id_ for id_ in any_house.library.categories if not any_house.library.in_category(id_)] == []


# What can be reached


@pytest.mark.parametrize("panel_name", PANELS)
@pytest.mark.parametrize("size", TextSize)
def test_every_need_entry_and_guide_is_reached_by_touch(qapp, house, panel_name, size):
    panel = panel_named(panel_name)
    opened = walk(house, panel, size, Visit())
    library = house.library
    wanted: set[Place] = {CategoryPlace(id_) for id_ in library.categories if library.in_category(id_)}
    wanted |= {ResourcePlace(id_) for id_ in library.services} | {GuidePlace(id_) for id_ in library.guides}
    assert wanted - opened == set()


def walk(house, panel, size, start: Visit) -> set[Place]:
    """Every place that a touch opens, from the lobby on."""
    found: set[Place] = set()
    ahead = [start.place]
    while ahead:
        place = ahead.pop()
        if place in found or isinstance(place, MyNumbersPlace):
            continue
        found.add(place)
        visit = replace(start, trail=(LobbyPlace(), place), size=size)
        for _, page in parts(house, visit, panel):
            ahead += [b.action.place for b in page.findChildren(Tap) if isinstance(b.action, Open)]
    return found


@pytest.mark.parametrize("seen", [s for s in WAYS_TO_SEE if s.language == "es"], ids=str)
def test_strip_stands_at_one_place_on_every_page_and_part(qapp, house, seen):
    # Normal text is the reference: no size, language or page may move the strip by a pixel.
    panel = seen.panel
    resting = built(house, Visit(), panel)
    lobby = strip_of(resting).geometry()
    for example in (Visit(), Visit(trail=(LobbyPlace(), HelpPlace()))):
        for _, page in parts(house, in_view(example, seen), panel):
            assert strip_of(page).geometry() == lobby


@pytest.mark.parametrize("panel_name", PANELS)
def test_a_part_that_no_longer_exists_shows_the_last_one(qapp, house, panel_name):
    panel = panel_named(panel_name)
    for example in examples(house):
        page = built(house, with_part(example.visit, 99), panel)
        assert turn_to(page, with_part(example.visit, page.part_count - 1), +1) is None


# What is painted


@pytest.mark.parametrize("panel_name", ["1080x1920", "1024x600"])
def test_no_picture_and_no_piece_of_one_is_blank(qapp, any_house, panel_name):
    panel = panel_named(panel_name)
    blank = []
    for example in own_examples(any_house):
        page = built(any_house, example.visit, panel)
        pixels = colour_of(picture(page))
        if len(np.unique(pixels[::3, ::3, 1])) < 8:  # shades of green will do
            blank.append(f"{example.name}: the whole page")
        blank += [f"{example.name}: {name}" for name in blank_pieces(page, pixels)]
    assert not blank, "\n".join(blank[:SHOWN])


def blank_pieces(page: Page, pixels: np.ndarray) -> list[str]:
    """Buttons and texts whose inside is of one colour."""
    found = []
    for widget in page.findChildren(QWidget):
        if not isinstance(widget, Tap | QLabel) or isinstance(widget, Surface):
            continue
        left, top, width, height = rect_of(widget, page).getRect()
        inset = min(width, height) // 6
        inside = pixels[top + inset : top + height - inset, left + inset : left + width - inset]
        if inside.size == 0 or (inside == inside[0, 0]).all():
            found.append(repr(widget.text())[:50])
    return found


@pytest.mark.parametrize("panel_name", ["1080x1920", "800x1280"])
def test_two_builds_give_the_same_pixels(qapp, any_house, panel_name):
    panel = panel_named(panel_name)
    chosen = examples(any_house)[:: 3 if panel_name == "800x1280" else 7]
    differing = []
    for example in chosen:
        # The first painting of letters above 64 px differs from later ones in shades of their outlines.
        drawn = [picture(built(any_house, example.visit, panel)) for _ in range(3)]
        if drawn[1] != drawn[2]:
            differing.append(example.name)
    assert differing == []


@pytest.mark.parametrize("panel_name", PANELS)
def test_lobby_after_a_visit_has_the_pixels_of_the_first(qapp, any_house, panel_name):
    panel = panel_named(panel_name)
    picture(built(any_house, Visit(), panel))  # the kiosk paints its lobby before it is shown
    first = picture(built(any_house, Visit(), panel))
    for example in examples(any_house)[::20]:
        picture(built(any_house, example.visit, panel))
    assert picture(built(any_house, Visit(), panel)) == first


FRESH_LOBBY = """
import sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from PySide6.QtCore import QSize
from kiosk.ui.proof import panel_named
from kiosk.ui.session import Session
from kiosk.ui.window import KioskWindow
from kiosk.visit.idle import IdleLimits
from tests.ui.houses import open_houses
for house in open_houses().values():
    panel = panel_named(sys.argv[1])
    window = KioskWindow(house, Session(IdleLimits()), QSize(panel.width, panel.height))
    window.warm_up()
    first, second, third = (window.grab().toImage() for _ in range(3))
    if first != second or first != third:
        print(house.settings.id)
"""


@pytest.mark.parametrize("panel_name", PANELS)
def test_lobby_of_a_fresh_process_has_the_pixels_of_an_old_one(panel_name):
    # A hide shows the old visit's lobby, then the lobby of a fresh process above it.
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", FRESH_LOBBY, panel_name]
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]
