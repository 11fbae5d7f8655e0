"""The index of a folder is made in small steps, and whoever asks before the last one finds the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QObject

from kiosk.find.index import STEP, Narrowing, Query, search, writing
from kiosk.find.rows import areas_of, rows_of
from kiosk.house import built_in_house, open_house
from kiosk.ui.preparing import Preparing
from tests.ui.houses import DATA
from tests.ui.larger import write_larger

SITE = "hospital-waiting-room.toml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_larger(tmp_path_factory.mktemp("made"))


@pytest.fixture
def house(folder):
    return open_house(folder, folder / "sites" / SITE)


def finder_of(house):
    return house.finder(house.today(house.when()))


def found(house):
    return [
        finder_of(house).search(Query(typed), Narrowing(), 9) for typed in ("a", "legal", "ounsel", "314")
    ]


def test_no_step_reads_or_enters_more_than_a_few_entries(house):
    read = []
    library = house.library

    def rows():
        for row in rows_of(library, ["en"], lambda _, text: text.english, areas_of(library)):
            read.append(row.service)
            yield row

    with closing(sqlite3.connect(":memory:")) as connection:
        before = (0, 0)
        for _ in writing(connection, rows()):
            now = (len(read), connection.total_changes)
            assert now[0] - before[0] <= STEP
            assert now[1] - before[1] <= 4 * STEP
            before = now
        assert len(read) == len(library.services)
        for id_, service in library.services.items():
            assert id_ in search(connection, Query(service.name), Narrowing(), len(read)).services


def test_whoever_asks_before_the_last_step_finds_the_same(folder, house):
    whole = found(open_house(folder, folder / "sites" / SITE))
    assert all(each.total for each in whole)
    for taken in (1, 40):
        half = open_house(folder, folder / "sites" / SITE)
        steps = finder_of(half).steps()
        for _ in range(taken):
            next(steps)
        assert found(half) == whole
        assert list(steps) == []


def test_one_index_serves_every_day(house):
    before = found(house)
    tomorrow = house.today(house.when())
    house._finders.clear()
    assert found(house) == before
    assert list(house.finder(tomorrow).steps()) == []


def test_it_is_made_before_anybody_opens_find(house, qtbot):
    parent = QObject()
    preparing = Preparing(parent, house)
    qtbot.waitUntil(lambda: preparing.is_over, timeout=30_000)
    assert list(finder_of(house).steps()) == []
    connection = house._made._connection
    assert connection.execute("SELECT count(*) FROM find_row").fetchone() == (len(house.library.services),)


def test_nothing_is_made_for_a_directory_without_find():
    house = built_in_house(DATA)
    assert list(finder_of(house).steps()) == []
    assert house._made._connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
