"""A new author with nothing but the README: a number corrected, an entry with Spanish and a guide, on screen.

The commands and the files are those of its chapter for the advocate.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from shutil import copytree
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QLabel

from kiosk.cli import main
from kiosk.house import open_house
from kiosk.ui.picture import built
from kiosk.ui.proof import panel_named
from kiosk.visit.places import CategoryPlace, GuidePlace, HelpPlace, LobbyPlace, Place, ResourcePlace
from kiosk.visit.visit import Visit
from tests.ui.houses import DATA, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CHAPTER = README.partition("## For the advocate")[2].partition("## For the technician")[0]
NOW = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("America/Chicago"))
OLD, NEW = "314-993-2777", "314-993-2799"
SPANISH = {
    "service.river.hint": "Le ayuda a hacer un plan",
    "guide.river.title": "Hable con River",
}


@pytest.fixture
def content(tmp_path) -> Path:
    return copytree(DATA, tmp_path / "data")


def run(content: Path, command: str, *more: str) -> int:
    """Run a command of the chapter; `check` names its folder without --content."""
    assert f"run_kiosk.py {command}" in CHAPTER
    folder = [str(content)] if command == "check" else ["--content", str(content)]
    return main([command, *folder, *more])


def example(file: str) -> str:
    """The example that the chapter gives of a file."""
    return re.search(rf"\*\*`{re.escape(file)}`\*\*\n\n```toml\n(.*?)```", CHAPTER, re.DOTALL)[1]


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def correct_a_number(content: Path) -> None:
    edit(
        content / "organizations/10-alive.toml",
        (f'number = "{OLD}"', f'number = "{NEW}"'),
        ('source = "', 'source = "the agency itself; '),
        ('how = "read"', 'how = "called"\ncalled_by = "night advocate"'),
    )


def add_an_entry_and_a_guide(content: Path) -> None:
    entry, guide = example("data/organizations/NAME.toml"), example("data/guides/ID.toml")
    entry = re.sub(r"(?m)^(shown_as|alternate_name|cautions|summary|label) = .*\n", "", entry)
    entry = (
        entry.replace('"movans"', '"river"')
        .replace("MOVANS", "River")
        .replace("1-866-566-8267", "314-555-0188")
    )
    entry = entry.replace("Calls you about jail and court changes", "Helps you make a plan")
    entry = entry.replace('category = ["alerts", "police"]', 'category = ["talk"]\nsummary = "They listen."')
    (content / "organizations/60-river.toml").write_text(
        entry.replace("Info MV", "Info RI"), encoding="utf-8"
    )
    guide = (
        guide.replace('"movans"', '"river"')
        .replace("1-866-566-8267", "314-555-0188")
        .replace("MOVANS", "River")
    )
    guide = guide.replace('["alerts"]', '["talk"]').replace(
        "Sign up for jail and court calls", "Talk to River"
    )
    (content / "guides/river.toml").write_text(guide, encoding="utf-8")


def translate(content: Path) -> None:
    """Write the Spanish of two texts as the chapter says: msgstr, and the status above it."""
    po = content / "words/es.po"
    text = po.read_text(encoding="utf-8")
    for id_, spanish in SPANISH.items():
        empty = re.compile(rf'# status: missing\n(msgctxt "{re.escape(id_)}"\nmsgid ".*"\n)msgstr ""')
        assert empty.search(text), id_
        text = empty.sub(rf'# status: draft\n\1msgstr "{spanish}"', text)
    po.write_text(text, encoding="utf-8")


def said(content: Path, place: Place, language: str = "en") -> str:
    house = open_house(
        content, content / "sites/police-lobby.toml", pytest.fail, lambda zone: NOW.astimezone(zone)
    )
    page = built(
        house, Visit(trail=(LobbyPlace(), HelpPlace(), place), language=language), panel_named("1080x1920")
    )
    buttons = [f"{button.text()} {button.accessibleDescription()}" for button in page.buttons()]
    return " ".join(
        [*(label.text() for label in page.findChildren(QLabel)), page.banner.accessibleName(), *buttons]
    )


def test_a_number_an_entry_and_a_guide_come_on_screen_in_two_languages(qapp, content, capsys):
    correct_a_number(content)
    assert run(content, "check") == 0
    assert NEW in said(content, ResourcePlace("alive"))
    assert OLD not in said(content, ResourcePlace("alive"))

    add_an_entry_and_a_guide(content)
    assert run(content, "check") == 0, capsys.readouterr().out
    assert "314-555-0188" in said(content, ResourcePlace("river"))
    assert "Talk to River" in said(content, CategoryPlace("talk", part=2)) + said(
        content, CategoryPlace("talk", part=1)
    )

    assert run(content, "words") == 1  # it lists the new texts
    assert 'service.river.hint: missing: translate "Helps you make a plan"' in capsys.readouterr().out
    translate(content)
    assert run(content, "words") == 1
    left = capsys.readouterr().out
    assert not any(f"es.po:{id_}" in line for line in left.splitlines() for id_ in SPANISH)
    assert "service.river.summary: missing" in left
    shown = [said(content, CategoryPlace("talk", part=part), "es") for part in range(3)]
    assert any(SPANISH["service.river.hint"] in page for page in shown)
    assert any(SPANISH["guide.river.title"] in page for page in shown)
    assert "They listen." in said(content, ResourcePlace("river"), "es")  # English until it is translated
    assert said(content, GuidePlace("river"), "es")


def test_the_chapter_names_every_place_where_a_number_stands():
    """Step 2 of "Change a number": other files of the content, and the page that is built in."""
    assert f"grep -rn {OLD[4:]} data kiosk/builtin.py" in CHAPTER
    assert OLD in (ROOT / "kiosk/builtin.py").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_proof_of_the_new_entry_is_drawn(qapp, content, tmp_path, capsys):
    add_an_entry_and_a_guide(content)
    out = tmp_path / "pictures"
    assert run(content, "proof", "--out", str(out), "--panel", "1024x600", "--language", "en") == 0
    drawn = {path.name for path in out.rglob("*.png")}
    assert any(name.startswith("resource-river") for name in drawn)
    assert any(name.startswith("guide-river") for name in drawn)
