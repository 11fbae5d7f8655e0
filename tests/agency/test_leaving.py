"""As numbers grow old a kiosk shows, finds and reports the same from the built file as from the folder."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.agency.build import build
from kiosk.content.age import CALL_FIRST_DAYS, LEAVES_DAYS, days_checked
from kiosk.content.listing import count_in, listed
from kiosk.find.index import Narrowing, Query
from kiosk.house import House, open_house, tell_of_built
from tests.ui.larger import write_larger

CHECKED = date(2026, 11, 20)
AGES = (0, 40, 90, 400)
"""Days that the organizations were last checked before the newest, one after the other."""
SITES = ("hospital-waiting-room", "police-lobby")
CHANGES = """schema = 1
hide = ["example-3"]
[[reword]]
service = "alive"
hint = "Ask at the desk, or call 314-555-0101"
"""
DAYS = sorted(
    {CHECKED, date(2000, 1, 1), date(2040, 1, 1)}
    | {
        CHECKED + timedelta(days=limit + over - age)
        for age in AGES
        for limit in (CALL_FIRST_DAYS, LEAVES_DAYS)
        for over in (0, 1)
    }
)


class Clock:
    """The site's clock, turned by hand."""

    def __init__(self) -> None:
        self.day = CHECKED

    def __call__(self, zone: ZoneInfo) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, 0, tzinfo=zone)


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """A folder of some sixty entries of four ages, in which one site changes something, and its file."""
    folder = write_larger(tmp_path_factory.mktemp("aging"), 50)
    for number, path in enumerate(sorted((folder / "organizations").glob("*.toml"))):
        checked = CHECKED - timedelta(days=AGES[number % len(AGES)])
        words = path.read_text(encoding="utf-8").replace(f"{CHECKED}", f"{checked}")
        path.write_text(words, encoding="utf-8")
    (folder / "sites" / SITES[1]).mkdir()
    (folder / "sites" / SITES[1] / "changes.toml").write_text(CHANGES, encoding="utf-8")
    file = folder.with_name("directory.kiosk")
    file.write_bytes(build(folder, CHECKED)[0])
    return folder, file


@pytest.fixture(scope="module", params=SITES)
def both(places, request):
    """The house of the folder and that of the file, with the clock that both go by."""
    folder, file = places
    clock = Clock()
    one = open_house(folder, folder / "sites" / f"{request.param}.toml", now=clock)
    other = open_house(file, file.with_name(f"{request.param}.toml"), now=clock)
    assert other.stored is not None
    assert one.settings.id == other.settings.id == request.param
    with closing(other.stored):
        yield one, other, clock


def found(house: House, typed: str, **narrowing):
    finder = house.finder(house.today(house.when()))
    result = finder.search(Query(typed), Narrowing(**narrowing), 100)
    return finder.is_wanted, result, finder.known(result), finder.longest_names(), finder.area("Missouri")


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_everything_is_the_same_on_the_day(both, day):
    one, other, clock = both
    clock.day = day
    mine, theirs = one.shown_now(), other.shown_now()
    assert theirs == mine
    for need in mine.categories:
        assert theirs.guides_in(need) == mine.guides_in(need)
        for in_writing in (False, True):
            asked = {"in_writing": in_writing}
            assert listed(theirs, need, one.when(), **asked) == listed(mine, need, one.when(), **asked)
            assert count_in(theirs, need, **asked) == count_in(mine, need, **asked)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_find_offers_the_same_and_nothing_that_has_left(both, day):
    one, other, clock = both
    clock.day = day
    for typed in ("", "center", "314", "legal", "riverside", "mov"):
        for narrowing in ({}, {"need": "talk"}, {"in_writing": True}, {"open_at": 700}):
            theirs = found(other, typed, **narrowing)
            assert theirs == found(one, typed, **narrowing)
            _, result, known, _, _ = theirs
            assert len(known) == len(result.services) == result.total


def test_something_leaves_on_these_days(both):
    one, _, clock = both
    sizes = []
    for clock.day in DAYS[1:]:
        sizes.append(len(one.shown_now().services))
    assert len(set(sizes)) > len(AGES)
    assert sizes[-1] < sizes[0]


@pytest.mark.parametrize("day", [CHECKED, date(2000, 1, 1), date(2040, 1, 1), *DAYS[5:8]], ids=str)
@pytest.mark.parametrize("site", SITES)
def test_it_is_told_the_same_at_the_start(places, site, day):
    folder, file = places
    clock, told, also = Clock(), [], []
    clock.day = day
    open_house(folder, folder / "sites" / f"{site}.toml", told.append, clock)
    house = open_house(file, file.with_name(f"{site}.toml"), also.append, clock)
    with closing(house.stored):
        tell_of_built(house, also.append)
    assert also == told


def test_a_file_without_an_index_for_find_offers_nothing_that_has_left(places, tmp_path, both):
    folder, _ = places
    one, _, clock = both
    clock.day = DAYS[-2]
    file = tmp_path / "bare.kiosk"
    file.write_bytes(build(folder, CHECKED, extras=())[0])
    bare = open_house(file, file.with_name(f"{one.settings.id}.toml"), now=clock)
    with closing(bare.stored):
        assert found(bare, "center") == found(one, "center")


def test_a_visit_goes_on_past_midnight(both):
    """The kiosk asks its clock on each page; what the day before showed is let go."""
    one, other, clock = both
    clock.day = days_checked(one.library)[1] + timedelta(days=LEAVES_DAYS)
    before = other.shown_now()
    assert other.shown_now() is before
    clock.day += timedelta(days=1)
    after = other.shown_now()
    assert after == one.shown_now()
    assert len(after.services) < len(before.services)
    assert replace(after, index=None) == after
