"""What typing may leave out: every spelling of a word folds to the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.find.folded import asked_words, fold, words_of

ANY_TEXT = st.text(max_size=80)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Ñandú", "nandu"),
        ("ABOGADÍA", "abogadia"),
        ("Straße", "strasse"),
        ("Đorđe šalje čaršaf žutoćudno", "dorde salje carsaf zutocudno"),
        ("Nơi ở an toàn cho người bị bạo hành", "noi o an toan cho nguoi bi bao hanh"),
        ("Đường dây nóng", "duong day nong"),
        ("\u0645\u064e\u0631\u0652\u0643\u064e\u0632", "\u0645\u0631\u0643\u0632"),  # harakat
        ("\u0645\u0640\u0640\u0631\u0643\u0632", "\u0645\u0631\u0643\u0632"),  # tatweel
        ("\u0623\u0633\u0631\u0629", "\u0627\u0633\u0631\u0647"),  # hamza on alef, ta marbuta
        (
            "\u0625\u0644\u0649 \u0622\u0645\u0646",
            "\u0627\u0644\u064a \u0627\u0645\u0646",
        ),  # alef maksura, madda
        ("\u0663\u0661\u0664-\u06f9\u06f9\u06f3", "314-993"),
        ("ＡＬＩＶＥ ９１１", "alive 911"),
        ("Women\u2019s Safe House", "womens safe house"),
        ("Women's", "womens"),
        ("\u2066314\u2069", "314"),
        ("ﬁnd", "find"),
    ],
)
def test_what_is_typed_plainly_equals_what_is_written(written, typed):
    assert words_of(written) == words_of(typed)


def test_doubled_letters_count_once_and_doubled_digits_do_not():
    assert words_of("accommodation harassment") == words_of("acommodation harasment")
    assert words_of("3300") == ["3300"]


def test_chinese_has_no_spaces_and_needs_none():
    assert asked_words("家庭暴力") == ["家庭", "庭暴", "暴力"]
    assert set(asked_words("暴力")) <= set(words_of("家庭暴力热线"))
    assert set(asked_words("家")) <= set(words_of("家庭暴力热线"))
    assert asked_words("911报警") == ["911", "报警"]


def test_signs_between_words_are_no_words():
    assert words_of('a-b, c/d · (e) "f" * NEAR') == ["a", "b", "c", "d", "e", "f", "near"]
    assert asked_words('" OR * - ^ : ( ) {} +') == ["or"]


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_what_is_asked_for_is_in_the_text_it_was_copied_from(text):
    assert set(asked_words(text)) <= set(words_of(text))
