"""Two languages that nobody speaks: English stretched by half, and the same from the right.

They find what is cut off, what overlaps, and words that come from no catalog, before a translator does.
"""

from __future__ import annotations

import gettext
import random
import re
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from kiosk.ui.proof import PANELS
from kiosk.visit.visit import Look, TextSize
from kiosk.words.catalog import Words
from tests.ui.houses import SITES, Seen, in_view, parts, seen_examples
from tests.ui.rules import faults_of, texts_of
from tests.words.shipped import english

SEED = 50
SAMPLE = 10  # one of so many examples
FILLER = "und so weiter eine ganze halbe mehr als man braucht "
STRETCHED, MIRRORED = "es", "ar"  # the codes they borrow: one from each side
# Each panel with each size and each look, in each direction; Latin squares keep the pairs complete.
SEEN = [
    (Seen(panel, size, (STRETCHED, MIRRORED)[(row + column) % 2]), list(Look)[(row + column) % 4])
    for row, panel in enumerate(PANELS)
    for column, size in enumerate(TextSize)
]
THREE_LINES = re.compile("words: ActionButton .* its longest word needs")
"""Alone in its row a button may take three lines; the rule for the languages that are read wants two."""
EVERYWHERE = [
    (Seen(panel, size, code), look)
    for panel in PANELS
    for size in TextSize
    for code in (STRETCHED, MIRRORED)
    for look in Look
]


class Pseudo(gettext.NullTranslations):
    """Each text in brackets, half as long again. What the program fills in stays as it is."""

    def pgettext(self, context: str, message: str) -> str:
        if context == "mine.contact_name":  # a code holds it
            return message
        return f"[{message} {(FILLER * 9)[: max(2, len(message) // 2)].strip()}]"


@pytest.fixture(scope="module")
def pseudo_house(houses):
    house = houses[SITES[0]]
    words = {code: Words(code, english(), (Pseudo(),)) for code in (STRETCHED, MIRRORED)}
    return replace(house, words={**house.words, **words})


@pytest.mark.parametrize(("seen", "look"), SEEN, ids=str)
def test_a_stretched_language_keeps_the_rules(qapp, pseudo_house, seen, look):
    every = seen_examples(pseudo_house)
    chosen = random.Random(f"{SEED} {seen}").sample(every, len(every) // SAMPLE)
    assert_rules(pseudo_house, chosen, seen, look)


@pytest.mark.slow
@pytest.mark.parametrize(("seen", "look"), EVERYWHERE, ids=str)
def test_a_stretched_language_keeps_the_rules_everywhere(qapp, pseudo_house, seen, look):
    assert_rules(pseudo_house, seen_examples(pseudo_house), seen, look)


def assert_rules(house, chosen, seen, look):
    found = []
    for example in chosen:
        visit = replace(in_view(example.visit, seen), look=look)
        opened = closed = 0
        for number, (_, page) in enumerate(parts(house, visit, seen.panel)):
            told = faults_of(page, seen.panel, seen.size)
            found += [
                f"{example.name}#{number + 1} {fault}" for fault in told if not THREE_LINES.search(fault)
            ]
            shown = [block.text for widget in page.findChildren(QWidget) for block, _ in texts_of(widget)]
            opened += sum(text.count("[") for text in shown)
            closed += sum(text.count("]") for text in shown)
        if opened == 0 or opened != closed:
            found.append(f"{example.name}: {opened} texts begin, {closed} end")
    assert not found, f"{len(found)} faults on {seen}:\n" + "\n".join(found[:20])
