"""The index in a built directory finds what the one in memory finds, and damage to it shows nothing wrong."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from kiosk.agency.build import build
from kiosk.find.finder import Finder
from kiosk.find.index import Narrowing, Query
from kiosk.house import open_house
from tests.ui.larger import write_larger

SITE = "hospital-waiting-room.toml"
TYPED = (
    "a",
    "legal",
    "alive",
    "314",
    "9932777",
    "counsel",
    "abogad",
    "警察",
    "cảnh sát",
    "ysis",
    "qqq",
    "st louis",
)
LANGUAGES = ("en", "es", "bs", "vi", "zh", "ar")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The same set as a folder and as a file."""
    folder = write_larger(tmp_path_factory.mktemp("larger"))
    file = folder.with_suffix(".kiosk")
    file.write_bytes(build(folder, date(2026, 11, 20))[0])
    return file, open_house(folder, folder / "sites" / SITE), open_house(file, folder / "sites" / SITE)


def finder_of(house) -> Finder:
    return house.finder(house.today(house.when()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_folder_and_file_find_the_same(both, language):
    _, folder, file = both
    one, other = finder_of(folder), finder_of(file)
    assert other.is_wanted
    for typed in TYPED:
        for narrowing in (Narrowing(), Narrowing(open_at=700), Narrowing(need="legal", language="es")):
            query = Query(typed, language)
            assert other.search(query, narrowing, 9) == one.search(query, narrowing, 9)
    for kind in ("need", "area", "language"):
        assert other.choices(kind) == one.choices(kind)
    assert other.longest_names() == one.longest_names()
    assert other.area("St. Louis County") == one.area("St. Louis County")


def test_the_same_set_gives_the_same_bytes(both):
    file, _, _ = both
    assert build(file.with_suffix(""), date(2026, 11, 20))[0] == file.read_bytes()


def test_an_index_that_is_damaged_finds_nothing_and_breaks_nothing(both, tmp_path):
    file, _, _ = both
    bad = tmp_path / "bad.kiosk"
    bad.write_bytes(file.read_bytes())
    connection = sqlite3.connect(bad)
    connection.execute("UPDATE find_word SET anywhere = x'00ffffffff', in_name = x'01'")
    connection.execute("UPDATE find_beginning SET anywhere = x'0100000000ff', in_name = x''")
    connection.commit()
    connection.close()
    finder = finder_of(open_house(bad, bad.with_name(SITE)))
    for typed in TYPED:
        assert finder.search(Query(typed), Narrowing(), 5).services == ()
    assert finder.search(Query(""), Narrowing(day_and_night=True), 5).total > 0


def test_a_file_without_an_index_is_searched_all_the_same(both, tmp_path):
    file, folder, _ = both
    bare = tmp_path / "bare.kiosk"
    bare.write_bytes(build(file.with_suffix(""), date(2026, 11, 20), extras=())[0])
    finder = finder_of(open_house(bare, bare.with_name(SITE)))
    assert finder.search(Query("alive"), Narrowing(), 5) == finder_of(folder).search(
        Query("alive"), Narrowing(), 5
    )
