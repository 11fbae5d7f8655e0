"""Numbers are said digit by digit, and nothing else is changed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech.digits import LONGEST_GROUP, said
from kiosk.words.numbers import isolate, isolate_numbers
from tests.words.shipped import content, library

TEXTS = st.text(st.sampled_from("0123456789-+ .,:/$AZaz·\n\u2066\u2069\u2011é"), max_size=40)


@pytest.mark.parametrize(
    ("shown", "heard"),
    [
        ("866-566-8267", "8 6 6, 5 6 6, 8 2 6 7."),
        ("1-866-566-8267", "1, 8 6 6, 5 6 6, 8 2 6 7."),
        ("1-866-5-MOVANS", "1, 8 6 6, 5, MOVANS."),
        ("911", "9 1 1."),
        ("Call 911.", "Call 9 1 1."),
        ("Call 988, or 911", "Call 9 8 8, or 9 1 1."),
        ("Text START to 88788", "Text START to 8 8 7, 8 8."),
        ("741741", "7 4 1, 7 4 1."),
        ("tel:+13149932777", "tel:+1, 3 1 4, 9 9 3, 2 7 7 7."),
        ("tel:988", "tel:9 8 8."),
        ("SMSTO:741741:HOME", "SMSTO:7 4 1, 7 4 1:HOME."),
    ],
)
def test_telephone_numbers_are_said_digit_by_digit(shown, heard):
    assert said(shown) == heard
    assert said(isolate_numbers(shown)) == heard
    assert said(isolate(shown)) == heard


@pytest.mark.parametrize(
    "text",
    [
        "November 20, 2026.",
        "8:30 a.m. to 4:00 p.m.",
        "1915 Elm Street.",
        "It costs $100.",
        "24-hour hotline.",
        "MOVANS and TTY.",
        "More (1 of 3).",
        "Volume 10 of 10.",
    ],
)
def test_everything_else_is_said_as_it_is_written(text):
    assert said(text) == text


def test_lines_and_dots_in_the_middle_become_pauses():
    assert said("Open now · 24 hours\nAsk at the desk!\n\nThank you.") == (
        "Open now, 24 hours. Ask at the desk! Thank you."
    )


@given(TEXTS)
def test_no_digit_is_lost_or_moved_and_no_long_run_is_left(text):
    heard = said(text)
    assert re.sub(r"\D", "", heard) == re.sub(r"\D", "", text)
    assert not re.search(rf"\d{{{LONGEST_GROUP + 1},}}", heard)


def test_every_shipped_number_is_said_digit_by_digit():
    numbers = [phone.number for service in library().services.values() for phone in service.phones]
    assert numbers
    for number in numbers:
        assert not re.search(r"\d\d", said(number)), number


def test_no_shipped_text_keeps_a_telephone_number_unsaid():
    for _, text in content():
        assert not re.search(r"\d-\d{3}|\d{5}", said(text)), text
