"""The behaviour of a visit, without Qt."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.model import CategoryId, GuideId, ServiceId
from kiosk.visit.actions import (
    Action,
    AskStillHere,
    Back,
    Clear,
    Continue,
    Drop,
    End,
    Erase,
    Hide,
    Keep,
    Narrow,
    Open,
    Print,
    PrintFails,
    See,
    SetLanguage,
    SetLetters,
    SetLook,
    SetRate,
    SetSize,
    SetSpeech,
    SetVolume,
    Turn,
    Type,
    UseKeys,
)
from kiosk.visit.places import (
    MOST_TYPED,
    CategoryPlace,
    FindPlace,
    FindView,
    GuidePlace,
    HelpPlace,
    LanguagePlace,
    LobbyPlace,
    Narrowed,
    ResourcePlace,
    TopicPlace,
    is_ordinary,
)
from kiosk.visit.step import step
from kiosk.visit.visit import LONGEST_TRAIL, MOST_KEPT, MOST_RATE, MOST_VOLUME, Look, Paper, TextSize, Visit

SERVICE_IDS = st.sampled_from([ServiceId(f"s{n}") for n in range(12)])
PLACES = st.one_of(
    st.just(HelpPlace()),
    st.builds(CategoryPlace, st.just(CategoryId("talk")), st.booleans(), st.integers(0, 3)),
    st.builds(ResourcePlace, SERVICE_IDS),
    st.builds(LanguagePlace, st.booleans()),
    st.builds(GuidePlace, st.just(GuideId("movans"))),
    st.builds(FindPlace, st.text(max_size=3)),
)
NARROWED = st.builds(Narrowed, area=st.none() | st.text(max_size=3), open_now=st.booleans())
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(Open, PLACES),
    st.builds(Turn, PLACES),
    st.just(Back()),
    st.builds(Type, st.text(max_size=2)),
    st.just(Erase()),
    st.just(Clear()),
    st.builds(Narrow, NARROWED, st.sampled_from(FindView)),
    st.builds(See, st.sampled_from(FindView)),
    st.builds(SetLetters, st.booleans()),
    st.builds(Keep, SERVICE_IDS),
    st.builds(Drop, SERVICE_IDS),
    st.just(Print()),
    st.just(PrintFails()),
    st.builds(SetLanguage, st.sampled_from(["en", "es"])),
    st.builds(SetSize, st.sampled_from(TextSize)),
    st.builds(SetLook, st.sampled_from(Look)),
    st.builds(SetSpeech, st.booleans()),
    st.builds(SetRate, st.integers()),
    st.builds(SetVolume, st.integers()),
    st.just(UseKeys()),
    st.just(AskStillHere()),
    st.just(Continue()),
)


def walked(*actions: Action) -> Visit:
    visit = Visit()
    for action in actions:
        visit = step(visit, action)
    return visit


@given(st.lists(ACTIONS, max_size=60))
def test_hide_leaves_a_fresh_visit_whatever_happened_before(actions: list[Action]) -> None:
    assert step(walked(*actions), Hide()) == Visit()


@given(st.lists(ACTIONS, max_size=60))
def test_end_leaves_a_fresh_visit_on_the_start_page(actions: list[Action]) -> None:
    start = (LobbyPlace(), HelpPlace())
    assert step(walked(*actions), End(start)) == Visit(trail=start)


@given(st.lists(ACTIONS, max_size=80))
def test_trail_and_kept_numbers_stay_small_and_begin_in_the_lobby(actions: list[Action]) -> None:
    visit = walked(*[action for action in actions if not isinstance(action, Turn)])
    assert 1 <= len(visit.trail) <= LONGEST_TRAIL
    assert visit.trail[0] == LobbyPlace()
    assert len(visit.kept) <= MOST_KEPT
    assert len(set(visit.kept)) == len(visit.kept)


@given(st.lists(ACTIONS, max_size=30))
def test_a_visit_tells_nothing_when_printed(actions: list[Action]) -> None:
    assert repr(walked(*actions)) == "Visit(...)"
    assert f"{walked(*actions)}" == "Visit(...)"


def test_back_returns_through_the_trail_and_stops_in_the_lobby() -> None:
    category = CategoryPlace(CategoryId("talk"))
    visit = walked(Open(HelpPlace()), Open(category), Turn(CategoryPlace(CategoryId("talk"), part=1)))
    assert step(visit, Back()).place == HelpPlace()
    assert step(step(visit, Back()), Back()).place == LobbyPlace()
    assert walked(Back(), Back()) == Visit()


def test_the_ninth_number_is_not_kept_and_a_dropped_one_makes_room() -> None:
    keeps = [Keep(ServiceId(f"s{n}")) for n in range(9)]
    visit = walked(*keeps)
    assert visit.kept == tuple(ServiceId(f"s{n}") for n in range(8))
    visit = step(step(visit, Drop(ServiceId("s0"))), Keep(ServiceId("s8")))
    assert visit.kept[-1] == "s8"


def test_still_here_covers_and_goes_on_where_the_visitor_was() -> None:
    visit = walked(Open(HelpPlace()), Keep(ServiceId("s1")))
    asking = step(visit, AskStillHere())
    assert asking.asking
    assert step(asking, Continue()) == visit


@given(st.lists(ACTIONS, max_size=60))
def test_rate_and_volume_stay_within_their_steps(actions: list[Action]) -> None:
    visit = walked(*actions)
    assert visit.rate is None or 1 <= visit.rate <= MOST_RATE
    assert visit.volume is None or 1 <= visit.volume <= MOST_VOLUME


def test_the_voice_and_its_manner_go_with_the_visit() -> None:
    visit = walked(SetSpeech(True), SetRate(7), SetVolume(11))
    assert (visit.speaks, visit.rate, visit.volume) == (True, 7, MOST_VOLUME)
    assert not step(visit, SetSpeech(False)).speaks
    assert step(visit, Hide()) == Visit()


def test_choosing_a_language_returns_to_the_page_where_it_was_asked_for():
    visit = step(step(Visit(), Open(HelpPlace())), Open(ResourcePlace(ServiceId("alive"))))
    chosen = step(step(visit, Open(LanguagePlace(over_help=True))), SetLanguage("vi"))
    assert (chosen.trail, chosen.language) == (visit.trail, "vi")


def test_back_from_the_languages_changes_none():
    visit = step(Visit(), Open(HelpPlace()))
    assert step(step(visit, Open(LanguagePlace(over_help=True))), Back()) == visit


def test_hide_on_the_languages_starts_from_nothing():
    assert step(step(Visit(), Open(LanguagePlace())), Hide()) == Visit()


def test_the_languages_are_ordinary_where_they_were_opened_from_ordinary_pages():
    assert is_ordinary(LanguagePlace())
    assert not is_ordinary(LanguagePlace(over_help=True))
    assert is_ordinary(TopicPlace("parking"))


def test_a_slip_is_asked_for_once_and_going_on_forgets_what_became_of_it() -> None:
    page = walked(Open(HelpPlace()), Open(ResourcePlace(ServiceId("s1"), part=2)))
    assert step(page, PrintFails()) == page
    coming = step(page, Print())
    assert coming.paper is Paper.COMING
    assert coming.place == ResourcePlace(ServiceId("s1"))
    assert step(coming, PrintFails()).paper is Paper.FAILED
    for action in (Open(HelpPlace()), Turn(HelpPlace()), Back(), Hide(), End()):
        assert step(coming, action).paper is Paper.NONE
    assert step(coming, AskStillHere()).paper is Paper.COMING


# Finding by typing


def typing(*actions: Action) -> Visit:
    visit = Visit(trail=(LobbyPlace(), HelpPlace(), FindPlace()))
    for action in actions:
        visit = step(visit, action)
    return visit


def test_letters_are_no_steps_that_back_would_take():
    visit = typing(Type("a"), Type("b"), Type(" "), Type(" "), Type("c"), Erase())
    assert visit.place == FindPlace("ab ")
    assert step(visit, Back()).place == HelpPlace()


def test_typing_narrowing_and_turning_change_only_what_they_name():
    narrowed = Narrowed(open_now=True)
    visit = typing(Type("a"), Narrow(narrowed), See(FindView.LIST), SetLetters(True))
    assert visit.place == FindPlace("a", narrowed, FindView.LIST, latin=True)
    assert step(visit, Clear()).place == FindPlace()


def test_a_new_letter_shows_the_first_part():
    visit = typing(Turn(FindPlace("a", part=3)), Type("b"))
    assert visit.place == FindPlace("ab")


def test_nothing_is_typed_anywhere_else():
    assert step(Visit(), Type("a")) == Visit()
    assert step(Visit(trail=(LobbyPlace(), HelpPlace())), Erase()).place == HelpPlace()


def test_what_is_typed_has_an_end_and_begins_with_no_space():
    assert typing(Type(" ")).place == FindPlace()
    assert typing(*[Type("a")] * (MOST_TYPED + 9)).place == FindPlace("a" * MOST_TYPED)


def test_nothing_of_what_was_typed_is_in_any_repr():
    visit = typing(Type("secret"), Narrow(Narrowed(area="Elsewhere")))
    said = f"{visit!r} {visit.place!r} {Type('secret')!r} {Narrow(Narrowed(area='Elsewhere'))!r}"
    assert "secret" not in said
    assert "Elsewhere" not in said
    assert step(visit, Hide()) == Visit()
