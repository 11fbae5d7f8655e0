"""More than two languages: one tap opens them on any page, one more returns in the language chosen."""

from dataclasses import replace

import pytest

from kiosk.settings import Speech
from kiosk.ui.gallery import examples
from kiosk.ui.pages.controls import controls
from kiosk.ui.picture import built
from kiosk.ui.proof import panel_named
from kiosk.ui.scene import scene_for
from kiosk.visit.actions import Open, Pause, SetLanguage, SetLook, SetSize, SetSpeech
from kiosk.visit.places import LanguagePlace, LobbyPlace, ResourcePlace, is_ordinary
from kiosk.visit.visit import TextSize, Visit
from kiosk.words.catalog import NATIVE_NAMES
from tests.flows.walker import Walker
from tests.ui.houses import FURTHER_SITE

RETURNED = {"bs": "Pozovi telefonom", "vi": "Gọi bằng điện thoại", "zh": "用手机拨打", "ar": "اتصل بالهاتف"}


@pytest.fixture
def many(houses):
    """A house with six languages, measured as the portrait panel that the walker has."""
    house = houses[FURTHER_SITE]
    return replace(house, settings=replace(house.settings, panel_width_mm=268.0))


@pytest.fixture
def visitor(qapp, many):
    walker = Walker(many)
    yield walker
    walker.leave()


@pytest.mark.parametrize("language", RETURNED)
def test_a_language_is_two_taps_away_and_the_page_stays(visitor, language):
    visitor.tap("Help").tap("Talk to someone").tap("ALIVE").tap("Language")
    for name in NATIVE_NAMES.values():
        assert visitor.sees(name)
    visitor.tap(NATIVE_NAMES[language])
    assert visitor.sees(RETURNED[language])
    assert visitor.sees("314-993-2777")
    assert (visitor.visit.place, visitor.visit.language) == (ResourcePlace("alive"), language)


def test_back_from_the_languages_changes_nothing(visitor):
    visitor.tap("Help").tap("Language").tap("Back")
    assert visitor.visit.language is None
    assert visitor.sees("What would help you now?")


def test_the_strip_hides_from_the_languages_and_the_next_visit_is_in_the_sites_own(visitor):
    visitor.tap("Help").tap("Language").tap("العربية").tap("اللغة")
    assert visitor.sees("اختر لغتك")
    visitor.tap("إخفاء")
    assert visitor.visit == Visit()
    assert visitor.sees("Welcome")


def test_in_the_lobby_the_languages_tell_nothing(visitor):
    visitor.tap("Language")
    assert visitor.visit.place == LanguagePlace()
    visitor.tap("Home")
    assert visitor.visit.place == LobbyPlace()


def test_the_languages_are_one_tap_away_on_every_page(qapp, many):
    for example in examples(many):
        offered = [c.action for c in controls(example.visit.place, scene_for(many, example.visit, PANEL))]
        picker = Open(LanguagePlace(over_help=not is_ordinary(example.visit.place)))
        assert (picker in offered) != isinstance(example.visit.place, LanguagePlace), example.name


def test_of_two_languages_the_other_is_one_tap_away(qapp, house):
    for example in examples(house):
        offered = [c.action for c in controls(example.visit.place, scene_for(house, example.visit, PANEL))]
        if not isinstance(example.visit.place, LanguagePlace):
            assert SetLanguage("es") in offered, example.name


@pytest.mark.parametrize(
    ("panel_name", "size"), [("1024x600", TextSize.LARGEST), ("1080x1920", TextSize.NORMAL)]
)
def test_size_colours_and_voice_are_one_tap_away_on_every_page(qapp, many, panel_name, size):
    speaking = replace(many, settings=replace(many.settings, speech=Speech(4, 5, None)))
    for example in examples(speaking):
        visit = replace(example.visit, size=size, asking=False, speaks=True)
        offered = [
            type(button.action) for button in built(speaking, visit, panel_named(panel_name)).buttons()
        ]
        assert {SetSize, SetLook, Pause} <= set(offered), example.name
        silent = built(speaking, replace(visit, speaks=False), panel_named(panel_name))
        assert SetSpeech(True) in [button.action for button in silent.buttons()], example.name


PANEL = panel_named("1080x1920")
