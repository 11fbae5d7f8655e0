"""Somebody who needs an interpreter shows a card: two touches, or five keys, and English beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel

from kiosk.ui.picture import built
from kiosk.ui.proof import panel_named
from kiosk.ui.widgets.poster import Poster
from kiosk.visit.places import InterpreterPlace, LobbyPlace, StaffPlace
from kiosk.visit.visit import TextSize, Visit
from kiosk.words.numbers import plain
from tests.flows.walker import PORTRAIT, Walker
from tests.ui.houses import parts
from tests.ui.rules import faults_of

REQUEST = "I speak Pashto. Please get an interpreter."
SMALL = QSize(1024, 600)


def posters(page) -> list[str]:
    return [plain(label.text()) for label in page.findChildren(QLabel) if isinstance(label, Poster)]


def test_from_the_card_for_staff_to_an_interpreter(visitor):
    visitor.tap("Help").tap("Show this to staff").tap("I speak another language").tap("پښتو")
    assert posters(visitor.page) == ["زه پښتو خبرې کوم. مهرباني وکړئ ژباړن راوغواړئ.", REQUEST]
    assert visitor.sees("Draft: nobody has checked this translation yet.")
    visitor.press(visitor.strip())
    assert visitor.visit == Visit()


def test_five_keys_reach_a_card(visitor):
    for name in ("Help", "Show this to staff", "I speak another language", "Русский"):
        for _ in range(60):
            visitor.key(Qt.Key.Key_Down)
            if plain(visitor.window.focusWidget().accessibleName()).startswith(name):
                break
        visitor.key(Qt.Key.Key_Return)
    assert visitor.sees("I speak Russian. Please get an interpreter.")


@pytest.mark.parametrize("size", [PORTRAIT, SMALL], ids=["portrait", "small"])
def test_in_the_lobby_the_page_of_languages_leads_there_and_tells_nothing(qapp, houses, size):
    visitor = Walker(houses["hospital-waiting-room"], size)
    visitor.tap("Language").tap("I speak another language").tap("Español")
    assert posters(visitor.page)[-1] == "I speak Spanish. Please get an interpreter."
    assert visitor.page.buttons()[-1].accessibleName() == "Home"
    visitor.leave()


def test_a_production_site_shows_no_draft(house):
    real = replace(house, settings=replace(house.settings, is_demo=False))
    visit = Visit(trail=(LobbyPlace(), InterpreterPlace("ps", over_help=True)))
    panel = panel_named("1080x1920")
    assert posters(built(real, visit, panel)) == [REQUEST]
    read = [each._replace(is_reviewed=True) for each in house.interpreters]
    page = built(replace(real, interpreters=tuple(read)), visit, panel)
    assert posters(page)[1] == REQUEST
    assert not any("Draft" in label.text() for label in page.findChildren(QLabel))


def test_the_card_for_staff_is_there_once_where_only_the_english_may_be_shown(qapp, house):
    for is_demo, count in ((True, 2), (False, 1)):
        site = replace(house.settings, is_demo=is_demo)
        spanish = replace(house.words["es"], shows_unapproved=is_demo)
        real = replace(house, settings=site, words={**house.words, "es": spanish})
        visit = Visit(trail=(LobbyPlace(), StaffPlace()), language="es")
        shown = posters(built(real, visit, panel_named("1080x1920")))
        assert (len(shown), shown[-1]) == (count, "I would like to talk to someone in private.")


def test_without_the_file_nothing_offers_it(qapp, house):
    visitor = Walker(replace(house, interpreters=()))
    visitor.tap("Help").tap("Show this to staff")
    assert not visitor.sees("I speak another language")
    visitor.leave()


@pytest.mark.parametrize(
    ("panel_name", "size", "language"),
    [
        ("1024x600", TextSize.LARGEST, "ar"),
        ("1024x600", TextSize.NORMAL, "en"),
        ("800x1280", TextSize.LARGEST, "vi"),
        ("1080x1920", TextSize.NORMAL, "ar"),
    ],
)
def test_each_card_keeps_the_rules_and_has_the_english_one_beside_it(
    qapp, houses, panel_name, size, language
):
    house, panel, found = houses["hospital-waiting-room"], panel_named(panel_name), []
    for each in house.interpreters:
        visit = Visit(
            trail=(LobbyPlace(), InterpreterPlace(each.code, over_help=True)), size=size, language=language
        )
        pages = [page for _, page in parts(house, visit, panel)]
        shown = posters(pages[0])
        assert each.english_card in shown
        assert shown == [each.card, each.english_card] or size is TextSize.LARGEST
        right = Qt.LayoutDirection.RightToLeft if each.is_right_to_left else Qt.LayoutDirection.LeftToRight
        for poster in (label for page in pages for label in page.findChildren(Poster)):
            side = right if plain(poster.text()) == each.card else Qt.LayoutDirection.LeftToRight
            assert poster._block._layout.textOption().textDirection() is side
            if each.code != "my" or size is TextSize.NORMAL:  # Burmese has no spaces inside a phrase
                assert not poster._block.splits_words(poster.width() - 2 * poster.theme.padding)
        found += [f"{each.code}: {fault}" for page in pages for fault in faults_of(page, panel, size)]
    assert found == []
