"""The interpreter cards: read whole, each with its letters, and telling nothing but a language."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase

from kiosk.house import INTERPRETERS
from kiosk.settings import KNOWN_LANGUAGES
from kiosk.ui.theme import FAMILIES
from kiosk.words.interpreters import InterpretersError, read_interpreters
from kiosk.words.sensitive import telling_words
from tests.ui.test_fonts import runs

CARDS = read_interpreters(INTERPRETERS)
GOOD = INTERPRETERS.read_text(encoding="utf-8")


def test_there_are_twenty_languages_beyond_those_of_the_screen():
    codes = [card.code for card in CARDS]
    assert len(set(codes) - set(KNOWN_LANGUAGES)) == 20
    assert codes[:5] == [code for code in KNOWN_LANGUAGES if code != "en"]
    assert len({card.name for card in CARDS}) == len({card.english for card in CARDS}) == len(CARDS)


def test_a_card_says_a_language_and_asks_for_an_interpreter():
    for card in CARDS:
        assert card.english_card == f"I speak {card.english}. Please get an interpreter."
        assert telling_words(f"{card.english_card} {card.card}") == ()
    assert [card.code for card in CARDS if card.is_right_to_left] == ["ar", "prs", "ps", "fa", "ur"]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.code)
def test_no_sign_is_missing_and_no_other_family_helps_out(qapp, card):
    wanted = [family for family in FAMILIES if family in QFontDatabase.families()]
    if "Noto Sans CJK SC" not in wanted:
        pytest.skip("needs the Debian packages fonts-noto-core and fonts-noto-cjk")
    for text in (card.name, card.card):
        found = runs(text, bold=True)
        assert [run for run in found if 0 in run.glyphIndexes()] == []
        assert {run.rawFont().familyName() for run in found} <= set(wanted) - {"DejaVu Sans"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("schema = 1", "schema = 2", "write schema = 1"),
        ('code = "so"', 'code = "Somali"', '"Somali" is no code'),
        ('code = "so"', 'code = "am"', 'the code "am" is there twice'),
        ('name = "Soomaali"', "", "write name as one line"),
        ('name = "Soomaali"', 'nam = "Soomaali"', '"nam" is not known'),
        ('name = "Soomaali"', r'name = "Soo\nmaali"', "write name as one line"),
        ('name = "Soomaali"', f'name = "{"S" * 21}"', "shorten name to 20"),
        ('status = "draft"', 'status = "fine"', "write status = one of draft"),
        ('status = "draft"', 'status = "reviewed"', 'is "reviewed" by nobody'),
        ("{language}", "{tongue}", "must hold {language} once"),
        ("[[language]]", "[language]", "cannot be read"),
        ('english = "Somali"', 'english = "Somali', "cannot be read"),
    ],
)
def test_a_fault_says_what_to_write(tmp_path, old, new, told):
    file = tmp_path / "interpreters.toml"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InterpretersError, match=r"interpreters\.toml") as raised:
        read_interpreters(file)
    assert told in str(raised.value)


def test_what_is_no_text_at_all_is_refused(tmp_path):
    file = tmp_path / "interpreters.toml"
    for junk in (
        b"",
        b"\xff\xfe",
        b"language = 3\nschema = 1",
        b"schema = 1\nlanguage = [3]\nenglish_card = 1",
    ):
        file.write_bytes(junk)
        with pytest.raises(InterpretersError):
            read_interpreters(file)
    with pytest.raises(InterpretersError):
        read_interpreters(tmp_path / "not there")
