"""The idle rules of the product, with times handed in."""

import pytest

from kiosk.content.model import ServiceId
from kiosk.visit.actions import AskStillHere, End
from kiosk.visit.idle import IdleLimits, after_quiet, quiet_limit_s
from kiosk.visit.places import HelpPlace, LobbyPlace, ResourcePlace
from kiosk.visit.visit import TextSize, Visit

ON_HELP = Visit(trail=(LobbyPlace(), HelpPlace()))
LIMITS = IdleLimits()


@pytest.mark.parametrize(
    ("visit", "shows_code", "seconds"),
    [
        (ON_HELP, False, 60),
        (ON_HELP, True, 45),
        (Visit(trail=ON_HELP.trail, size=TextSize.LARGE), False, 120),
        (Visit(trail=ON_HELP.trail, size=TextSize.LARGEST), True, 120),
        (Visit(trail=ON_HELP.trail, by_keys=True), False, 120),
        (Visit(trail=ON_HELP.trail, speaks=True), True, 120),
        (Visit(trail=ON_HELP.trail, asking=True), True, 20),
        (Visit(kept=(ServiceId("alive"),)), False, 60),
        (Visit(language="es"), False, 60),
    ],
)
def test_seconds_until_something_happens(visit: Visit, shows_code: bool, seconds: int) -> None:
    assert quiet_limit_s(visit, shows_code, LIMITS) == seconds


def test_the_resting_kiosk_waits_for_nothing() -> None:
    assert quiet_limit_s(Visit(), False, LIMITS) is None
    help_first = IdleLimits(start=ON_HELP.trail)
    assert quiet_limit_s(ON_HELP, False, help_first) is None


def test_a_site_that_starts_on_help_returns_to_it_after_a_hidden_visit_was_left_alone() -> None:
    help_first = IdleLimits(start=ON_HELP.trail)
    assert quiet_limit_s(Visit(), False, help_first) == 80
    assert after_quiet(Visit(), help_first) == End(ON_HELP.trail)


def test_first_the_question_then_the_end() -> None:
    visit = Visit(trail=(LobbyPlace(), ResourcePlace(ServiceId("alive"))))
    assert after_quiet(visit, LIMITS) == AskStillHere()
    asking = Visit(trail=visit.trail, asking=True)
    assert after_quiet(asking, LIMITS) == End((LobbyPlace(),))


def test_a_short_site_limit_also_holds_with_a_code_on_screen() -> None:
    assert quiet_limit_s(ON_HELP, True, IdleLimits(still_here_after_s=30)) == 30
