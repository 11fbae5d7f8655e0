from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.hours import (
    Closed,
    Open24h,
    OpenUntil,
    Unknown,
    is_always,
    is_open,
    next_opening,
    overlap,
    parse_hours,
    state,
)
from kiosk.content.model import How, Phone, PhoneKind, Schedule

ST_LOUIS = ZoneInfo("America/Chicago")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)  # Sundays on which the clocks change at 2:00
OFFICE = (parse_hours("Mon-Fri 8:30-16:00"), parse_hours("Sat 9:00-12:00"))
NIGHT = (parse_hours("Fri 20:00-24:00"), parse_hours("Sat 0:00-3:00"))


def at(day, hour, minute=0, fold=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ST_LOUIS, fold=fold)


def monday(days=0):
    return date(2026, 11, 16) + timedelta(days)


def line(*schedules, open_24h=False):
    return Phone(
        PhoneKind.VOICE,
        "3145550110",
        "314-555-0110",
        "a page",
        date(2026, 11, 20),
        How.READ,
        open_24h=open_24h,
        schedules=tuple(schedules),
    )


@pytest.mark.parametrize(
    ("words", "schedule"),
    [
        ("Mon-Fri 8:30-16:00", Schedule((0, 1, 2, 3, 4), 510, 960)),
        ("Sat 09:00-12:00", Schedule((5,), 540, 720)),
        ("Sat-Mon 0:00-24:00", Schedule((0, 5, 6), 0, 1440)),
        ("Sun-Sun 7:00-20:00", Schedule((6,), 420, 1200)),
    ],
)
def test_hours_are_read(words, schedule):
    assert parse_hours(words) == schedule


@pytest.mark.parametrize(
    "words",
    [
        *("", "Mon", "Mon-Fri", "8:30-16:00", "Mon-Fri 8-16", "Mon-Fri 8:30am-4:00pm", "mon-fri 8:30-16:00"),
        *("Mo-Fr 8:30-16:00", "Mon-Fri 8:60-16:00", "Mon-Fri 24:00-24:00", "Mon-Fri 8:30-24:01"),
        *(
            "Mon-Fri 8:30-4:00",
            "Mon-Fri 8:30-8:30",
            "Mon–Fri 8:30-16:00",
            "Mon-Fri ٨:30-16:00",
            "Xyz 8:30-16:00",
        ),
    ],
)
def test_unreadable_hours_say_how_to_write_them(words):
    with pytest.raises(ValueError, match=r"; (?:write it as|use the 24-hour clock)"):
        parse_hours(words)


days = st.sampled_from(["Mon", "Sun", "Tue-Thu", "Sat-Mon", "Mo", "mon", ""])
clock = st.builds("{}:{:02}".format, st.integers(0, 30), st.integers(0, 70))


@given(st.text(max_size=24) | st.builds("{} {}-{}".format, days, clock, clock))
def test_any_text_gives_hours_or_a_reason(text):
    try:
        schedule = parse_hours(text)
    except ValueError as reason:
        words = str(reason)
        assert ";" in words
    else:
        assert 0 <= schedule.opens_at < schedule.closes_at <= 1440
        assert set(schedule.byday) <= set(range(7))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (at(monday(), 8, 29), Closed(0, 510)),
        (at(monday(), 8, 30), OpenUntil(960)),
        (at(monday(), 15, 59), OpenUntil(960)),
        (at(monday(), 16), Closed(1, 510)),
        (at(monday(4), 17), Closed(5, 540)),
        (at(monday(5), 12), Closed(0, 510)),
        (at(monday(6), 0), Closed(0, 510)),
    ],
)
def test_an_office_through_the_week(when, expected):
    assert state(line(*OFFICE), when) == expected
    assert is_open(OFFICE, when) == isinstance(expected, OpenUntil)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (at(monday(4), 19, 59), Closed(4, 1200)),
        (at(monday(4), 23, 59), OpenUntil(180)),
        (at(monday(5), 0), OpenUntil(180)),
        (at(monday(5), 3), Closed(4, 1200)),
    ],
)
def test_hours_past_midnight_are_one_opening(when, expected):
    assert state(line(*NIGHT), when) == expected


