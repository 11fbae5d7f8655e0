"""A visitor finds a number, takes it along, and changes how things look."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from kiosk.fittings import DoubleStrike
from kiosk.visit.places import HelpPlace, LobbyPlace, ResourcePlace
from kiosk.visit.visit import Look, TextSize, Visit
from tests.flows.walker import Walker


def test_from_the_lobby_to_a_number_in_three_taps(visitor):
    assert visitor.sees("Welcome")
    visitor.tap("Help and community services")
    assert visitor.sees("Press Hide at any time")
    visitor.tap("Talk to someone").tap("ALIVE")
    assert visitor.sees("314-993-2777")
    assert visitor.sees("tel:+13149932777")
    assert visitor.sees("Open now")
    assert visitor.sees("November 20, 2026")


def test_every_lobby_tile_works(visitor, house):
    for tile in house.settings.tiles:
        if not tile.opens_help:
            visitor.tap(tile.title.english)
            assert visitor.sees(tile.lines[0].english)
            assert visitor.sees("Home")
            visitor.tap("Back")
            assert visitor.visit.place == LobbyPlace()


def test_the_way_is_chosen_and_its_trace_told(visitor):
    visitor.tap("Help").tap("Talk to someone").tap("ALIVE")
    assert visitor.sees("list of calls")
    visitor.tap("Save as a contact")
    assert visitor.sees("BEGIN:VCARD VERSION:3.0 N:Info AL FN:Info AL TEL:+13149932777 END:VCARD")
    assert visitor.sees("stays on the phone until you delete it")
    visitor.tap("Back")
    assert not visitor.sees("314-993-2777")


def test_numbers_are_kept_and_taken_out(visitor):
    visitor.tap("Help").tap("Talk to someone").tap("ALIVE").tap("Keep in my numbers")
    assert visitor.sees("Kept. See my numbers")
    visitor.tap("Back").tap("Safe Connections").tap("Keep in my numbers").tap("Kept")
    assert visitor.sees("314-993-2777")
    assert visitor.sees("314-531-2003")
    visitor.tap("One code for all")
    assert visitor.sees("TEL;TYPE=X-AL:+13149932777 TEL;TYPE=X-SC:+13145312003")
    visitor.tap("Back").tap("Take out ALIVE")
    assert not visitor.sees("314-993-2777")


def test_language_size_and_colours_change_on_any_page_with_one_tap(visitor):
    visitor.tap("Help").tap("Talk to someone").tap("ALIVE")
    visitor.tap("Español")
    assert visitor.sees("Llamar con un teléfono")
    assert visitor.visit.place == ResourcePlace("alive")
    visitor.tap("English").tap("Text size").tap("Colors")
    assert (visitor.visit.size, visitor.visit.look) == (TextSize.LARGE, Look.HIGH_LIGHT)
    assert visitor.sees("314-993-2777")


def test_dart_has_no_number_and_leads_to_911_and_dvip(visitor):
    visitor.tap("Help").tap("Police and your case")
    while not visitor.sees("Domestic Abuse Response Team"):
        visitor.tap("More")
    visitor.tap("Domestic Abuse Response Team")
    assert visitor.sees("No number of its own is known")
    visitor.tap("Domestic Violence Intervention Partnership")
    assert visitor.sees("314-444-5833")


def test_the_filter_keeps_what_answers_in_writing(visitor):
    visitor.tap("Help").tap("Talk to someone").tap("Text, chat or video")
    assert visitor.sees("National Domestic Violence Hotline")
    assert not visitor.sees("ALIVE")
    visitor.tap("Show all")
    assert visitor.sees("ALIVE")


def test_the_card_for_staff_is_in_both_languages(visitor):
    visitor.tap("Help").tap("Español").tap("Mostrar al personal")
    assert visitor.sees("I would like to talk to someone in private.")
    assert visitor.sees("Quisiera hablar con alguien en privado.")


def test_keys_alone_reach_a_number(visitor):
    def choose(name: str) -> None:
        for _ in range(60):
            visitor.key(Qt.Key.Key_Down)
            if visitor.window.focusWidget().accessibleName().startswith(name):
                break
        visitor.key(Qt.Key.Key_Return)

    choose("Help and community")
    choose("Talk to someone")
    choose("ALIVE")
    assert visitor.sees("314-993-2777")
    assert visitor.visit.by_keys


def test_keys_reach_every_button_and_come_round(visitor):
    visitor.tap("Help")
    names = [button.accessibleName() for button in visitor.page.buttons()]
    reached = []
    for _ in names:
        visitor.key(Qt.Key.Key_Tab)
        reached.append(visitor.window.focusWidget().accessibleName())
    assert sorted(reached) == sorted(names)
    visitor.key(Qt.Key.Key_Tab)
    assert visitor.window.focusWidget().accessibleName() == reached[0]
    visitor.key(Qt.Key.Key_Up)
    assert visitor.window.focusWidget().accessibleName() == reached[-1]


def test_sliding_off_a_tile_changes_nothing(visitor):
    spot = visitor.middle_of("Help and community")
    visitor.press(spot).release(spot + QPoint(-500, -400))
    assert visitor.visit == Visit()


def test_a_second_tap_on_the_same_spot_at_once_is_ignored(at_portrait):
    visitor = at_portrait
    spot = visitor.middle_of("Help and community")
    visitor.tap_at(spot)
    assert visitor.visit.place == HelpPlace()
    visitor.time.now += 0.2
    visitor.press(spot).release(spot)
    assert visitor.visit.place == HelpPlace()
    visitor.time.now += 0.31
    visitor.press(spot).release(spot)
    assert visitor.visit.place != HelpPlace()


@pytest.mark.parametrize(("touch_ms", "counts"), [(1000, False), (300, True)])
def test_the_site_says_how_long_a_second_tap_is_ignored(qapp, house, touch_ms, counts):
    settings = replace(house.settings, double_strike=DoubleStrike(touch_ms=touch_ms))
    visitor = Walker(replace(house, settings=settings))
    spot = visitor.middle_of("Help and community")
    visitor.tap_at(spot)
    visitor.time.now += 0.9
    visitor.press(spot).release(spot)
    assert (visitor.visit.place != HelpPlace()) is counts
    visitor.leave()


def test_quick_taps_on_different_spots_all_count(at_portrait):
    """Two presses within Qt's double-click time bring an extra event, which must not undo the second."""
    visitor = at_portrait
    visitor.tap("Help")
    for _ in range(30):
        spot = visitor.middle_of("Talk to someone")
        visitor.touch(spot).lift(spot)
        assert visitor.sees("ALIVE")
        visitor.time.now += 0.1
        back = visitor.middle_of("Back")
        visitor.touch(back).lift(back)
        assert visitor.visit.place == HelpPlace()
        visitor.time.now += 0.1


def test_pages_do_not_pile_up(at_portrait):
    visitor = at_portrait
    visitor.tap("Help")
    before = len(visitor.window.children())
    for _ in range(60):
        visitor.tap("Talk to someone").tap("Back")
    assert len(visitor.window.children()) == before


def test_nobody_closes_the_window(at_portrait):
    assert not at_portrait.window.close()
    assert at_portrait.window.isVisible()
