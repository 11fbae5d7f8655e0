"""Nobody there: the lobby covers first, then asks, then forgets."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize

from kiosk.settings import Start
from kiosk.visit.places import HelpPlace, LobbyPlace, ResourcePlace
from kiosk.visit.visit import Visit
from tests.flows.walker import Walker

QUESTION = "Still here? Touch the screen to go on."


def test_a_quiet_page_is_covered_asked_about_and_forgotten(visitor):
    visitor.tap("Help")
    visitor.wait(59)
    assert visitor.sees("Press Hide at any time")
    visitor.wait(1)
    assert visitor.sees(QUESTION)
    assert not visitor.sees("Press Hide")
    visitor.wait(19)
    assert visitor.sees(QUESTION)
    visitor.wait(1)
    assert visitor.visit == Visit()
    assert not visitor.sees(QUESTION)


def test_one_touch_continues_as_often_as_wanted_and_chooses_nothing(visitor):
    visitor.tap("Help").tap("Talk to someone")
    place = visitor.visit.place
    for _ in range(12):
        visitor.wait(60)
        assert visitor.sees(QUESTION)
        spot = visitor.page.rect().center()
        visitor.wait(15).press(spot).release(spot)
        assert visitor.visit.place == place
        assert visitor.sees("ALIVE")
        assert not visitor.visit.asking


def test_the_strip_ends_the_visit_instead_of_continuing(visitor):
    visitor.tap("Help").wait(60)
    visitor.press(visitor.strip()).release(visitor.strip())
    assert visitor.visit == Visit()


def test_a_code_on_screen_is_covered_after_45_seconds(visitor):
    visitor.tap("Help").tap("Talk to someone").tap("ALIVE")
    assert isinstance(visitor.visit.place, ResourcePlace)
    visitor.wait(44)
    assert visitor.sees("314-993-2777")
    visitor.wait(1)
    assert visitor.sees(QUESTION)
    assert not visitor.sees("314-993-2777")


def test_larger_text_gives_twice_the_time(visitor):
    visitor.tap("Help").tap("Text size").wait(119)
    assert not visitor.sees(QUESTION)
    visitor.wait(1)
    assert visitor.sees(QUESTION)


def test_the_question_is_asked_in_the_visitors_language(visitor):
    visitor.tap("Help").tap("Español").wait(60)
    assert visitor.sees("¿Sigue aquí?")
    assert visitor.sees("Welcome")


def test_a_touch_starts_the_count_again(visitor):
    visitor.tap("Help").wait(50)
    spot = visitor.page.rect().center()
    visitor.press(spot).wait(50)
    assert not visitor.sees(QUESTION)


def test_no_timer_runs_while_the_kiosk_rests(visitor):
    assert not visitor.session._timer.isActive()
    visitor.tap("Help")
    assert visitor.session._timer.isActive()
    visitor.press(visitor.strip())
    assert not visitor.session._timer.isActive()


def test_a_site_may_start_on_help_and_hide_still_shows_the_lobby(qapp, house):
    visitor = Walker(replace(house, settings=replace(house.settings, start=Start.HELP)), QSize(1920, 1080))
    assert visitor.sees("Press Hide at any time")
    assert not visitor.session._timer.isActive()
    visitor.tap("Talk to someone").press(visitor.strip()).release(visitor.strip())
    assert visitor.visit.place == LobbyPlace()
    assert visitor.sees("Welcome")
    visitor.wait(79)
    assert visitor.sees("Welcome")
    visitor.wait(1)
    assert visitor.visit.place == HelpPlace()
    visitor.leave()
