"""Numbers in running text keep their order in every script, and none is lost."""

import re

import pytest

from kiosk.words.numbers import (
    LEFT_TO_RIGHT_ISOLATE,
    POP_ISOLATE,
    by_language,
    foreign,
    foreign_english,
    isolate,
    isolate_latin,
    isolate_numbers,
    mended,
    plain,
)
from tests.words.shipped import CONTENT, INTERFACE, LANGUAGES, content, english, translations

DIGITS = re.compile(r"\d+")


def wrapped(text: str) -> list[str]:
    """The numbers that stand between isolation marks, as authored."""
    found = re.findall(f"{LEFT_TO_RIGHT_ISOLATE}(.*?){POP_ISOLATE}", isolate_numbers(text))
    return [plain(number) for number in found]


def shipped_texts() -> list[str]:
    texts = [*english().values(), *(text for _, text in content())]
    for language in LANGUAGES:
        found = translations(language, INTERFACE) | translations(language, CONTENT)
        texts += found.values()
    return texts


@pytest.mark.parametrize("number", ["1-866-5-MOVANS", "314-993-2777", "1-866-566-8267", "911", "88788"])
def test_telephone_numbers_are_wrapped(number):
    assert wrapped(f"Call {number}, day or night.") == [number]


@pytest.mark.parametrize("number", ["1-866-5-MOVANS", "314-993-2777"])
def test_wrapped_numbers_do_not_break(number):
    assert "-" not in isolate_numbers(f"Call {number}.")


@pytest.mark.parametrize("text", ["2", "Part 2 of 3", "24 hours", "8:30 a.m.", "24-hour line", "D2345", "no"])
def test_small_numbers_are_left_alone(text):
    assert isolate_numbers(text) == text


def test_isolate_wraps_anything():
    assert isolate("911") == "\u2066911\u2069"


def test_several_numbers_in_one_text():
    assert wrapped("Call 911 or 1-866-5-MOVANS (1-866-566-8267).") == [
        "911",
        "1-866-5-MOVANS",
        "1-866-566-8267",
    ]


def test_every_shipped_text_keeps_its_numbers_in_order():
    for text in shipped_texts():
        shown = isolate_numbers(text)
        assert DIGITS.findall(shown) == DIGITS.findall(text)
        assert plain(shown) == text


def test_every_shipped_telephone_number_is_wrapped():
    telephone = re.compile(r"(?:\d-)?\d{3}-\d{3}-\d{4}")
    for text in shipped_texts():
        assert set(telephone.findall(text)) <= set(wrapped(text)), text


def test_marks_come_in_pairs():
    for text in shipped_texts():
        shown = isolate_latin(isolate_numbers(text))
        assert shown.count(LEFT_TO_RIGHT_ISOLATE) == shown.count(POP_ISOLATE)
        assert plain(shown) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("10 N Tucker Blvd, St. Louis", "<10 N Tucker Blvd, St. Louis>"),
        ("Talk to me.\nNow.", "<Talk to me.>\n<Now.>"),
        ("مدينة St. Louis، خارج", "مدينة <St. Louis>، خارج"),
        ("شرق Missouri.", "شرق <Missouri>."),
        ("اتصل على 911 أو DVIP.", "اتصل على <911> أو <DVIP>."),
        ("يُكتب 1-866-5-MOVANS.", "يُكتب <1-866-5-MOVANS>."),
        ("من 8:30 صباحًا", "من 8:30 صباحًا"),
        ("24", "24"),
        ("Info", "Info"),  # the name of a contact, which a code holds
    ],
)
def test_latin_words_in_arabic_keep_their_order(text, shown):
    marked = isolate_latin(isolate_numbers(text)).replace("\u2011", "-")
    assert marked.replace(LEFT_TO_RIGHT_ISOLATE, "<").replace(POP_ISOLATE, ">") == shown


def test_english_is_told_from_the_language_of_the_page():
    name = foreign_english(f"Call {isolate('911')} now")
    assert by_language(f"Diga: {name}.") == [("Diga: ", False), ("Call 911 now.", True)]
    assert by_language(f"({foreign('Soomaali')}) aquí") == [("(Soomaali", True), (") aquí", False)]
    assert by_language("Nada") == [("Nada", False)]
    assert foreign("one\n\ntwo") == f"{foreign('one')}\n\n{foreign('two')}"


def test_english_in_arabic_keeps_its_order_also_where_it_begins_with_an_arabic_date(qapp):
    """By what Qt lays out: the full stop of the sentence stands right of its last letter."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QTextLayout, QTextOption

    shown = foreign_english("20 \u0646\u0648\u0641\u0645\u0628\u0631 2026. Read; nobody called.")
    layout = QTextLayout(shown)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    where = {letter: line.cursorToX(shown.rindex(letter))[0] for letter in "d."}
    assert where["."] > where["d"]


@pytest.mark.parametrize("at", range(1, 60))
def test_a_text_that_is_cut_keeps_its_marks_and_its_voices(at):
    """A paragraph that goes on on another part of a page is cut anywhere, also inside foreign words."""
    whole = f"Llame a {foreign_english(isolate_numbers('Safe Connections, 314-531-2003'))} de d\u00eda."
    cut = min(at, len(whole) - 1)
    parts = mended(whole[:cut], whole[cut:])
    for part in parts:
        assert sum(part.count(mark) for mark in "\u2066\u2068") == part.count(POP_ISOLATE)
    assert plain("".join(parts)) == plain(whole)
    said = [(sign, is_foreign) for part in parts for run, is_foreign in by_language(part) for sign in run]
    expected = [(sign, is_foreign) for run, is_foreign in by_language(whole) for sign in run]
    assert [pair for pair in said if pair[0].isalnum()] == [pair for pair in expected if pair[0].isalnum()]
