import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.phones import SHORT_CODES, digits_of, hyphenated, spelled, spelling_problem

three = st.integers(200, 999).map(str).filter(lambda number: number[1:] != "11")
four = st.integers(0, 9999).map("{:04}".format)
numbers = st.tuples(three.filter(lambda area: area != "900"), three, four)


@pytest.mark.parametrize(
    ("authored", "shown", "digits"),
    [
        ("1-866-566-8267", "1-866-566-8267", "8665668267"),
        ("314-993-2777", "314-993-2777", "3149932777"),
        ("3149932777", "314-993-2777", "3149932777"),
        ("314\u2011993\u20132777", "314-993-2777", "3149932777"),
        ("18665668267", "1-866-566-8267", "8665668267"),
        ("911", "911", "911"),
        ("988", "988", "988"),
    ],
)
def test_numbers_are_shown_and_dialled(authored, shown, digits):
    assert hyphenated(authored) == shown
    assert digits_of(authored) == digits


@pytest.mark.parametrize("code", ["88788", "233733", "22522"])
def test_a_text_code_is_only_a_number_for_texts(code):
    assert digits_of(code, text_code=True) == code
    with pytest.raises(ValueError, match="not a telephone number"):
        digits_of(code)


@pytest.mark.parametrize(
    "wrong",
    [
        *("", "9", "112", "000", "9-1-1", "314-993-277", "314-993-27777", "2-314-993-2777", "+13149932777"),
        *("014-993-2777", "114-993-2777", "314-093-2777", "314-193-2777", "314-911-2777", "911-314-2777"),
        *(
            "1-866-5-MOVANS",
            "314-993-2777 x12",
            "(314) 993-2777",
            "314.993.2777",
            "３１４-993-2777",
            "٣١٤-993-2777",
        ),
    ],
)
def test_what_is_no_number_is_refused_in_words(wrong):
    with pytest.raises(ValueError, match=r"; (?:write|compare)"):
        digits_of(wrong)


@pytest.mark.parametrize("authored", ["900-200-0000", "1-900-200-0000", "9002000000"])
def test_a_number_that_costs_its_callers_money_is_refused(authored):
    with pytest.raises(ValueError, match="costs its callers money; take it out"):
        digits_of(authored)


@given(numbers, st.booleans())
def test_any_sound_number_keeps_its_digits(parts, with_one):
    authored = "-".join((("1",) if with_one else ()) + parts)
    assert hyphenated(authored) == authored
    assert digits_of(authored) == "".join(parts)
    assert spelled(authored) == "".join(parts)
    assert spelling_problem(authored, "".join(parts)) is None


@given(st.text(max_size=20))
def test_any_text_gives_digits_or_a_reason(text):
    try:
        digits = digits_of(text)
    except ValueError as reason:
        words = str(reason)
        assert ";" in words
    else:
        assert digits in SHORT_CODES or (len(digits) == 10 and digits.isascii() and digits.isdecimal())


@given(st.text(max_size=20))
def test_any_spelling_fits_or_has_a_reason(text):
    problem = spelling_problem(text, "8665668267")
    assert problem is None or ";" in problem


@pytest.mark.parametrize(
    ("spelling", "digits"),
    [
        ("1-866-5-MOVANS", "8665668267"),
        ("866-5-movans", "8665668267"),
        ("800-799-SAFE", "8007997233"),
        ("1-844-7NATIVE", "8447628483"),
        ("800-656-HOPE", "8006564673"),
    ],
)
def test_letters_spell_digits(spelling, digits):
    assert spelled(spelling) == digits
    assert spelling_problem(spelling, digits) is None


@pytest.mark.parametrize(
    ("spelling", "digits", "named"),
    [
        ("1-866-5-M0VANS", "8665668267", '"0" (zero)'),
        ("1-866-5-M0VANS", "8665608267", '"0" (zero)'),
        ("1-866-5-MOVAN5", "8665668267", '"5" in "1-866-5-MOVAN5" stands for 5, but the number has 7 there'),
        ("1-866-5-MOVENS", "8665668267", '"E" in "1-866-5-MOVENS" stands for 3, but the number has 2 there'),
        ("1-866-5-MOVAN", "8665668267", "spells 9 digits, but the number has 10"),
        ("MOVANS!", "8665668267", "may only hold letters, digits and hyphens"),
    ],
)
def test_a_wrong_spelling_names_the_letter(spelling, digits, named):
    assert named in spelling_problem(spelling, digits)
