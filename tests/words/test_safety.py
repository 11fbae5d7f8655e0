"""Safety texts below approved are English on a production site, and drafts on a demonstration."""

from fnmatch import fnmatchcase

import pytest

from kiosk.house import open_house
from kiosk.words.numbers import plain
from kiosk.words.safety import SAFETY_IDS, is_safety
from kiosk.words.workshop import ledger
from tests.words.shipped import CONTENT, INTERFACE, LANGUAGES, ROOT, Text, content, english

DEMO = ROOT / "data" / "sites" / "hospital-waiting-room.toml"
EVERY = (*english().items(), *content())


@pytest.fixture
def production(tmp_path):
    site = tmp_path / "site.toml"
    site.write_text(DEMO.read_text(encoding="utf-8").replace("demo = true\n", ""), encoding="utf-8")
    house = open_house(ROOT / "data", site)
    assert not house.settings.is_demo
    return house


def approved(language: str) -> set[str]:
    every = [entry for folder in (INTERFACE, CONTENT) for entry in ledger(folder / f"{language}.po")]
    return {entry.id for entry in every if entry.status == "approved"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_production_site_shows_only_approved_safety_texts(production, language):
    words, plain_english = production.words[language], production.words["en"]
    for id_, text in english().items():
        if is_safety(id_, text) and id_ not in approved(language) and "{" not in text:
            assert plain(words.text(Text(id_, text))) == plain(plain_english(id_)), id_
    assert words("page.previous") != plain_english("page.previous")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_demonstration_shows_drafts_and_says_so(language):
    words = open_house(ROOT / "data", DEMO).words[language]
    assert words.is_draft
    assert plain(words("strip.hide")) != "Hide"


@pytest.mark.parametrize("wanted", SAFETY_IDS)
def test_no_line_of_the_list_is_in_vain(wanted):
    assert any(fnmatchcase(id_, wanted) for id_, _ in EVERY)


@pytest.mark.parametrize(
    "id_",
    [
        "strip.hide",
        "trace.call",
        "service.alive.eligibility",
        "service.alive.phone.0.label",
        "service.movans.cautions.0",
        "service.stl-city-orders.summary",
        "guide.case.step.4.text",
        "category.danger.lead",
        "about.numbers_text",
        "site.police-lobby.here.0",
    ],
)
def test_what_must_be_right_is_on_the_list(id_):
    assert is_safety(id_, dict(EVERY)[id_])


@pytest.mark.parametrize("id_", ["page.back", "help.title", "site.police-lobby.welcome", "month.m1"])
def test_ordinary_words_are_not(id_):
    assert not is_safety(id_, dict(EVERY)[id_])
