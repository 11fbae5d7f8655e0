"""All that the voice says in one language, page by page, for whoever records it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from kiosk.content.along import Along, silently
from kiosk.content.clips import straight
from kiosk.house import House
from kiosk.speech.script import Tongues, Utterance, script, spoken
from kiosk.ui.gallery import Example, examples, examples_later, house_later
from kiosk.ui.listening import parts_of
from kiosk.ui.picture import built, with_part
from kiosk.ui.proof import PANELS, panel_named
from kiosk.ui.run import make_application
from kiosk.ui.theme import Panel


def all_said(house: House, language: str, along: Along = silently) -> dict[str, str]:
    """Return {what is said, quotes straight: the first page that says it}, on all panels, page by page.

    What pages say in another language, such as a name, is not among it; nor are loudness and pace, told by a
    key, and what a visitor's own typing finds.
    """
    application = QApplication.instance() or make_application()
    words = house.words[language]
    around = {"began": "speech.began", "still-here": "still_here.question"}
    tongues = Tongues(house.interpreters)
    found = {
        straight(each.text): name
        for name, id_ in around.items()
        for each in spoken(words(id_), language, tongues)
        if each.language == language
    }
    shown = [(house, example) for example in examples(house)]
    shown += [(house_later(house), example) for example in examples_later(house)]
    for size in PANELS:
        for when, example in along(shown, size):
            for utterance in _utterances(when, example, panel_named(size), language, tongues):
                if utterance.language == language:
                    found.setdefault(straight(utterance.text), example.name)
    del application
    return found


def _utterances(
    house: House, example: Example, panel: Panel, language: str, tongues: Tongues
) -> Iterator[Utterance]:
    visit = replace(example.visit, language=language, speaks=True)
    if visit.asking:
        return
    page = built(house, visit, panel)
    for part in range(page.part_count):
        shown = page if part == 0 else built(house, with_part(visit, part), panel)
        yield from script(parts_of(shown), house.words[language], tongues)


def as_lines(found: Mapping[str, str], recorded: Collection[str]) -> str:
    """Return a list to record from: each text as a line of `clips.toml`, below the page that says it."""
    lines: list[str] = []
    last = ""
    for utterance, page in found.items():
        if page != last:
            lines += ["", f"# {page}"]
        last = page
        mark = "  # recorded" if utterance in recorded else ""
        lines.append(f"says = {json.dumps(utterance, ensure_ascii=False)}{mark}")
    return "\n".join(lines).lstrip("\n") + "\n"
