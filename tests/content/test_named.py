"""A number is found in a text however it is written there, and however many numbers are looked for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.model import Text
from kiosk.content.named import Spelled

pieces = st.sampled_from(
    [
        "314",
        "555",
        "0100",
        "3145550100",
        "88788",
        "8",
        "-",
        " ",
        "1-",
        "MOVANS",
        "1-866-5-MOVANS",
        "Call ",
        "٣",
    ]
)
texts = st.lists(pieces, max_size=8).map("".join)
spellings = st.frozensets(
    st.sampled_from(["3145550100", "5550100314", "88788", "1-866-5-MOVANS", "MOVANS", "START", "AV", "8887"])
)


def named(english: str, *numbers: str) -> set[str]:
    return set(Spelled(frozenset(numbers)).named_in(Text("a", english)))


@pytest.mark.parametrize(
    "english",
    [
        "Call 314-555-0100.",
        "1-314-555-0100",
        "3145550100",
        "13145550100",
        "+1 3145550100!",
        "Call 314-555-0199 or 314-555-0100",
    ],
)
def test_a_number_is_found_however_it_is_grouped(english):
    assert named(english, "3145550100", "8665668267") == {"3145550100"}


@pytest.mark.parametrize(
    "english", ["", "Call 911.", "314-555-010", "314-555-0101", "no digits", "٣١٤٥٥٥٠١٠٠"]
)
def test_another_number_is_not(english):
    assert named(english, "3145550100") == set()


def test_letters_are_found_as_they_are_spelled():
    assert named("Spell 1-866-5-MOVANS", "1-866-5-MOVANS", "8665668267") == {"1-866-5-MOVANS"}
    assert named("Text START to 88788", "88788") == {"88788"}


@given(english=texts, known=spellings)
def test_all_and_only_those_are_found_that_a_look_for_each_finds(english, known):
    """The looking is quick because it does not try each number; this does."""
    grouped = {re.sub("[^0-9]", "", found)[-10:] for found in re.findall(r"(?a:\d[\d-]{3,}\d)", english)}
    assert named(english, *known) == {each for each in known if each in grouped or each in english}
    assert Spelled(known).is_named_in(Text("a", english)) == bool(named(english, *known))
