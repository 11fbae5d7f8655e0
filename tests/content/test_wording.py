import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.wording import _MARKUP, markup_in, odd_character, text_problems

HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    "text", ["Plain words, 24/7.", "A - B", "5 * 3", "Women & children", "a < b", "C# and 1_000", "ñ á · ?"]
)
def test_plain_texts_pass(text):
    assert text_problems(text, 60) == ()


@pytest.mark.parametrize("text", ["<b>x", "</p>", "<!-- x", "&nbsp;", "&#39;"])
def test_html_is_found(text):
    assert markup_in(text) == "HTML"


@pytest.mark.parametrize("text", ["**x**", "a __b__", "`x`", "[a](b)", "# Title", "- item", "see *this* now"])
def test_markdown_is_found(text):
    assert markup_in(text) == "Markdown"


@pytest.mark.parametrize(
    "letter", ["\u202e", "\u2066", "\u200b", "\u00ad", "\x00", "\x7f", "\ufeff", "\n", "\u2028"]
)
def test_invisible_characters_are_named(letter):
    assert f"U+{ord(letter):04X}" in odd_character(f"a{letter}b")


def test_of_all_characters_there_are_the_invisible_ones_and_curly_quotes_are_odd():
    for letter in map(chr, range(sys.maxunicode + 1)):
        hidden = unicodedata.category(letter) in HIDDEN and letter != "\t"
        assert bool(odd_character(letter)) == (hidden or letter in "“”‘’"), f"U+{ord(letter):04X}"


@given(st.text("<>&*_`~[]()#+- \t;/!ab1", max_size=9))
def test_marks_are_found_wherever_they_stand(text):
    kinds = [kind for pattern, kind in _MARKUP if pattern.search(text)]
    assert markup_in(text) == (kinds[0] if kinds else None)


@pytest.mark.parametrize("letter", "“”‘’")
def test_curly_quotes_are_named(letter):
    assert "curly quotes" in odd_character(f"a{letter}b")


@pytest.mark.parametrize(
    ("sign", "advice"),
    [
        ("\u0663", "type 0 to 9"),
        ("\uff13", "type 0 to 9"),
        ("\U0001d7db", "type 0 to 9"),
        ("\U0001f3e0", "write words instead"),
        ("\U0001202b", "write words instead"),
        ("\ufdfd", "type the plain letters"),
        ("\uff21", "type the plain letters"),
        ("\u3164", "delete it"),
        ("\ufe0f", "delete it"),
    ],
)
def test_signs_that_a_screen_may_lack_are_named_with_what_to_write(sign, advice):
    (problem,) = text_problems(f"a {sign} b", 60)
    assert f"U+{ord(sign):04X}" in problem
    assert advice in problem


@pytest.mark.parametrize(
    ("text", "limit", "fits"),
    [
        ("Women and Families Welcome Network of Greater Mid Missouri and Communities Xyz", 80, False),
        ("Association for Neighborhood Counseling and Family Support of Saint Louis Cou", 80, True),
        ("FAMILY COUNSELING AND SUPPORT OF SAINT LOUIS COUNTY", 80, True),
        ("W" * 48, 80, False),
        ("W" * 45, 80, True),
        ("x" * 160, 160, True),
        ("X" * 160, 160, False),
    ],
)
def test_a_text_may_take_the_room_of_so_many_ordinary_letters(text, limit, fits):
    assert (text_problems(text, limit) == ()) is fits
