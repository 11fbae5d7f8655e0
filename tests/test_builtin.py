"""The set of last resort agrees with the shipped one, and keeps the rules that authored files must keep."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.builtin import CHECKED, built_in_library, built_in_settings
from kiosk.checkup import check_folder
from kiosk.content.addresses import looks_like_address
from kiosk.content.contrast import contrast
from kiosk.content.library import load_library
from kiosk.content.phones import digits_of
from kiosk.content.texts import texts_of
from kiosk.words.promises import broken_promises
from kiosk.words.sensitive import telling_words

ROOT = Path(__file__).parents[1]
DATA, ICONS = ROOT / "data", ROOT / "assets/icons"
shipped = pytest.mark.skipif(not (DATA / "categories.toml").exists(), reason="no shipped set here")
NUMBERS = {
    "911": "911",
    "alive": "3149932777",
    "saint-marthas-hall": "3145331313",
    "womens-safe-house": "3147724535",
    "ywca-dv-sart": "3145317273",
    "safe-connections": "3145312003",
    "ndvh": "8007997233",
    "988": "988",
}


def icons():
    return frozenset(path.stem for path in ICONS.glob("*.svg"))


def test_the_numbers_of_last_resort():
    services = built_in_library().services
    assert {id_: service.phones[0].digits for id_, service in services.items()} == NUMBERS
    for service in services.values():
        (phone,) = service.phones
        assert digits_of(phone.number) == phone.digits
        assert phone.open_24h
        assert phone.source


@shipped
def test_they_are_the_numbers_of_the_shipped_set():
    library = load_library(DATA, date.max, icons())
    for id_, service in built_in_library().services.items():
        there = library.services[id_]
        assert service.phones[0].digits in {phone.digits for phone in there.phones if phone.open_24h}
        assert service.save_as == there.save_as
        assert service.is_confidential == there.is_confidential
        assert max(phone.checked for phone in there.phones) >= CHECKED


@shipped
def test_their_words_are_the_shipped_ones_so_that_translations_fit():
    library = load_library(DATA, date.max, icons())
    shipped_texts = {text.id: text.english for text in texts_of(library)}
    for text in texts_of(built_in_library()):
        assert text.english == shipped_texts[text.id]


def test_everything_points_somewhere():
    library = built_in_library()
    assert all(library.in_category(category) for category in library.categories)
    for service in library.services.values():
        assert set(service.categories) <= set(library.categories)
        assert service.id in library.organizations[service.organization].services
        assert service.address is None


def test_the_words_promise_and_tell_nothing():
    library, settings = built_in_library(), built_in_settings()
    for text in (*texts_of(library), *texts_of(settings)):
        assert broken_promises(text.english, "en") == ()
        assert not looks_like_address(text.english)
    for text in texts_of(settings):
        assert telling_words(text.english) == ()


def test_the_lobby_of_last_resort():
    settings = built_in_settings()
    assert [tile.opens_help for tile in settings.tiles] == [False, True]
    assert contrast(settings.brand, "#FFFFFF") >= 10


@pytest.mark.skipif(not any(ICONS.glob("*.svg")), reason="no icons here")
def test_the_icons_exist():
    used = {each.icon for each in (*built_in_library().categories.values(), *built_in_settings().tiles)}
    assert used <= icons()


@shipped
def test_the_shipped_set_has_no_faults():
    assert [str(fault) for fault in check_folder(DATA, date(2026, 11, 20), icons())] == []
