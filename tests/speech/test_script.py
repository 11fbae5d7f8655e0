"""A page is said in its order, each part by its name, and what a code is for is said."""

from __future__ import annotations

from kiosk.house import INTERPRETERS
from kiosk.speech.script import Part, Role, Tongues, Utterance, script, spoken
from kiosk.words.catalog import Words, load_words
from kiosk.words.interpreters import read_interpreters
from kiosk.words.numbers import foreign
from tests.words.shipped import INTERFACE, english

PARTS = [
    Part(Role.TEXT, "ALIVE"),
    Part(Role.TEXT, "24-hour hotline Open now · 24 hours \u2066314\u2011993\u20112777\u2069"),
    Part(Role.TEXT, "Code: Call with a phone. ALIVE."),
    Part(Role.CODE_HOLDS, "tel:+13149932777"),
    Part(Role.TEXT, " "),
    Part(Role.BUTTON, "Talk to someone", "Help lines that answer at any hour"),
]

TONGUES = Tongues(read_interpreters(INTERPRETERS))


def words_of(language: str) -> Words:
    return load_words(language, english(), [INTERFACE], shows_unapproved=True)


def heard_in(language: str, *parts: Part) -> list[Utterance]:
    return script(parts, words_of(language), TONGUES)


def test_a_page_is_said_part_by_part_in_its_order():
    heard = heard_in("en", *PARTS)
    assert {each.language for each in heard} == {"en"}
    assert [each.text for each in heard] == [
        "ALIVE.",
        "24-hour hotline Open now, 24 hours 3 1 4, 9 9 3, 2 7 7 7.",
        "Code: Call with a phone. ALIVE.",
        "The code holds: tel:+1, 3 1 4, 9 9 3, 2 7 7 7.",
        "Talk to someone, button. Help lines that answer at any hour.",
    ]


def test_what_is_added_is_in_the_visitors_language():
    heard = heard_in("es", *PARTS)
    assert heard[-1].text.startswith("Talk to someone, botón.")
    assert heard[-2].text.startswith("El código contiene:")


def test_english_on_a_page_of_another_language_is_said_by_the_english_voice():
    words = words_of("es")
    purpose = Part(Role.TEXT, words("take.purpose", way="Llamar", name=words.name("Women's Safe House")))
    assert heard_in("es", purpose) == [
        Utterance("Código: Llamar.", "es"),
        Utterance("Women\u2019s Safe House.", "en"),
    ]
    button = Part(Role.BUTTON, words.name("ALIVE"), "Ayuda a toda hora")
    assert heard_in("es", button) == [Utterance("ALIVE.", "en"), Utterance("botón. Ayuda a toda hora.", "es")]


def test_a_safety_text_that_nobody_approved_is_said_by_the_english_voice():
    """A production site shows it in English; a demonstration shows the draft, and says it in its language."""
    for shows_unapproved, language in ((False, "en"), (True, "vi")):
        words = load_words("vi", english(), [INTERFACE], shows_unapproved=shows_unapproved)
        strip = Part(Role.BUTTON, words("strip.hide"))
        assert script([strip], words, TONGUES)[0].language == language


def test_each_language_is_said_by_its_own_voice_in_a_list_of_languages():
    words = words_of("en")
    assert heard_in("en", Part(Role.BUTTON, words.native("en"))) == [Utterance("English, button.", "en")]
    for code in ("es", "bs", "vi", "zh", "ar"):
        name, button = heard_in("en", Part(Role.BUTTON, words.native(code)))
        assert (name.language, button) == (code, Utterance("button.", "en"))
    more = heard_in("en", Part(Role.BUTTON, f"{words.native('es')} \u2026"))
    assert [each.language for each in more] == ["es", "en"]


def test_interpreter_cards_are_said_in_their_languages_where_there_is_a_voice():
    said_by = {
        each.code: [one.language for one in heard_in("en", Part(Role.TEXT, foreign(each.card)))]
        for each in read_interpreters(INTERPRETERS)
    }
    without = {code for code, by in said_by.items() if by != [code]}
    assert {code: said_by[code] for code in without} == {
        "so": ["en"],
        "rw": ["en"],  # Latin letters: left to the voice of the page
        "prs": [],
        "ps": [],
        "ti": [],  # it would name each sign; the English beside it is said
    }
    dari = heard_in("es", Part(Role.BUTTON, foreign("\u062f\u0631\u06cc"), foreign("Dari")))
    assert dari == [Utterance("botón.", "es"), Utterance("Dari.", "en")]


def test_numbers_are_said_digit_by_digit_inside_what_is_in_another_language():
    assert spoken(words_of("es").name("Lifeline 988"), "es", TONGUES) == [Utterance("Lifeline 9 8 8.", "en")]
