"""On whatever day, a built directory shows what the folder shows, and reads no more for what has left."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.age import CALL_FIRST_DAYS, LEAVES_DAYS, is_old_entry, shown_on, today_by, told_to_it
from kiosk.content.leaving import days_of
from kiosk.content.library import load_library
from kiosk.content.listing import MOST_LISTED, count_in, listed
from kiosk.content.model import Library, ServiceId
from kiosk.content.rows import DamagedError, Rows
from kiosk.content.store import Edition, built
from kiosk.content.stored import Stored, open_stored
from tests.content.conftest import HERE, ICONS, TODAY
from tests.sets.aging import NEWEST, aging_libraries
from tests.sets.made import NEEDS, library_of, text

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("America/Chicago"))
BOUNDARIES = (CALL_FIRST_DAYS, CALL_FIRST_DAYS + 1, LEAVES_DAYS, LEAVES_DAYS + 1)
OLD, OLDER = NEWEST - timedelta(days=100), NEWEST - timedelta(days=200)
DAYS = sorted(
    {NEWEST, date(2000, 1, 1), date(2040, 1, 1), date.max}
    | {since + timedelta(days=days) for since in (OLDER, OLD, NEWEST) for days in BOUNDARIES}
)
GOOD = load_library(HERE / "good", TODAY, ICONS)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("leaving") / "directory.kiosk"


@contextmanager
def opened(place, library: Library, *extras):
    place.write_bytes(built({"": Edition(library, {})}, {}, extras))
    with closing(open_stored(place)) as stored:
        yield stored


def assert_same(folder: Library, stored: Stored, now: datetime) -> Library:
    """Compare what is shown, listed, counted and told by the clock `now`; return it."""
    today = today_by(now.date(), folder_newest(folder))
    mine, theirs = shown_on(today, folder), shown_on(today, stored.library)
    assert mine == theirs
    assert (theirs is stored.library) == (mine is folder)
    for kind in ("services", "organizations", "guides", "categories"):
        ours, there = getattr(mine, kind), getattr(theirs, kind)
        assert list(ours.items()) == list(there.items())
        assert len(ours) == len(there)
        assert all((id_ in there) == (id_ in ours) for id_ in (*getattr(folder, kind), "nobody"))
    for need in folder.categories:
        assert theirs.in_category(need) == mine.in_category(need)
        assert theirs.guides_in(need) == mine.guides_in(need)
        for in_writing in (False, True):
            for when in (now, now.replace(hour=3), now.replace(hour=23, minute=59)):
                ours = listed(mine, need, when, in_writing=in_writing)
                assert listed(theirs, need, when, in_writing=in_writing) == ours
                assert listed(theirs, need, when, 2, in_writing=in_writing) == ours[:2]
            assert count_in(theirs, need, in_writing=in_writing) == count_in(
                mine, need, in_writing=in_writing
            )
    assert list(told_to_it(folder, mine, today)) == list(told_to_it(stored.library, theirs, today))
    return mine


def folder_newest(library: Library) -> date:
    return max(p for s in library.services.values() for p in [q.checked for q in s.phones] or [s.checked])


def at(day: date) -> datetime:
    return datetime.combine(day, NOON.timetz())


@given(library=aging_libraries(), days=st.lists(st.integers(300, 1100) | st.integers(320, 370), min_size=1))
def test_on_any_day_the_file_shows_what_the_folder_shows(place, library, days):
    """One opened file goes through several days in any order, as under a clock that is set."""
    with opened(place, library) as stored:
        for after in days:
            assert_same(library, stored, NOON + timedelta(days=after))


def entry(name: str, checked: date, **changed):
    """Return an entry that nobody answers day and night, with one number of that day."""
    kind = GOOD.services[ServiceId("lake-desk")]
    phones = tuple(replace(phone, checked=checked, open_24h=False) for phone in kind.phones[:1])
    return replace(kind, **{"name": name, "phones": phones, "checked": checked, "instead": (), **changed})


@pytest.fixture(scope="module")
def made() -> Library:
    """Day and night, recent, old; old and recent in one; led to; named; one need of which all is old."""
    named = (text("caution.0", "Or call 314-555-0188."), text("caution.1", "Call 911."))
    recent = entry("recent", NEWEST, categories=NEEDS[:1], cautions=named)
    lasting = replace(
        entry("lasting", OLDER), phones=(replace(recent.phones[0], checked=OLDER, open_24h=True),)
    )
    old = replace(recent.phones[0], digits="3145550188", checked=OLD)
    two = (replace(recent.phones[0], checked=OLDER), replace(recent.phones[0], digits="3145550177"))
    entries = [
        replace(lasting, categories=NEEDS[:1]),
        recent,
        entry("old", OLD, phones=(old,), categories=NEEDS[1:2]),
        entry("older", OLDER, categories=NEEDS[:2]),
        entry("both", OLDER, phones=two, categories=NEEDS[:1]),
        entry("lone", NEWEST, phones=(), website=None, address=None, categories=NEEDS[1:2]),
    ]
    library = library_of(entries)
    services = dict(library.services)
    lone = ServiceId("entry-5")
    services[lone] = replace(services[lone], instead=(ServiceId("entry-2"), ServiceId("entry-3")))
    (guide,) = library.guides.values()
    step = replace(guide.steps[0], service=ServiceId("entry-3"))
    return replace(library, services=services, guides={guide.id: replace(guide, steps=(step,))})


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_days_around_every_limit_are_the_same_from_both(made, place, day):
    with opened(place, made) as stored:
        assert_same(made, stored, at(day))


def test_a_need_empties_and_a_step_leads_nowhere_as_the_days_go_by(made, place):
    (guide,) = made.guides
    seen = []
    with opened(place, made) as stored:
        for since in (OLDER, OLD, NEWEST):
            for days in (LEAVES_DAYS, LEAVES_DAYS + 1):
                today = today_by(since + timedelta(days=days), NEWEST)
                shown = shown_on(today, stored.library)
                counts = tuple(count_in(shown, need) for need in NEEDS[:2])
                seen.append((counts, shown.guides[guide].steps[0].service, len(shown.services)))
                assert is_old_entry(shown.services[ServiceId("entry-0")], today)  # its line never leaves
    assert seen == [
        ((4, 3), "entry-3", 6),
        ((3, 2), None, 5),
        ((3, 2), None, 5),
        ((3, 0), None, 3),
        ((3, 0), None, 3),
        ((1, 0), None, 1),
    ]


def test_what_is_said_of_a_number_leaves_with_it(made, place):
    with opened(place, made) as stored:
        for days, cautions in ((LEAVES_DAYS, 2), (LEAVES_DAYS + 1, 1)):
            shown = shown_on(today_by(OLD + timedelta(days=days), NEWEST), stored.library)
            assert len(shown.services[ServiceId("entry-1")].cautions) == cautions


def test_a_clock_that_goes_back_and_on_shows_each_day_as_it_is(made, place):
    with opened(place, made) as stored:
        for day in (date(2040, 1, 1), NEWEST, date(2000, 1, 1), OLD + timedelta(days=366), NEWEST):
            assert_same(made, stored, at(day))


def test_a_shown_directory_is_shown_on_a_later_day_too(made, place):
    early, late = (today_by(since + timedelta(days=366), NEWEST) for since in (OLDER, OLD))
    with opened(place, made) as stored:
        there = shown_on(early, stored.library)
        assert shown_on(late, there) == shown_on(late, made)
        assert shown_on(early, shown_on(late, there)) == shown_on(late, made)
        assert there.index.ages() == stored.library.index.ages()
        assert there.index.names() == stored.library.index.names()


def test_no_more_are_asked_for_than_are_kept(made, place):
    with opened(place, made) as stored:
        shown = shown_on(today_by(date(2040, 1, 1), NEWEST), stored.library)
        with pytest.raises(ValueError, match="at most"):
            listed(shown, NEEDS[0], NOON, MOST_LISTED + 1)


def test_the_days_on_which_entries_leave_are_those_on_which_they_are_gone(made):
    leaving = days_of(made, NEWEST)
    assert "entry-0" not in leaving
    for id_, day in leaving.items():
        for there, on in ((True, day - 1), (False, day)):
            shown = shown_on(today_by(date.fromordinal(on), NEWEST), made)
            assert (id_ in shown.services) is there


def test_checks_at_the_end_of_the_calendar_leave_on_no_day(place):
    library = library_of([entry("last", date.max), entry("first", date.min)])
    with opened(place, library) as stored:
        assert_same(library, stored, at(NEWEST))
        assert_same(library, stored, at(date.max))


@pytest.mark.parametrize("change", ["body = body || ' '", "kind = 'nothing'"], ids=["damaged", "gone"])
@pytest.mark.parametrize("kind", ["shown", "members", "ranked", "face"])
def test_without_a_row_of_the_day_nothing_is_shown(made, place, kind, change):
    def ruin(connection, *_) -> None:
        connection.execute(f"UPDATE part SET {change} WHERE kind = ?", (kind,))  # noqa: S608 - ours

    def look(stored: Stored) -> None:
        shown = shown_on(today_by(OLD + timedelta(days=366), NEWEST), stored.library)
        for service in (*listed(shown, NEEDS[0], NOON), *shown.services.values()):
            assert service.phones

    with opened(place, made, ruin) as stored, pytest.raises(DamagedError):
        look(stored)


def test_what_left_is_not_read_however_much_it_is(tmp_path, monkeypatch):
    """Rows are counted, which no other program on this computer can make more."""
    read = []
    for name in ("_rows", "ids"):
        monkeypatch.setattr(Rows, name, counted(getattr(Rows, name), read))
    taken = {}
    for count in (100, 3_000):
        kinds = [entry(str(n), NEWEST if n % 2 else OLD, categories=NEEDS[:2]) for n in range(count)]
        path = tmp_path / str(count)
        path.write_bytes(built({"": Edition(library_of(kinds), {})}, {}))
        read.clear()
        with closing(open_stored(path)) as stored:
            shown = shown_on(today_by(OLD + timedelta(days=366), NEWEST), stored.library)
            for need in NEEDS:
                listed(shown, need, NOON)
                count_in(shown, need)
            assert len(shown.services) == count // 2
            assert "entry-0" not in shown.services
        taken[count] = len(read)
    assert taken[3_000] == taken[100]


def counted(work, read: list[object]):
    def reads(*arguments):
        read.extend(found := list(work(*arguments)))
        return found if work.__name__ == "_rows" else iter(found)

    return reads
