"""Times, days and dates in English and Spanish."""

from datetime import date

import pytest

from kiosk.words.catalog import Words, load_words
from kiosk.words.clock import day_of, days, opening, time_of_day, weekday
from kiosk.words.numbers import plain
from tests.words.shipped import INTERFACE, LANGUAGES, english

NBSP = "\u00a0"
WORKDAYS = (0, 1, 2, 3, 4)


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words("en", english(), [INTERFACE])


@pytest.fixture(scope="module")
def palabras() -> Words:
    return load_words("es", english(), [INTERFACE], shows_unapproved=True)


@pytest.mark.parametrize(
    ("minutes", "said", "dicho"),
    [
        (0, "midnight", "medianoche"),
        (1, "12:01 a.m.", "12:01 a. m."),
        (30, "12:30 a.m.", "12:30 a. m."),
        (60, "1 a.m.", "1 a. m."),
        (8 * 60 + 30, "8:30 a.m.", "8:30 a. m."),
        (11 * 60 + 59, "11:59 a.m.", "11:59 a. m."),
        (12 * 60, "noon", "mediodía"),
        (12 * 60 + 5, "12:05 p.m.", "12:05 p. m."),
        (13 * 60, "1 p.m.", "1 p. m."),
        (17 * 60, "5 p.m.", "5 p. m."),
        (23 * 60 + 59, "11:59 p.m.", "11:59 p. m."),
        (24 * 60, "midnight", "medianoche"),
    ],
)
def test_time_of_day(words, palabras, minutes, said, dicho):
    assert time_of_day(words, minutes) == said
    assert time_of_day(palabras, minutes) == dicho.replace(" ", NBSP)


def test_every_minute_is_said_in_its_own_way(words, palabras):
    for language in (words, palabras):
        assert len({time_of_day(language, minutes) for minutes in range(24 * 60)}) == 24 * 60


def test_days(words, palabras):
    assert days(words, WORKDAYS) == "Monday to Friday"
    assert days(words, (0, 2, 4)) == "Monday, Wednesday, Friday"
    assert days(words, (5, 6)) == "Saturday, Sunday"
    assert days(words, (5,)) == "Saturday"
    assert days(words, range(7)) == "Every day"
    assert days(palabras, WORKDAYS) == "lunes a viernes"
    assert days(palabras, (5, 6)) == "sábado, domingo"
    assert days(palabras, range(7)) == "todos los días"


def test_opening(words, palabras):
    assert opening(words, WORKDAYS, 510, 960) == "Monday to Friday: 8:30 a.m. to 4 p.m."
    spanish = opening(palabras, WORKDAYS, 510, 960)
    assert spanish == f"lunes a viernes: 8:30{NBSP}a.{NBSP}m. a 4{NBSP}p.{NBSP}m."


def test_a_date(words, palabras):
    assert plain(day_of(words, date(2026, 11, 20))) == "November 20, 2026"
    assert plain(day_of(palabras, date(2026, 11, 20))) == "20 de noviembre de 2026"


@pytest.mark.parametrize(
    ("language", "morning", "afternoon", "range_", "day"),
    [
        ("bs", "8:30", "16 h", "ponedjeljak do petak: 8:30 do 16 h", "20. novembra 2026."),
        ("vi", "8:30", "16 giờ", "thứ Hai đến thứ Sáu: 8:30 đến 16 giờ", "ngày 20 tháng 11 năm 2026"),
        ("zh", "8:30", "16点", "星期一至星期五：8:30至16点", "2026年11月20日"),
        ("ar", "8:30 صباحًا", "4 مساءً", "الاثنين إلى الجمعة: من 8:30 صباحًا إلى 4 مساءً", "20 نوفمبر 2026"),
    ],
)
def test_the_other_languages(language, morning, afternoon, range_, day):
    other = load_words(language, english(), [INTERFACE])
    assert time_of_day(other, 510) == morning
    assert time_of_day(other, 16 * 60) == afternoon
    assert opening(other, WORKDAYS, 510, 960) == range_
    assert plain(day_of(other, date(2026, 11, 20))) == day
    assert len({time_of_day(other, minutes) for minutes in range(24 * 60)}) == 24 * 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_are_those_of_a_telephone(language):
    """U+0660 and the like cannot be dialled by comparing: Arabic texts have 0 to 9, as clocks here have."""
    other = load_words(language, english(), [INTERFACE])
    said = "".join(time_of_day(other, minutes) for minutes in range(24 * 60)) + day_of(
        other, date(2026, 11, 20)
    )
    assert not [sign for sign in said if sign.isdigit() and not sign.isascii()]


def test_spanish_days_and_months_are_lower_case(palabras):
    names = [weekday(palabras, day) for day in range(7)]
    names += [palabras(f"month.m{month}") for month in range(1, 13)]
    assert len(set(names)) == 19
    assert all(name == name.lower() for name in names)


@pytest.mark.parametrize("minutes", [0, 12 * 60, 13 * 60, 17 * 60])
def test_spanish_states_fit_every_time(palabras, minutes):
    """No "a las" before noon or one o'clock: the time is said after a colon or a comma."""
    time = time_of_day(palabras, minutes)
    for state in ("open_until", "opens_today"):
        assert palabras(f"state.{state}", time=time).endswith((f": {time}", f", {time}"))
    assert palabras("state.opens", day="lunes", time=time).endswith(f"lunes, {time}")
