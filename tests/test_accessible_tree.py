"""What a screen reader is told, over the whole gallery: no bus and no screen are needed to ask Qt."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLabel

from kiosk.ui.assistive import expose_headings
from kiosk.ui.gallery import Example
from kiosk.ui.picture import built
from kiosk.ui.proof import PANELS
from kiosk.ui.widgets.buttons import ActionButton, Pill, Strip
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tap import Tap
from kiosk.ui.widgets.text import TextBlock
from kiosk.ui.widgets.tiles import Tile
from kiosk.visit.places import HelpPlace, LobbyPlace
from kiosk.visit.visit import TextSize, Visit
from kiosk.words.numbers import plain
from tests.ui.houses import FURTHER_SITE, LANGUAGES, PAIRWISE, SITES, Seen, in_view, parts, seen_examples

SEED = 508
# Each panel with each language; the sizes take turns. Of each a tenth of the examples, all their parts.
SEEN = [
    Seen(panel, list(TextSize)[(row + column) % 3], language)
    for row, panel in enumerate(PANELS)
    for column, language in enumerate(LANGUAGES)
]
SHARE = 10
SPEAKS_WHOLE_LABEL = (ActionButton, Pill, Strip)


@pytest.fixture
def headings(qapp):
    expose_headings()


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """The texts that are painted, as they are painted."""
    texts: list[str] = []
    draw = TextBlock.draw

    def note(block, *args):
        texts.append(block.text)
        draw(block, *args)

    monkeypatch.setattr(TextBlock, "draw", note)
    return texts


@pytest.mark.parametrize("seen", [*SEEN, *PAIRWISE], ids=str)
def test_every_control_says_what_it_is(houses, headings, drawn, seen):
    found = []
    for example, page in sampled(houses, seen):
        told = [*faults_of(page), *label_faults(page, drawn)]
        found += [f"{example.name}#{page.part_count} {fault}" for fault in told]
    assert not found, f"{len(found)} faults:\n" + "\n".join(found[:20])


def sampled(houses, seen: Seen) -> Iterator[tuple[Example, Page]]:
    for site in SITES if seen in SEEN else [FURTHER_SITE]:
        every = seen_examples(houses[site])
        share = SHARE if seen in SEEN else 3 * SHARE
        for example in random.Random(f"{SEED} {seen} {site}").sample(every, len(every) // share):
            visit = replace(in_view(example.visit, seen), asking=False)
            for _, page in parts(houses[site], visit, seen.panel):
                page.setAttribute(
                    Qt.WidgetAttribute.WA_DontShowOnScreen
                )  # nothing has a place until it is shown
                page.show()
                yield example, page
                page.hide()


def interface(thing) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(thing)


def name_of(found: QAccessibleInterface) -> str:
    return found.text(QAccessible.Text.Name)


def tree(found: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield found
    for number in range(found.childCount()):
        yield from tree(found.child(number))


def faults_of(page: Page) -> Iterator[str]:
    everything = list(tree(interface(page)))
    buttons = [found for found in everything if found.role() == QAccessible.Role.Button]
    if Counter(map(name_of, buttons)) != Counter(tap.accessibleName() for tap in page.findChildren(Tap)):
        yield "the buttons of the tree are not those of the page"
    yield from (f"two are called {name!r}" for name, n in Counter(map(name_of, buttons)).items() if n > 1)
    glass = QRect(page.mapToGlobal(page.rect().topLeft()), page.size())
    for button in buttons:
        if not name_of(button).strip():
            yield "a button without a name"
        if "Press" not in button.actionInterface().actionNames():
            yield f"{name_of(button)!r} cannot be pressed"
        if not glass.contains(button.rect()):
            yield f"{name_of(button)!r} lies outside"
    yield from text_faults(page, everything)


def text_faults(page: Page, everything: list[QAccessibleInterface]) -> Iterator[str]:
    for label in page.findChildren(QLabel):
        if name_of(interface(label)) != label.text():
            yield f"{label.text()!r} is called {name_of(interface(label))!r}"
    texts = [found for found in everything if name_of(found)]
    headings = [found for found in texts if found.role() == QAccessible.Role.Heading]
    titles = [found for found in headings if found.object() is page.banner.heading]
    if len(titles) != 1 or not titles[0].state().focusable:
        yield f"{len(titles)} titles"
    elif headings[0] is not titles[0] and name_of(headings[0]) != name_of(titles[0]):
        yield f"{name_of(headings[0])!r} comes before the title"


def label_faults(page: Page, drawn: list[str]) -> Iterator[str]:
    """WCAG 2.2, 2.5.3: a name contains its visible label; what else is drawn stands in the description."""
    for tap in page.findChildren(Tap):
        drawn.clear()
        tap.grab()
        name, description = plain(tap.accessibleName()).casefold(), plain(tap.accessibleDescription())
        texts = [plain(text).casefold() for text in drawn if text]
        if isinstance(tap, SPEAKS_WHOLE_LABEL):
            hidden = [text for text in texts if text not in name]
        else:
            hidden = [text for text in texts if text not in f"{name} {description.casefold()}"]
            if texts and not any(text in name for text in texts):
                hidden.append("the heading")
        if hidden:
            yield f"{tap.accessibleName()!r} does not say {hidden}"


def test_the_rules_bite(house, headings, drawn):
    page = built(house, Visit(trail=(LobbyPlace(), HelpPlace())), SEEN[0].panel)
    page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    page.show()
    assert [*faults_of(page), *label_faults(page, drawn)] == []
    first, second, third, *_ = page.findChildren(Tile)
    first.setAccessibleName("Something else")
    second.setAccessibleName(third.accessibleName())
    third.move(-9000, 0)
    page.banner.heading.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    told = "\n".join([*faults_of(page), *label_faults(page, drawn)])
    for fault in ("'Something else' does not say", "two are called", "lies outside", "1 titles"):
        assert fault in told
    page.hide()
