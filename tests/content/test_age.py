"""Old numbers say "call first", older ones leave, and no clock empties the screen or breaks a link."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.builtin import built_in_library
from kiosk.content.age import (
    CALL_FIRST_DAYS,
    LEAVES_DAYS,
    MOST_TOLD,
    days_checked,
    is_old,
    is_old_entry,
    shown_on,
    today_by,
    told_to_it,
)
from kiosk.content.library import load_library
from kiosk.content.model import GuideId, ServiceId, Step, Text
from kiosk.content.texts import texts_of
from tests.words.shipped import ROOT

LIBRARY = load_library(ROOT / "data", date.max)
FIRST, NEWEST = days_checked(LIBRARY)
LASTING = {
    service.id
    for service in LIBRARY.services.values()
    if any(phone.open_24h or phone.is_emergency for phone in service.phones)
}


def on(clock: date, library=LIBRARY):
    today = today_by(clock, days_checked(library)[1])
    return shown_on(today, library), today


def after(days: int) -> date:
    return FIRST + timedelta(days=days)


def with_services(library, **changed):
    services = {**library.services, **{ServiceId(id_): each for id_, each in changed.items()}}
    return replace(library, services=MappingProxyType(services))


def test_180_days_are_recent_and_181_are_old():
    phone = LIBRARY.services[ServiceId("alive")].phones[0]
    for days, old in ((CALL_FIRST_DAYS, False), (CALL_FIRST_DAYS + 1, True)):
        today = today_by(phone.checked + timedelta(days=days), phone.checked)
        assert is_old(phone, today) is old


def test_911_never_says_call_first_and_never_leaves():
    shown, today = on(date(2099, 1, 1))
    emergency = shown.services[ServiceId("911")]
    assert not is_old_entry(emergency, today)


def test_365_days_are_shown_and_366_leave_but_for_day_and_night():
    assert on(after(LEAVES_DAYS))[0] is LIBRARY
    gone = replace(LIBRARY.services[ServiceId("movans")].phones[0], checked=FIRST - timedelta(days=1))
    older = with_services(LIBRARY, movans=replace(LIBRARY.services[ServiceId("movans")], phones=(gone,)))
    shown, _ = on(after(LEAVES_DAYS), older)
    assert set(LIBRARY.services) - set(shown.services) == {"movans"}


def test_an_old_number_leaves_without_the_others_of_its_entry():
    both = LIBRARY.services[ServiceId("lsem")]
    first, second = both.phones
    fresh = replace(second, checked=NEWEST + timedelta(days=300))
    shown, _ = on(after(LEAVES_DAYS + 1), with_services(LIBRARY, lsem=replace(both, phones=(first, fresh))))
    assert shown.services[ServiceId("lsem")].phones == (fresh,)
    assert shown.services[ServiceId("lsem")].checked == fresh.checked


@pytest.mark.parametrize("clock", [date(2000, 1, 1), date.min, FIRST])
def test_a_clock_in_the_past_makes_nothing_old(clock):
    shown, today = on(clock)
    assert shown is LIBRARY
    assert not any(is_old_entry(service, today) for service in shown.services.values())


def test_a_clock_in_the_past_still_counts_from_the_newest_day():
    old = replace(LIBRARY.services[ServiceId("movans")].phones[0], checked=date(2020, 1, 1))
    library = with_services(LIBRARY, movans=replace(LIBRARY.services[ServiceId("movans")], phones=(old,)))
    shown, today = on(date(2000, 1, 1), library)
    assert is_old(old, today)
    assert old in shown.services[ServiceId("movans")].phones
    assert any("set the clock" in line for line in told_to_it(library, shown, today))


@pytest.mark.parametrize("clock", [date(2040, 1, 1), date.max])
def test_a_clock_far_ahead_leaves_911_and_day_and_night_and_tells_it(clock):
    shown, today = on(clock)
    assert set(shown.services) == LASTING
    assert {"911", "alive", "ndvh", "988"} <= LASTING
    told = list(told_to_it(LIBRARY, shown, today))
    assert "set the clock" in told[0]
    assert len([line for line in told if "left the screen" in line or "call first" in line]) >= MOST_TOLD
    assert shown.in_category(next(iter(shown.categories)))


def test_where_nothing_would_be_left_nothing_leaves():
    movans = LIBRARY.services[ServiceId("movans")]
    library = replace(LIBRARY, services=MappingProxyType({movans.id: movans}))
    shown, today = on(date(2040, 1, 1), library)
    assert shown is library
    assert is_old_entry(movans, today)


def test_the_built_in_page_never_loses_a_line():
    library = built_in_library()
    assert on(date(2099, 1, 1), library)[0] is library


def test_an_entry_that_only_leads_to_what_left_leaves_too():
    movans = LIBRARY.services[ServiceId("movans")]
    lone = replace(movans, id=ServiceId("lone"), phones=(), website=None, address=None, instead=(movans.id,))
    fresh = replace(lone, checked=NEWEST + timedelta(days=300))
    further = replace(fresh, id=ServiceId("further"), instead=(fresh.id,))
    shown, _ = on(after(LEAVES_DAYS + 1), with_services(LIBRARY, lone=fresh, further=further))
    assert not {"lone", "further", "movans"} & set(shown.services)


def test_no_guide_and_no_caution_names_a_number_that_left():
    shown, _ = on(after(LEAVES_DAYS + 1))
    assert GuideId("movans") in LIBRARY.guides
    assert GuideId("movans") not in shown.guides
    alive = LIBRARY.services[ServiceId("alive")]
    cautions = (Text("a", "Call 866-566-8267 or spell 1-866-5-MOVANS."), Text("b", "Call 911."))
    library = with_services(LIBRARY, alive=replace(alive, cautions=cautions, offers=cautions[0]))
    left = on(after(LEAVES_DAYS + 1), library)[0].services[ServiceId("alive")]
    assert left.cautions == cautions[1:]
    assert left.offers is None
    assert left.phones == alive.phones


def test_the_report_names_number_entry_day_and_age_and_is_silent_when_all_is_recent():
    shown, today = on(after(1))
    assert list(told_to_it(LIBRARY, shown, today)) == []
    shown, today = on(after(200))
    told = list(told_to_it(LIBRARY, shown, today))
    assert f'314-993-2777 of "alive" was last checked on {FIRST}, 200 days ago; it says "call first"' in told
    assert len(told) == MOST_TOLD + 1
    assert not any("911 of" in line for line in told)


@given(
    clock=st.dates(),
    days=st.lists(st.integers(0, 1500), min_size=len(LIBRARY.services), max_size=len(LIBRARY.services)),
)
def test_whatever_the_clock_and_the_days_no_link_breaks_and_something_is_shown(clock, days):
    aged = {}
    for service, age in zip(LIBRARY.services.values(), days, strict=True):
        checked = FIRST - timedelta(days=age)
        phones = tuple(replace(phone, checked=checked) for phone in service.phones)
        aged[service.id] = replace(service, phones=phones, checked=checked)
    library = replace(LIBRARY, services=MappingProxyType(aged))
    shown, today = on(clock, library)
    assert set(shown.services) >= LASTING
    for service in shown.services.values():
        assert all(other in shown.services for other in service.instead)
        assert service.phones or service.website or service.instead or service.address
    steps: list[Step] = [step for guide in shown.guides.values() for step in guide.steps]
    assert all(step.service is None or step.service in shown.services for step in steps)
    assert all(s in shown.services for o in shown.organizations.values() for s in o.services)
    if "movans" not in shown.services:
        assert not any("566-8267" in text.english for text in texts_of(shown))
    assert all(line and "\n" not in line for line in told_to_it(library, shown, today))
