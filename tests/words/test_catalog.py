"""How words are looked up: by id and English, with English wherever a translation does not fit."""

from dataclasses import dataclass

import pytest

from kiosk.words.catalog import Words, load_words, read_english
from kiosk.words.numbers import foreign_english
from kiosk.words.safety import is_safety
from kiosk.words.workshop import write_compiled

ENGLISH = {"review.status": "reviewed", "strip.hide": "Hide", "page.more": "More ({part} of {count})"}


@dataclass(frozen=True)
class Written:
    id: str
    english: str


@pytest.fixture
def spanish(tmp_path):
    """Returns a function: Spanish with these (id, English, Spanish) translations."""

    def make(*translations: tuple[str, str, str], demo: bool = True, status: str = "draft") -> Words:
        po = tmp_path / "es.po"
        blocks = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
        blocks += [
            f'# status: {status}\nmsgctxt "{id_}"\nmsgid "{old}"\nmsgstr "{new}"\n'
            for id_, old, new in translations
        ]
        po.write_text("\n".join(blocks), encoding="utf-8")
        write_compiled(po)
        return load_words("es", ENGLISH, [tmp_path], shows_unapproved=demo)

    return make


def test_english_needs_no_catalog(tmp_path):
    words = load_words("en", ENGLISH, [tmp_path])
    assert words("strip.hide") == "Hide"
    assert words("page.more", part=1, count=3) == "More (1 of 3)"


def test_a_translation_is_found_by_its_id(spanish):
    words = spanish(("strip.hide", "Hide", "Ocultar"), ("other.hide", "Hide", "Esconder"))
    assert words("strip.hide") == "Ocultar"
    assert words.text(Written("other.hide", "Hide")) == "Esconder"


def test_the_same_english_under_another_id_stays_english(spanish):
    words = spanish(("other.hide", "Hide", "Esconder"))
    assert words("strip.hide") == foreign_english("Hide")


def test_changed_english_is_shown_until_it_is_translated_again(spanish):
    words = spanish(("strip.hide", "Hide it", "Ocultar"))
    assert words("strip.hide") == foreign_english("Hide")
    assert not words.has(Written("strip.hide", "Hide"))


def test_a_language_without_catalogs_is_english(tmp_path):
    assert load_words("es", ENGLISH, [tmp_path])("strip.hide") == foreign_english("Hide")


def test_an_unknown_id_is_an_error(spanish):
    with pytest.raises(KeyError):
        spanish()("strip.hid")


def test_values_are_filled_in(spanish):
    words = spanish(("page.more", "More ({part} of {count})", "Más ({part} de {count})"))
    assert words("page.more", part=2, count=3) == "Más (2 de 3)"


@pytest.mark.parametrize("status", ["machine", "draft", "reviewed"])
def test_a_safety_text_that_nobody_approved_is_english_on_a_production_site(spanish, status):
    hide, more = ("strip.hide", "Hide", "Ocultar"), ("page.more_word", "More", "Más")
    words = spanish(hide, more, demo=False, status=status)
    assert words("strip.hide") == foreign_english("Hide")
    assert words.text(Written("page.more_word", "More")) == "Más"
    assert spanish(hide, more, demo=True, status=status)("strip.hide") == "Ocultar"


def test_an_approved_safety_text_is_shown_everywhere(spanish):
    hide = ("strip.hide", "Hide", "Ocultar")
    assert spanish(hide, demo=False, status="approved")("strip.hide") == "Ocultar"
    assert spanish(hide, demo=True, status="approved")("strip.hide") == "Ocultar"


def test_a_text_that_names_911_is_a_safety_text():
    assert is_safety("about.anything", "Call 911 now")
    assert not is_safety("about.anything", "Room 9112")


def test_apostrophes_are_typographic():
    assert load_words("en", ENGLISH, []).text(Written("a", "phone's")) == "phone\u2019s"


def test_the_state_of_a_language_is_one_of_its_entries(spanish):
    assert spanish(("review.status", "reviewed", "draft")).is_draft
    assert not spanish(("review.status", "reviewed", "reviewed")).is_draft


def test_english_is_never_a_draft():
    assert not Words("en", ENGLISH).is_draft


def test_only_arabic_runs_from_the_right():
    assert not Words("es", ENGLISH).is_right_to_left
    assert Words("ar", ENGLISH).is_right_to_left


def test_english_is_read_by_id(tmp_path):
    path = tmp_path / "en.toml"
    path.write_text('[strip]\nhide = "Hide"\n[month]\nm1 = "January"\n')
    assert read_english(path) == {"strip.hide": "Hide", "month.m1": "January"}
