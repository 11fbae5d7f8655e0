from pathlib import Path

import pytest

from kiosk.content.faults import ContentError
from kiosk.content.library import load_library
from kiosk.house import _candidates, names_assistive
from kiosk.keypad import Key
from kiosk.settings import DEFAULT_BRAND, Speech, Start
from kiosk.site_file import load_settings
from tests.content.conftest import HERE, ICONS, TODAY

SITE = HERE / "good/sites/lobby.toml"
SMALL = """schema = 1

[site]
id = "small"
name = "Visitor information"
welcome = "Welcome"
lead = "Touch a topic."
operator = "The front desk runs this screen."
time_zone = "America/Chicago"
languages = ["es"]
start = "help"
demo = true

[[tile]]
id = "check-in"
icon = "door"
title = "Check in"
hint = "Front desk"
lines = ["Please see the front desk."]

[[tile]]
id = "help"
icon = "care"
title = "Help"
hint = "Services"
opens = "help"
"""


def library():
    return load_library(HERE / "good", TODAY, ICONS)


def test_a_site_is_read_whole():
    settings = load_settings(SITE, library(), ICONS)
    assert settings.id == "lobby"
    assert settings.time_zone == "America/Chicago"
    assert settings.languages == ("en", "es")
    assert settings.start is Start.LOBBY
    assert not settings.is_demo
    assert settings.motif == "rings"
    assert settings.panel_width_mm == 268.0
    assert (settings.still_here_after_s, settings.end_after_s) == (90, 30)
    assert settings.hide_key == "F12"
    assert settings.speech == Speech(rate=3, volume=7, start_key="F13")
    assert settings.category_order == ("talk",)
    assert [tile.opens_help for tile in settings.tiles] == [False, True]
    assert settings.tiles[1].lines == ()
    assert [here.category for here in settings.here] == ["danger"]


def test_what_is_left_out_has_a_default(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    settings = load_settings(path, None)
    assert settings.start is Start.HELP
    assert settings.is_demo
    assert (settings.brand, settings.motif) == (DEFAULT_BRAND, "arch")
    assert (settings.still_here_after_s, settings.end_after_s) == (60, 20)
    assert settings.panel_width_mm is settings.lower_edge_mm is None
    assert settings.hide_key is None
    assert settings.speech is None
    assert settings.here == settings.category_order == ()


def test_without_a_library_categories_are_not_looked_up(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL.replace("demo = true", 'category_order = ["what"]'), encoding="utf-8")
    assert load_settings(path, None).category_order == ("what",)
    with pytest.raises(ContentError, match='there is no category "what"'):
        load_settings(path, library())


def test_a_fault_names_the_file_as_it_was_given(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL.replace("welcome =", "welcom ="), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        load_settings(path, None)
    assert [str(fault) for fault in refused.value.faults] == [
        f'{path}:6: "welcom" is not known in [site]; did you mean "welcome"?'
    ]


def test_a_missing_site_file_is_refused(tmp_path):
    with pytest.raises(ContentError, match="this file is missing"):
        load_settings(tmp_path / "none.toml", None)


@pytest.mark.parametrize(
    ("table", "speech"),
    [
        ("", None),
        ("[speech]", None),
        ("[speech]\non = false\nvolume = 9", None),
        ("[speech]\non = true", Speech(rate=4, volume=5, start_key=None)),
    ],
)
def test_speech_is_off_unless_the_site_turns_it_on(tmp_path, table, speech):
    path = tmp_path / "small.toml"
    path.write_text(SMALL.replace("[[tile]]", f"{table}\n\n[[tile]]", 1), encoding="utf-8")
    assert load_settings(path, None).speech == speech


@pytest.mark.parametrize(
    ("table", "keys", "assistive"),
    [
        ("", (), False),
        ("[keys]", (), False),
        ("[keys]\ndown = 192\nup = 191", ((Key.UP, 191), (Key.DOWN, 192)), False),
        ("[assistive]\ntechnology = true", (), True),
        ("[assistive]\ntechnology = false", (), False),
    ],
)
def test_a_keypad_and_assistive_technology_are_named_by_the_site(tmp_path, table, keys, assistive):
    path = tmp_path / "small.toml"
    path.write_text(SMALL.replace("[[tile]]", f"{table}\n\n[[tile]]", 1), encoding="utf-8")
    settings = load_settings(path, None)
    assert (settings.keys, settings.assistive_technology) == (keys, assistive)
    assert names_assistive(HERE / "good", path) is ("assistive" in table)


def test_a_site_file_inside_a_set_goes_with_its_set_through_a_link(tmp_path):
    """What is read belongs to one edition, and the last good set comes with its own site file."""
    edition, link, good = (tmp_path / name for name in ("content.versions/1", "content", "content.last-good"))
    for folder in (edition, good):
        (folder / "sites").mkdir(parents=True)
        (folder / "sites/lobby.toml").write_text(SMALL)
    link.symlink_to(edition)
    sets = list(_candidates(link, edition, link / "sites/lobby.toml"))
    assert sets == [(edition, edition / "sites/lobby.toml"), (good, good / "sites/lobby.toml")]


def test_assistive_technology_is_found_in_each_site_file_that_may_be_used(tmp_path):
    """Qt begins with it or without, while the site file is still being read."""
    content = tmp_path / "content"
    own = tmp_path / "content.last-good/sites/lobby.toml"
    own.parent.mkdir(parents=True)
    (content / "sites").mkdir(parents=True)
    site = content / "sites/lobby.toml"
    assert not names_assistive(content, site), "there is none"
    site.write_text(SMALL)
    own.write_text(SMALL)
    assert not names_assistive(content, site)
    own.write_text(f"[assistive]\ntechnology = true\n{SMALL}")
    assert names_assistive(content, site), "the last good set is used where this one has a fault"
    link = tmp_path / "link"
    link.symlink_to(content)
    site.write_text(own.read_text())
    assert names_assistive(link, link / "sites/lobby.toml")


@pytest.mark.parametrize(
    "site", sorted((Path(__file__).parents[1] / "data/sites").glob("*.toml")), ids=lambda p: p.stem
)
def test_the_shipped_sites_can_be_read(site):
    assert load_settings(site, None).tiles
