"""Which family draws each language, and that no sign of any text is missing in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QGlyphRun, QTextLayout

from kiosk.ui.theme import FAMILIES, plain_font
from kiosk.words.catalog import ENGLISH, NATIVE_NAMES, load_words
from kiosk.words.numbers import isolate
from tests.words.shipped import CONTENT, INTERFACE, LANGUAGES, Text, content, english, library

LATIN = "Noto Sans"
ARABIC = ("Noto Sans Arabic UI", "Noto Sans Arabic")
CHINESE = "Noto Sans CJK SC"
PACKAGES = {
    LATIN: "fonts-noto-core",
    ARABIC[0]: "fonts-noto-ui-core",
    ARABIC[1]: "fonts-noto-core",
    CHINESE: "fonts-noto-cjk",
}
ADDED = "… · “ ” ’ 314\u2011993\u20112777 1\u2011866\u20115\u2011MOVANS # + 8:30 1/3"  # what the program adds


@pytest.fixture
def installed(qapp) -> frozenset[str]:
    return frozenset(QFontDatabase.families())


@pytest.fixture
def needs(installed):
    """Returns a function that skips the test where a family is not there."""

    def check(family: str) -> None:
        if family not in installed:
            pytest.skip(f"{family} is not installed; it is in the Debian package {PACKAGES[family]}")

    return check


def family_of(language: str, installed: frozenset[str]) -> str:
    """The family that gives the letters of a language on this machine."""
    if language == "ar":
        return next((family for family in ARABIC if family in installed), ARABIC[0])
    return CHINESE if language == "zh" else LATIN


def texts(language: str) -> Iterator[str]:
    words = load_words(language, english(), [INTERFACE, CONTENT], shows_unapproved=True)
    yield from (words.text(Text(id_, text)) for id_, text in (*english().items(), *content()))
    for service in library().services.values():
        yield words.name(service.name)
        yield isolate(service.phones[0].number) if service.phones else ""
    yield from NATIVE_NAMES.values()
    yield ADDED


def runs(text: str, *, bold: bool) -> list[QGlyphRun]:
    font = plain_font(bold=bold)
    font.setPixelSize(35)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    while layout.createLine().isValid():
        pass
    layout.endLayout()
    return layout.glyphRuns()


def test_latin_letters_and_digits_are_those_of_noto_sans(needs):
    needs(LATIN)
    assert FAMILIES[0] == LATIN
    assert QFontInfo(plain_font(bold=False)).family() == LATIN
    assert {run.rawFont().familyName() for run in runs("314-993-2777 Ấ đ Š", bold=True)} == {LATIN}


@pytest.mark.parametrize("bold", [False, True], ids=["text", "bold"])
@pytest.mark.parametrize("language", [ENGLISH, *LANGUAGES])
def test_a_language_is_drawn_by_its_family_and_no_sign_is_missing(installed, needs, language, bold):
    for family in (LATIN, family_of("ar", installed), CHINESE):  # the picker has the names of all languages
        needs(family)
    wanted = {LATIN, family_of("ar", installed), CHINESE}
    missing, families = [], set()
    for text in dict.fromkeys(texts(language)):
        for run in runs(text, bold=bold):
            families.add(run.rawFont().familyName())
            assert run.rawFont().weight() >= 600 if bold else run.rawFont().weight() < 600, text
            if 0 in run.glyphIndexes():
                missing.append(text)
    assert missing == []
    assert families == wanted


@pytest.mark.parametrize("language", [ENGLISH, *LANGUAGES])
def test_most_of_a_language_comes_from_its_own_family(installed, needs, language):
    own = family_of(language, installed)
    needs(own)
    words = load_words(language, english(), [INTERFACE], shows_unapproved=True)
    found = {run.rawFont().familyName() for run in runs(words("help.title"), bold=True)}
    assert own in found
    assert found <= {own, LATIN}
