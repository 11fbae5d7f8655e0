"""A built directory is the directory it was built from, answers at once, and is refused when it is torn."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.age import days_checked, shown_on, today_by
from kiosk.content.codec import json_of, value_of
from kiosk.content.faults import ContentError
from kiosk.content.library import load_library
from kiosk.content.listing import MOST_LISTED, Rank, count_in, listed, rank
from kiosk.content.model import Phone, Service
from kiosk.content.names import names_of
from kiosk.content.rows import DamagedError
from kiosk.content.store import FORM, Edition, built
from kiosk.content.stored import open_stored
from tests.content.conftest import HERE, ICONS, TODAY
from tests.sets.made import NEEDS, libraries, library_of, services

ROOT = HERE.parents[1]
MONDAY = datetime(2026, 11, 16, tzinfo=ZoneInfo("America/Chicago"))
minutes = st.integers(0, 7 * 1440 - 1) | st.sampled_from([0, 509, 510, 720, 1439, 1440, 7 * 1440 - 1])


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("built") / "directory.kiosk"


def file_of(library, words=MappingProxyType({}), extras=()) -> bytes:
    return built({"": Edition(library, words)}, {}, extras)


@contextmanager
def opened(place: Path, *arguments):
    place.write_bytes(file_of(*arguments))
    with closing(open_stored(place)) as stored:
        yield stored


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.kiosk"
    path.write_bytes(file_of(load_library(HERE / "good", TODAY, ICONS)))
    return path


@pytest.mark.parametrize("folder", [ROOT / "data", HERE / "good"], ids=["shipped", "good"])
def test_what_is_built_is_what_was_read(folder, place):
    library = load_library(folder, TODAY)
    with opened(place, library) as stored:
        assert stored.library == library
        for kind in ("organizations", "services", "categories", "guides"):
            assert list(getattr(stored.library, kind)) == list(getattr(library, kind))
        for category in library.categories:
            assert stored.library.in_category(category) == library.in_category(category)
            assert stored.library.guides_in(category) == library.guides_in(category)
        assert "nobody" not in stored.library.services
        assert stored.library.index.names() == names_of(library)
        assert stored.faults() == ()


@given(library=libraries(), after=minutes)
def test_made_up_directories_come_back_and_are_listed_the_same(place, library, after):
    when = MONDAY + timedelta(minutes=after)
    with opened(place, library) as stored:
        assert stored.library == library
        for need in NEEDS:
            for in_writing in (False, True):
                mine = listed(library, need, when, in_writing=in_writing)
                assert listed(stored.library, need, when, in_writing=in_writing) == mine
                count = count_in(library, need, in_writing=in_writing)
                assert count_in(stored.library, need, in_writing=in_writing) == count
                assert len(mine) == min(count, MOST_LISTED)


@given(library=libraries(), after=minutes)
def test_nothing_that_is_open_stands_behind_what_is_closed(library, after):
    when = MONDAY + timedelta(minutes=after)
    for need in NEEDS:
        ranks = [rank(service, when) for service in listed(library, need, when)]
        assert ranks == sorted(ranks)
        left = {s.id for s in library.in_category(need)} - {s.id for s in listed(library, need, when)}
        assert all(rank(library.services[id_], when) >= max(ranks, default=Rank.EMERGENCY) for id_ in left)


@given(library=libraries())
def test_the_same_directory_gives_the_same_bytes(library):
    words = {"es": {"b": {"Words": "Palabras"}, "a": {"Words": "Otra"}}, "ar": {}}
    again = {"ar": {}, "es": dict(reversed(words["es"].items()))}
    assert file_of(library, words) == file_of(library, again)


@given(service=services())
def test_a_value_comes_back_from_its_json(service):
    assert value_of(Service, json_of(service)) == service
    assert json_of(value_of(Service, json_of(service))) == json_of(service)


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"kind":1}', '{"nothing":1}', "null", '"x"', "NaN", '{"kind":"voice","digits":911}'],
)
def test_json_of_another_form_is_no_value(body):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, it is never a number
        value_of(Phone, body)


def test_no_more_are_asked_for_than_are_kept(good):
    with closing(open_stored(good)) as stored, pytest.raises(ValueError, match="at most"):
        listed(stored.library, NEEDS[0], MONDAY, MOST_LISTED + 1)


def test_translations_are_found_by_id_and_english(place):
    library = load_library(HERE / "good", TODAY, ICONS)
    with opened(place, library, {"es": {"a.b": {"Call": "Llame", "Call now": "Llame ya"}}}) as stored:
        spanish = stored.catalog("es")
        assert [spanish.pgettext("a.b", english) for english in ("Call", "Call now")] == ["Llame", "Llame ya"]
        assert spanish.pgettext("a.b", "Call me") == "Call me"
        assert spanish.pgettext("nobody", "Call") == "Call"
        assert stored.catalog("ar") is None


def test_others_may_add_tables_of_their_own(place):
    def add(connection: sqlite3.Connection, name: str, edition: Edition) -> None:
        assert (name, len(edition.library.services)) == ("", 3)
        connection.execute("CREATE TABLE found (word TEXT)")
        connection.execute("INSERT INTO found VALUES ('help')")

    with opened(place, load_library(HERE / "good", TODAY, ICONS), {}, [add]) as stored:
        connection = stored.library.index.connection
        assert connection.execute("SELECT word FROM found").fetchall() == [("help",)]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM found")


def refused(path: Path) -> str:
    with pytest.raises(ContentError) as caught:
        open_stored(path)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == (path.name, 1)
    assert ";" in fault.message or "damaged" in fault.message
    return fault.message


@pytest.mark.parametrize("keep", [0, 1, 99, 100, 4096, -4096, -1])
def test_a_torn_file_is_refused(good, keep):
    good.write_bytes(good.read_bytes()[:keep])
    assert ("is no built directory" if 0 <= keep < 72 else "copy the file again") in refused(good)


def test_a_file_that_grew_is_refused(good):
    good.write_bytes(good.read_bytes() + b"\0")
    assert "copy the file again" in refused(good)


@pytest.mark.parametrize("raw", [b"schema = 1\n" * 99, b"\0" * 9000, bytes(range(256)) * 32])
def test_a_file_that_is_something_else_is_refused(tmp_path, raw):
    (tmp_path / "x").write_bytes(raw)
    assert "is no built directory; build one" in refused(tmp_path / "x")


def test_another_database_is_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "x")) as connection:
        connection.execute("CREATE TABLE part (number INTEGER PRIMARY KEY)")
        connection.commit()
    assert "is no built directory" in refused(tmp_path / "x")


@pytest.mark.parametrize("form", [FORM - 1, FORM + 1], ids=["earlier", "newer"])
def test_another_form_is_refused_by_its_number(good, form):
    with closing(sqlite3.connect(good)) as connection:
        connection.execute(f"PRAGMA user_version = {form}")
    assert f"another version of the kiosk (form {form}, here {FORM}); build it anew" in refused(good)


def test_a_database_with_our_mark_and_nothing_in_it_is_refused(tmp_path, good):
    with closing(sqlite3.connect(good)) as connection:
        connection.execute("DELETE FROM part")
        connection.commit()
    assert "damaged" in refused(good)


def test_a_missing_file_is_refused(tmp_path):
    assert "cannot be read" in refused(tmp_path / "nothing")


def test_a_changed_number_is_never_shown(good):
    with closing(sqlite3.connect(good)) as connection:
        connection.execute("UPDATE part SET body = replace(body, '866-555-6682', '866-555-6683')")
        connection.commit()
    with closing(open_stored(good)) as stored:
        with pytest.raises(DamagedError):
            stored.library.services["lake-desk"]
        assert [fault.message for fault in stored.faults()] == [
            "a part of this file is damaged; copy the file again, or build it anew"
        ]


def test_rows_that_changed_places_are_never_shown(good):
    with closing(sqlite3.connect(good)) as connection:
        rows = dict(connection.execute("SELECT id, number FROM part WHERE kind = 'service'"))
        bodies = dict(connection.execute("SELECT number, body FROM part WHERE kind = 'service'"))
        for mine, other in (("hill", "lake-desk"), ("lake-desk", "hill")):
            connection.execute("UPDATE part SET body = ? WHERE number = ?", (bodies[rows[other]], rows[mine]))
        connection.commit()
    with closing(open_stored(good)) as stored, pytest.raises(DamagedError):
        stored.library.services["hill"]


def test_a_damaged_translation_is_english(place):
    library = load_library(HERE / "good", TODAY, ICONS)
    place.write_bytes(file_of(library, {"es": {"a.b": {"Call": "Llame"}}}).replace(b"Llame", b"Llama"))
    with closing(open_stored(place)) as stored:
        assert stored.catalog("es").pgettext("a.b", "Call") == "Call"
        assert stored.faults()


@given(at=st.floats(0, 1), byte=st.integers(0, 255))
def test_one_changed_byte_changes_nothing_that_is_shown(place, at, byte):
    """Whatever is still read is what was built; anything else is refused, at once or row by row."""
    library = load_library(HERE / "good", TODAY, ICONS)
    raw = bytearray(file_of(library))
    raw[int(at * (len(raw) - 1))] = byte
    place.write_bytes(raw)
    try:
        stored = open_stored(place)
    except ContentError:
        return
    with closing(stored):
        for id_, service in library.services.items():
            try:
                assert stored.library.services[id_] == service
            except (DamagedError, KeyError):  # KeyError: its way through the index is lost
                assert stored.faults()


def test_the_first_of_many_entries_are_reached_without_the_others(tmp_path):
    """Work is counted in steps of SQLite's machine, which no other program on this computer can slow."""
    kinds = list(load_library(HERE / "good", TODAY, ICONS).services.values())
    steps = {}
    for count in (100, 3_000):
        path = tmp_path / str(count)
        entries = [replace(kinds[n % len(kinds)], categories=NEEDS[:2]) for n in range(count)]
        path.write_bytes(file_of(library_of(entries)))
        with closing(open_stored(path)) as stored:
            taken = []
            stored.library.index.connection.set_progress_handler(lambda taken=taken: taken.append(1), 1)
            for need in NEEDS:
                listed(stored.library, need, MONDAY)
                count_in(stored.library, need)
            for id_ in islice(stored.library.services, 10):
                stored.library.services[id_]
            assert len(stored.library.services) == count
            steps[count] = len(taken)
    assert steps[3_000] < 2 * steps[100]


@given(library=libraries(), days=st.integers(-400, 800))
def test_what_grows_old_leaves_a_file_as_it_leaves_a_folder(place, library, days):
    now = MONDAY + timedelta(days=days)
    with opened(place, library) as stored:
        assert days_checked(stored.library) == days_checked(library)
        today = today_by(now.date(), days_checked(library)[1])
        mine, theirs = shown_on(today, library), shown_on(today, stored.library)
        assert mine == theirs
        assert (theirs is stored.library) == (mine is library)
        for need in NEEDS:
            assert listed(mine, need, now) == listed(theirs, need, now)
            assert count_in(mine, need) == count_in(theirs, need)
