"""The host's decisions, with words and times made up."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kiosk.host.link import Word
from kiosk.host.supervisor import (
    BUILT_IN_S,
    FIRST_READY_S,
    LONGEST_BUILT_IN_S,
    READY_S,
    REST_S,
    SHOW_S,
    SILENCE_S,
    Kill,
    Order,
    Say,
    Start,
    Supervisor,
)

ROOT = Path(__file__).parents[2]


class World:
    """Carries out what the supervisor orders, with numbers in place of processes."""

    def __init__(self) -> None:
        self.supervisor = Supervisor()
        self.now = 100.0
        self.alive: list[int] = []
        self.said: list[tuple[int, Word]] = []
        self.built_in: set[int] = set()
        self.count = 0
        self.wait(0)

    def wait(self, seconds: float) -> World:
        self.now += seconds
        return self.carry_out(self.supervisor.on_time(self.now))

    def hears(self, visit: int, word: Word) -> World:
        return self.carry_out(self.supervisor.on_word(visit, word, self.now)).wait(0)

    def loses(self, visit: int) -> World:
        self.alive.remove(visit)
        return self.carry_out(self.supervisor.on_gone(visit, self.now)).wait(0)

    def carry_out(self, orders: list[Order]) -> World:
        for order in orders:
            if isinstance(order, Start):
                self.count += 1
                self.alive.append(self.count)
                if order.built_in:
                    self.built_in.add(self.count)
                self.supervisor.on_started(self.count, self.now)
            elif isinstance(order, Say):
                self.said.append((order.visit, order.word))
            else:
                self.alive.remove(order.visit)
        return self

    def serving(self) -> World:
        """One visit on screen, one ready standby."""
        self.hears(1, Word.READY).hears(1, Word.SHOWN)
        return self.hears(2, Word.READY)


def test_the_first_visit_is_shown_when_it_is_ready_and_a_standby_follows():
    world = World()
    assert world.alive == [1]
    world.hears(1, Word.READY)
    assert world.said == [(1, Word.SHOW)]
    world.hears(1, Word.SHOWN)
    assert world.supervisor.on_screen == 1
    assert world.alive == [1, 2]


def test_a_visit_that_is_over_is_killed_only_after_the_next_one_is_on_the_glass():
    world = World().serving()
    world.hears(1, Word.ALIVE).hears(1, Word.OVER)
    assert world.said[-1] == (2, Word.SHOW)
    assert 1 in world.alive
    world.hears(2, Word.SHOWN)
    assert world.alive == [2, 3]
    assert world.supervisor.on_screen == 2


def test_without_a_ready_standby_the_old_visit_serves_until_it_is_and_not_while_somebody_uses_it():
    world = World()
    world.hears(1, Word.READY).hears(1, Word.SHOWN)
    world.hears(1, Word.ALIVE).hears(1, Word.OVER)
    assert world.alive == [1, 2]
    world.hears(1, Word.ALIVE)
    world.hears(2, Word.READY)
    assert (2, Word.SHOW) not in world.said
    world.hears(1, Word.OVER)
    assert world.said[-1] == (2, Word.SHOW)


def test_an_unused_visit_is_not_replaced():
    world = World().serving()
    assert (2, Word.SHOW) not in world.said
    for _ in range(50):
        world.wait(REST_S)
        world.hears(1, Word.WELL)
    assert world.alive == [1, 2]


def test_an_unused_visit_makes_fewer_wake_ups_than_nine_in_ten_seconds():
    """The host wakes to ask and to hear, the visit to answer; the goal is under one a second."""
    world, wakes = World().serving(), 0
    until = world.now + 600
    while (wakes_at := world.supervisor.wakes_at()) is not None and wakes_at < until:
        asked = len(world.said)
        world.wait(wakes_at - world.now)
        assert world.said[asked:] == [(1, Word.ASK)]
        world.hears(1, Word.WELL)
        wakes += 3
    assert 0 < wakes < 0.9 * 600


def test_a_crash_shows_the_standby_at_once():
    world = World().serving()
    world.loses(1)
    assert world.said[-1] == (2, Word.SHOW)


def test_silence_of_half_a_second_shows_the_standby_and_then_kills():
    world = World().serving()
    world.hears(1, Word.ALIVE).wait(SILENCE_S - 0.01)
    assert (2, Word.SHOW) not in world.said
    world.wait(0.01)
    assert world.said[-1] == (2, Word.SHOW)
    assert 1 in world.alive
    world.hears(2, Word.SHOWN)
    assert 1 not in world.alive


def test_a_hung_visit_without_a_standby_is_killed_rather_than_left_readable():
    world = World()
    world.hears(1, Word.READY).hears(1, Word.SHOWN).hears(1, Word.ALIVE)
    world.wait(SILENCE_S)
    assert 1 not in world.alive
    world.hears(2, Word.READY)
    assert world.said[-1] == (2, Word.SHOW)


def test_a_hung_visit_that_shows_the_lobby_stays_until_the_standby_is_ready():
    world = World()
    world.hears(1, Word.READY).hears(1, Word.SHOWN)
    world.hears(1, Word.ALIVE).hears(1, Word.OVER)
    world.wait(REST_S).wait(SILENCE_S)
    assert world.alive == [1, 2]
    world.hears(2, Word.READY).hears(2, Word.SHOWN)
    assert world.alive == [2, 3]


def test_a_visit_that_hung_and_speaks_again_is_watched_again():
    world = World()
    world.hears(1, Word.READY).hears(1, Word.SHOWN)
    world.wait(REST_S).wait(SILENCE_S)
    world.hears(1, Word.ALIVE)
    assert world.supervisor.answers
    world.wait(SILENCE_S)
    assert 1 not in world.alive


def test_a_hung_visit_and_a_mute_standby_are_both_killed():
    world = World().serving()
    world.hears(1, Word.ALIVE).wait(SILENCE_S)
    world.wait(SHOW_S)
    assert 1 not in world.alive
    assert 2 not in world.alive
    world.wait(1)
    assert world.alive == [3]


def test_a_slow_machine_has_time_for_its_first_page_and_for_no_other():
    world = World()
    world.hears(1, Word.READY).wait(READY_S - 1)
    assert world.alive == [1]
    world.hears(1, Word.SHOWN).hears(2, Word.READY).hears(1, Word.ALIVE).hears(1, Word.OVER)
    world.wait(SHOW_S)
    assert 2 not in world.alive


def test_a_first_page_that_never_comes_is_given_up():
    world = World()
    world.hears(1, Word.READY).wait(READY_S)
    assert 1 not in world.alive


def test_the_first_visit_may_read_qt_from_a_slow_disk_and_no_other_needs_to():
    world = World().wait(FIRST_READY_S - 1)
    assert world.alive == [1]
    world.hears(1, Word.READY).hears(1, Word.SHOWN).wait(READY_S)
    assert 2 not in world.alive


def test_a_first_visit_that_is_never_ready_is_given_up_and_the_next_sooner():
    world = World().wait(FIRST_READY_S)
    assert world.alive == [2]
    assert world.wait(READY_S).alive != [2]


def test_the_built_in_page_comes_before_the_service_manager_gives_up():
    unit = (ROOT / "kiosk" / "deploy" / "units" / "visitor-kiosk.service").read_text(encoding="utf-8")
    gives_up_s = float(re.search(r"^TimeoutStartSec=(\d+)$", unit, re.MULTILINE)[1])
    world = World()
    begun = world.now
    while not world.built_in:
        world.wait(0.1)
    assert world.now - begun + READY_S < gives_up_s


def test_a_resting_visit_is_asked_now_and_then_and_replaced_when_it_does_not_answer():
    world = World().serving()
    world.wait(REST_S)
    assert world.said[-1] == (1, Word.ASK)
    assert not world.supervisor.answers
    world.hears(1, Word.WELL)
    assert world.supervisor.answers
    world.wait(REST_S).wait(SILENCE_S)
    assert world.said[-1] == (2, Word.SHOW)


def test_visits_that_die_in_a_row_slow_the_host_down_and_bring_the_built_in_page():
    world = World()
    pauses = []
    for _ in range(8):
        world.loses(world.alive[-1])
        before = world.now
        while not world.alive:
            world.wait(0.05)
        pauses.append(world.now - before)
    assert world.alive[-1] in world.built_in
    assert pauses == sorted(pauses)
    assert pauses[0] == 0
    assert 5 < pauses[-1] <= 30
    world.hears(world.alive[-1], Word.READY).hears(world.alive[-1], Word.SHOWN)
    assert world.supervisor.on_screen in world.built_in


def failing() -> World:
    """The built-in page on screen, after visits that died young."""
    world = World()
    while not world.built_in:
        if world.alive:
            world.loses(world.alive[-1])
        world.wait(0.25)
    return world.hears(world.alive[-1], Word.READY).hears(world.alive[-1], Word.SHOWN)


def rests(world: World, seconds: float) -> World:
    """Every visit behaves, and nobody uses one."""
    until = world.now + seconds
    while world.now < until:
        world.wait(0.25)
        for visit in list(world.alive):
            world.hears(visit, Word.WELL if visit == world.supervisor.on_screen else Word.READY)
            if world.said[-1:] == [(visit, Word.SHOW)] and visit == world.supervisor.standby:
                world.hears(visit, Word.SHOWN)
    return world


def test_the_built_in_page_that_nobody_uses_does_not_stay_for_good():
    world = failing()
    assert world.supervisor.on_screen in world.built_in
    rests(world, BUILT_IN_S - 5)
    assert world.supervisor.on_screen in world.built_in
    rests(world, BUILT_IN_S + 10)
    assert world.supervisor.on_screen not in world.built_in
    rests(world, 3 * BUILT_IN_S)
    assert world.supervisor.on_screen not in world.built_in


def test_the_built_in_page_stays_while_somebody_uses_it():
    world = failing()
    for _ in range(int(4 * BUILT_IN_S / 0.25)):
        world.wait(0.25).hears(world.supervisor.on_screen, Word.ALIVE)
        world.hears(world.supervisor.standby, Word.READY)
    assert world.supervisor.on_screen in world.built_in


def test_what_always_dies_is_tried_less_and_less_often():
    world, tried, shown = failing(), [], None
    while world.now < 100.0 + 10 * LONGEST_BUILT_IN_S:
        world.wait(0.5)
        for visit in list(world.alive):
            if visit == world.supervisor.on_screen:
                world.hears(visit, Word.WELL)
            elif visit == world.supervisor.standby and (visit, Word.SHOW) not in world.said:
                world.hears(visit, Word.READY)
            if world.said[-1:] == [(visit, Word.SHOW)] and visit == world.supervisor.standby:
                world.hears(visit, Word.SHOWN)
        shown = world.supervisor.on_screen
        if shown is not None and shown not in world.built_in:
            tried.append(world.now)
            world.loses(shown)
    assert len(tried) > 12
    apart = [later - earlier for earlier, later in pairwise(tried) if later - earlier > BUILT_IN_S]
    assert apart == sorted(apart)
    assert apart[-1] >= LONGEST_BUILT_IN_S


def test_old_visits_that_die_do_not_slow_it_down():
    world = World().serving()
    for _ in range(20):
        world.wait(1.5)
        world.hears(world.supervisor.on_screen, Word.WELL)
        world.loses(world.supervisor.on_screen)
        world.hears(world.supervisor.standby, Word.SHOWN)
        world.hears(world.supervisor.standby, Word.READY)
    assert not world.supervisor.is_failing
    assert len(world.alive) == 2


EVENTS = st.one_of(
    st.tuples(st.just("word"), st.integers(0, 1), st.sampled_from(list(Word))),
    st.tuples(st.just("gone"), st.integers(0, 1), st.just(Word.OVER)),
    st.tuples(st.just("wait"), st.sampled_from([0.01, 0.3, 0.6, 4.0]), st.just(Word.OVER)),
)


@given(st.lists(EVENTS, max_size=80))
def test_whatever_happens_there_are_never_more_than_two_and_it_always_recovers(events):
    world = World()
    for kind, which, word in events:
        if kind == "wait":
            world.wait(float(which))
        elif world.alive:
            visit = world.alive[min(int(which), len(world.alive) - 1)]
            world.hears(visit, word) if kind == "word" else world.loses(visit)
        assert len(world.alive) <= 2
        assert {world.supervisor.on_screen, world.supervisor.standby} - {None} == set(world.alive)
        wakes_at = world.supervisor.wakes_at()
        assert wakes_at is not None or len(world.alive) == 2
    for _ in range(400):  # from now on every visit behaves: one is soon on screen
        world.wait(0.25)
        for visit in list(world.alive):
            if visit == world.supervisor.standby:
                world.hears(visit, Word.READY)
            if (visit, Word.SHOW) in world.said and visit == world.supervisor.standby:
                world.hears(visit, Word.SHOWN)
            if visit == world.supervisor.on_screen:
                world.hears(visit, Word.WELL)
    assert world.supervisor.on_screen in world.alive
    assert world.supervisor.standby in world.alive


def test_nothing_is_killed_twice_and_strangers_are_not_listened_to():
    world = World().serving()
    assert world.supervisor.on_word(99, Word.OVER, world.now) == []
    assert world.supervisor.on_gone(99, world.now) == []
    assert Kill(99) not in world.supervisor.on_time(world.now + 100)


def renews(world: World) -> World:
    return world.carry_out(world.supervisor.on_renewed(world.now)).wait(0)


def test_new_content_replaces_the_standby_and_the_lobby_that_rests():
    world = World().serving()
    renews(world)
    assert world.alive == [1, 3]  # the standby of the old content is gone, the lobby still shown
    assert world.supervisor.on_screen == 1
    world.hears(3, Word.READY).hears(3, Word.SHOWN)
    assert world.supervisor.on_screen == 3
    assert world.alive == [3, 4]
    world.hears(4, Word.READY).wait(60)
    assert world.alive == [3, 4]  # once


def test_new_content_never_touches_a_visit_in_use():
    world = World().serving()
    world.hears(1, Word.ALIVE)
    renews(world)
    world.hears(3, Word.READY)
    for _ in range(50):
        world.wait(0.1).hears(1, Word.ALIVE)
    assert world.supervisor.on_screen == 1
    world.hears(1, Word.OVER).hears(3, Word.SHOWN)
    assert world.supervisor.on_screen == 3
    assert 1 not in world.alive


def test_new_content_that_comes_while_a_standby_is_being_shown_replaces_it_next():
    world = World().serving()
    world.hears(1, Word.ALIVE).hears(1, Word.OVER)
    assert world.said[-1] == (2, Word.SHOW)
    renews(world)
    world.hears(2, Word.SHOWN)
    assert world.supervisor.on_screen == 2
    world.hears(3, Word.READY)
    assert world.said[-1] == (3, Word.SHOW)
    world.hears(3, Word.SHOWN)
    assert world.supervisor.on_screen == 3


def test_new_content_gets_its_own_chance_after_the_old_one_failed():
    world = World()
    for _ in range(3):
        world.loses(world.alive[-1]).wait(0.25)
    assert world.supervisor.is_failing
    renews(world)
    assert not world.supervisor.is_failing
    assert world.alive[-1] not in world.built_in