def test_midnight_is_the_end_of_its_own_day():
    evening = parse_hours("Mon 18:00-24:00")
    assert state(line(evening), at(monday(), 23, 59)) == OpenUntil(1440)
    assert state(line(evening), at(monday(1), 0)) == Closed(0, 1080)


def test_back_to_back_hours_close_once():
    halves = (parse_hours("Mon 8:00-12:00"), parse_hours("Mon 12:00-17:00"))
    assert state(line(*halves), at(monday(), 9)) == OpenUntil(1020)
    assert next_opening(halves, at(monday(), 9)) == (0, 480)


def test_day_and_night_is_said_and_never_worked_out():
    assert state(line(open_24h=True), at(monday(), 3)) == Open24h()
    assert state(line(), at(monday(), 3)) == Unknown()
    whole_week = parse_hours("Mon-Sun 0:00-24:00")
    assert is_always((whole_week,))
    assert next_opening((whole_week,), at(monday(), 3)) is None
    assert state(line(whole_week), at(monday(), 3)) == OpenUntil(1440)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_the_office_keeps_wall_time_when_the_clocks_change(day):
    sunday = (parse_hours("Sun 8:30-16:00"),)
    assert not is_open(sunday, at(day, 8, 29))
    assert is_open(sunday, at(day, 8, 30))
    assert is_open(sunday, at(day, 15, 59))
    assert not is_open(sunday, at(day, 16))
    assert next_opening(OFFICE, at(day, 1)) == (0, 510)


def test_the_hour_that_is_skipped_in_spring():
    early = line(parse_hours("Sun 2:30-5:00"))
    before = datetime(2026, 3, 8, 7, 59, tzinfo=UTC).astimezone(ST_LOUIS)
    after = datetime(2026, 3, 8, 8, 0, tzinfo=UTC).astimezone(ST_LOUIS)
    assert (before.hour, after.hour) == (1, 3)
    assert state(early, before) == Closed(6, 150)
    assert state(early, after) == OpenUntil(300)


def test_the_hour_that_comes_twice_in_autumn():
    early = line(parse_hours("Sun 1:30-2:00"))
    for fold in (0, 1):
        assert state(early, at(AUTUMN, 1, 29, fold)) == Closed(6, 90)
        assert state(early, at(AUTUMN, 1, 30, fold)) == OpenUntil(120)
    assert state(early, at(AUTUMN, 2)) == Closed(6, 90)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        is_open(OFFICE, datetime(2026, 11, 20, 9, 0))  # noqa: DTZ001


def test_overlapping_hours_are_found():
    assert overlap(OFFICE) is None
    assert overlap(NIGHT) is None
    assert overlap((*OFFICE, parse_hours("Wed 15:59-18:00"))) == (0, 2)
    assert overlap((*OFFICE, parse_hours("Wed 16:00-18:00"))) is None


half_hours = st.integers(0, 48).map(lambda number: number * 30)
spans = st.tuples(half_hours, half_hours).filter(lambda span: span[0] < span[1])
byday = st.sets(st.integers(0, 6), min_size=1).map(sorted).map(tuple)
weeks = st.lists(st.builds(lambda day, span: Schedule(day, *span), byday, spans), min_size=1, max_size=3)


@given(weeks, st.integers(0, 7 * 48 - 1))
def test_the_next_opening_is_the_first_moment_that_is_open_again(schedules, now):
    monday_0 = datetime(2026, 11, 16, tzinfo=UTC)  # UTC: every minute of the week comes once
    moments = [monday_0 + timedelta(minutes=30 * step) for step in range(7 * 48)]
    week = [is_open(schedules, moment) for moment in moments]
    turns = [step for step in range(7 * 48) if week[step] and not week[step - 1]]
    later = [step for step in turns if step > now] or turns
    expected = (later[0] // 48, later[0] % 48 * 30) if later else None
    assert next_opening(schedules, moments[now]) == expected
