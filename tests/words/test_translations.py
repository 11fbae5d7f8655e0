"""The shipped words: each id is used, each is translated, and none promises what it cannot keep."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kiosk.content.model import PhoneKind
from kiosk.takeaway.payload import Way
from kiosk.words.catalog import NATIVE_NAMES, load_words
from kiosk.words.numbers import plain
from kiosk.words.promises import broken_promises
from kiosk.words.sensitive import telling_words
from kiosk.words.workshop import REVIEW, compile_catalog, faults, ledger
from tests.words.shipped import CONTENT, INTERFACE, LANGUAGES, ROOT, english, entries, library, translations

FACTS = ("eligibility", "offers", "cost", "languages", "area", "address")
GROWN = {
    "resource.": [kind.value for kind in PhoneKind if kind not in {PhoneKind.VOICE, PhoneKind.TEXT}],
    "resource.fact_": FACTS,
    "way.": [way.value for way in Way],
    "trace.": [way.value for way in Way],
    "slip.": ["coming", "failed"],
    "clock.": ["am", "pm"],
    "weekday.d": [str(day) for day in range(7)],
    "month.m": [str(month) for month in range(1, 13)],
}
"""What an f-string id such as words(f"way.{choice.way.value}") can become, by its beginning."""

FILES = [(folder, folder / f"{language}.po") for folder in (INTERFACE, CONTENT) for language in LANGUAGES]
every_file = pytest.mark.parametrize(("folder", "po"), FILES, ids=lambda path: path.parent.parent.name)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def trees() -> dict[Path, ast.Module]:
    paths = sorted((ROOT / "kiosk").rglob("*.py"))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def asked(tree: ast.AST) -> Iterator[ast.expr]:
    """What is asked of words(...) in this code: its first argument, both sides of a condition."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and called(node.func) in {"words", "english"}:
            first = node.args[0]
            yield from (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)


def called(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def beginning(text: ast.JoinedStr) -> str:
    first = text.values[0] if text.values else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


def grown(text: ast.JoinedStr) -> set[str]:
    """The ids that an f-string can become; its later fixed parts count too."""
    start = beginning(text)
    end = text.values[-1]
    tail = str(end.value) if len(text.values) > 2 and isinstance(end, ast.Constant) else ""
    return {f"{start}{middle}{tail}" for middle in GROWN[start]}


def test_there_is_a_second_language():
    assert LANGUAGES


@pytest.mark.parametrize("area", ["ui", "words"])
def test_every_id_asked_for_exists(area):
    unknown = set()
    for path, tree in trees().items():
        if path.is_relative_to(ROOT / "kiosk" / area):
            texts = {node.value for node in asked(tree) if isinstance(node, ast.Constant)}
            for node in asked(tree):
                if isinstance(node, ast.JoinedStr):
                    assert beginning(node) in GROWN, f'{path}: tell GROWN what "{beginning(node)}" becomes'
                    texts |= grown(node)
            unknown |= {f"{path.name}: {text}" for text in texts if text not in english()}
    assert not unknown


def test_the_code_asks_for_something():
    found = {
        node.value for tree in trees().values() for node in asked(tree) if isinstance(node, ast.Constant)
    }
    assert {"strip.hide", "help.title", "clock.noon"} <= found


def test_no_id_is_dead():
    alive = {REVIEW}
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                alive.add(node.value)
            elif isinstance(node, ast.JoinedStr) and beginning(node) in GROWN:
                alive |= grown(node)
    assert not set(english()) - alive


@every_file
def test_the_translation_is_complete_right_and_compiled(folder, po):
    assert faults(po, entries(folder)) == []


@every_file
def test_every_id_has_its_translation_in_the_ledger(folder, po):
    assert [entry.id for entry in ledger(po)] == [id_ for id_, _ in entries(folder)]
    assert not {entry.status for entry in ledger(po)} & {"", "missing", "stale"}


@every_file
def test_the_compiled_file_is_the_one_of_this_po(folder, po):
    assert po.with_suffix(".mo").read_bytes() == compile_catalog(po)


@every_language
def test_placeholders_are_the_same(language):
    words = load_words(language, english(), [INTERFACE], shows_unapproved=True)
    for id_, text in english().items():
        names = {name: f"<{name}>" for name in re.findall(r"\{(\w+)\}", text)}
        assert sorted(re.findall(r"<\w+>", plain(words(id_, **names)))) == sorted(names.values()), id_


@every_file
def test_digits_are_the_same(folder, po):
    for id_, text in entries(folder):
        if id_.startswith("month."):  # 11月, tháng 11
            continue
        shown = translations(po.stem, folder)[id_]
        assert sorted(re.findall(r"\d+", shown)) == sorted(re.findall(r"\d+", text)), id_


@every_file
def test_a_text_is_never_shown_in_english_for_want_of_a_translation(folder, po):
    """Same in both languages: names, addresses and a few words; each with a look at this list."""
    same = {"resource.tty", "resource.fact_chat", "mine.contact_name"}
    if po.stem == "bs":
        same |= {"resource.fact_programme", "site.hospital-waiting-room.tile.parking.title"}
    shown = translations(po.stem, folder)
    left = {id_ for id_, text in entries(folder) if shown[id_] == text} - same
    assert {id_ for id_ in left if not id_.endswith((".address", ".area"))} == set()


def test_no_english_word_promises():
    for folder in (INTERFACE, CONTENT):
        for id_, text in entries(folder):
            assert not broken_promises(text, "en", names()), id_


@every_file
def test_no_translation_promises(folder, po):
    for id_, text in translations(po.stem, folder).items():
        assert not broken_promises(text, po.stem, names()), id_


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize(
    "prefix", ["strip.", "page.", "still_here.", "mine.contact_name", "clock.", "weekday.", "month."]
)
def test_words_that_stay_in_sight_tell_nothing(language, prefix):
    shown = english() if language == "en" else translations(language, INTERFACE)
    for id_, text in shown.items():
        if id_.startswith(prefix):
            assert not telling_words(text), id_


@every_language
def test_lobby_translations_tell_nothing(language):
    """What a site file may not say in English may not be said in a translation either."""
    for id_, text in translations(language, CONTENT).items():
        if id_.startswith("site.") and ".here." not in id_ and not id_.endswith(".operator"):
            assert not telling_words(text), id_


@every_language
def test_buttons_on_every_page_stay_short(language):
    words = load_words(language, english(), [INTERFACE], shows_unapproved=True)
    for id_ in ("strip.hide", "strip.home", "page.back", "page.previous"):
        assert len(words(id_)) <= 10, id_


@every_language
def test_a_language_has_a_name_and_a_state(language):
    assert language in NATIVE_NAMES
    words = load_words(language, english(), [INTERFACE, CONTENT])
    states = {entry.status for folder in (INTERFACE, CONTENT) for entry in ledger(folder / f"{language}.po")}
    assert words.is_draft == (not states <= {"reviewed", "approved"})


def names() -> list[str]:
    services = library().services.values()
    return [name for service in services for name in (service.name, service.programme or "") if name]
