"""A page is said in its order, each part by its name, and what a code is for is said."""

from __future__ import annotations

from kiosk.speech.script import Part, Role, script
from kiosk.words.catalog import load_words
from tests.words.shipped import INTERFACE, english

PARTS = [
    Part(Role.TEXT, "ALIVE"),
    Part(Role.TEXT, "24-hour hotline Open now · 24 hours \u2066314\u2011993\u20112777\u2069"),
    Part(Role.TEXT, "Code: Call with a phone. ALIVE."),
    Part(Role.CODE_HOLDS, "tel:+13149932777"),
    Part(Role.TEXT, " "),
    Part(Role.BUTTON, "Talk to someone", "Help lines that answer at any hour"),
]


def test_a_page_is_said_part_by_part_in_its_order():
    assert script(PARTS, load_words("en", english(), [INTERFACE])) == [
        "ALIVE.",
        "24-hour hotline Open now, 24 hours 3 1 4, 9 9 3, 2 7 7 7.",
        "Code: Call with a phone. ALIVE.",
        "The code holds: tel:+1, 3 1 4, 9 9 3, 2 7 7 7.",
        "Talk to someone, button. Help lines that answer at any hour.",
    ]


def test_what_is_added_is_in_the_visitors_language():
    heard = script(PARTS, load_words("es", english(), [INTERFACE]))
    assert heard[-1].startswith("Talk to someone, botón.")
    assert heard[-2].startswith("El código contiene:")
