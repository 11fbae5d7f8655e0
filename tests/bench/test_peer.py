"""The peer holds what the kiosk shows, and the places to press lie on the screen. No browser needed."""

from __future__ import annotations

import html
import json
from datetime import date

import pytest

pytest.importorskip("PySide6")

from directory import made_up, number, write_directory
from peer.layout import Layout
from peer.sections import Sections
from peer.site import Exit, write_site

from kiosk.content.library import load_library
from kiosk.house import ASSETS, open_house
from kiosk.ui.scene import scene_for
from kiosk.ui.theme import Panel
from kiosk.visit.visit import Visit
from kiosk.words.numbers import plain

SIZES = ((1080, 1920), (3840, 2160))
DATA = ASSETS.parent / "data"


@pytest.fixture(scope="module")
def sites(houses, tmp_path_factory):
    """The peer of the police station's lobby: in place on two screens, and with "Exit this page"."""
    kinds = {"portrait": (SIZES[0], Exit.IN_PLACE), "landscape": (SIZES[1], Exit.IN_PLACE)}
    kinds["elsewhere"] = (SIZES[0], Exit.GOV_UK)
    folders = {}
    for name, (size, leaving) in kinds.items():
        folders[name] = tmp_path_factory.mktemp(name)
        write_site(houses["police-lobby"], folders[name], size, leaving)
    return folders


@pytest.mark.parametrize("name", ["portrait", "elsewhere"])
def test_page_holds_every_entry_and_every_number(house, sites, name):
    written = "".join(path.read_text() for path in sites[name].glob("*.html"))
    text = plain(html.unescape(written)).replace("\u2019", "'")
    for service in house.library.services.values():
        assert service.name in text
        for phone in service.phones:
            assert phone.number in text
    for guide in house.library.guides.values():
        assert guide.title.english in text


@pytest.mark.parametrize(("name", "size"), [("portrait", SIZES[0]), ("landscape", SIZES[1])])
def test_places_lie_on_the_screen_above_the_strip(sites, name, size):
    places = json.loads((sites[name] / "places.json").read_text())
    strip = places["strip"]
    assert strip[1] + strip[3] == size[1]
    taps = [tap for kind in ("walks", "codes") for walk in places[kind] for tap in walk["taps"]]
    assert len(taps) > 100
    assert all(0 <= x < size[0] and 0 <= y < strip[1] for x, y in taps)


def test_every_entry_can_be_reached(house, sites):
    places = json.loads((sites["portrait"] / "places.json").read_text())
    reached = {walk["page"] for walk in places["walks"]}
    assert {f"resource-{service}" for service in house.library.services} <= reached


def test_titles_are_escaped(house):
    scene = scene_for(house, Visit(), Panel.measured(*SIZES[0], 268.0))
    sections = Sections(scene, Layout(*SIZES[0], 268.0))
    page = sections.page("t-x", "<script>alert(1)</script>", "a & b", "", 66)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "a &amp; b" in page


def test_the_checker_takes_a_synthetic_directory(tmp_path):
    told: list[str] = []
    house = open_house(tmp_path / "data", write_directory(tmp_path / "data", DATA, 120), told.append)
    assert told == []
    assert len(house.library.services) == 120
    assert len({number(index) for index in range(100_000)}) == 100_000


def test_a_directory_made_without_files_is_the_one_that_is_written(tmp_path):
    write_directory(tmp_path / "data", DATA, 120)
    written = load_library(tmp_path / "data", date.max)
    assert made_up(DATA, 120) == written
    assert list(made_up(DATA, 120).services) == list(written.services)
