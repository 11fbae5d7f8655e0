"""The window beside the editor: real saves, the page that was edited, and the faults with file and line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

from kiosk.preview.window import Files, Preview
from kiosk.visit.places import CategoryPlace, GuidePlace, LobbyPlace, ResourcePlace, StaffPlace, TopicPlace
from tests.ui.houses import DATA, ROOT

TODAY = date(2026, 11, 20)
ALIVE = "organizations/10-alive.toml"


@pytest.fixture
def content(tmp_path) -> Path:
    return copytree(DATA, tmp_path / "data")


@pytest.fixture
def preview(qtbot, content):
    files = Files(content, content / "sites" / "police-lobby.toml", lambda: TODAY)
    told = []
    window = Preview(files, QSize(540, 960), told.append)
    qtbot.addWidget(window)
    window.told = told
    return window


def in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def as_vim(path: Path, text: str) -> None:
    """Move the old file away, write a new one, delete the old one, as Vim does (backupcopy=no)."""
    spare = path.with_name(f"{path.name}~")
    path.rename(spare)
    path.write_text(text, encoding="utf-8")
    spare.unlink()


def by_replacing(path: Path, text: str) -> None:
    """Write beside it and rename, as Kate, gedit and VS Code do."""
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def save(qtbot, preview, path: Path, old: str, new: str, way=in_place) -> None:
    before = len(preview.told)
    text = path.read_text(encoding="utf-8")
    assert old in text
    way(path, text.replace(old, new))
    qtbot.waitUntil(lambda: len(preview.told) > before, timeout=10_000)


def shown(preview) -> str:
    return " ".join(label.text() for label in preview.page.findChildren(QLabel))


@pytest.mark.parametrize("way", [in_place, as_vim, by_replacing])
def test_a_save_opens_the_page_that_was_edited(qtbot, preview, content, way):
    assert preview.place == LobbyPlace()
    for number in ("314-993-2770", "314-993-2771"):  # twice: a replaced file has to be watched again
        old = "314-993-2777" if number.endswith("0") else "314-993-2770"
        save(qtbot, preview, content / ALIVE, f'number = "{old}"', f'number = "{number}"', way)
        assert preview.place == ResourcePlace("alive")
        assert number in shown(preview)
        assert preview.faults.count() == 0
    assert preview.told[-1] == "No fault. The page shows what is saved.\n"


def test_a_fault_is_listed_and_the_last_good_page_stays(qtbot, preview, content):
    save(qtbot, preview, content / ALIVE, 'number = "314-993-2777"', 'number = "314-993-2770"')
    save(qtbot, preview, content / ALIVE, 'number = "314-993-2770"', 'number = "314-993-27"')
    wrong = f'{ALIVE}:21: "314-993-27" is not a telephone number; write ten digits as'
    assert preview.faults.item(0).text().startswith(wrong)
    assert preview.faults.count() == 1
    assert "Faults: 1." in preview.status.text()
    assert any(line.startswith(wrong) for line in preview.told)
    assert "314-993-2770" in shown(preview)
    save(qtbot, preview, content / ALIVE, 'number = "314-993-27"', 'number = "314-993-2772"')
    assert preview.faults.count() == 0
    assert "314-993-2772" in shown(preview)


def test_each_kind_of_file_opens_its_page(qtbot, preview, content):
    edits = [
        ("guides/movans.toml", 'title = "Call ', 'title = "Please call ', GuidePlace("movans")),
        ("categories.toml", 'hint = "Call 911"', 'hint = "Call 911 now"', CategoryPlace("danger")),
        ("staff_card.toml", "in private", "alone", StaffPlace()),
        ("sites/police-lobby.toml", 'title = "Check in"', 'title = "Say hello"', TopicPlace("check-in")),
        ("sites/police-lobby.toml", 'welcome = "Welcome"', 'welcome = "Hello"', LobbyPlace()),
    ]
    for file, old, new, place in edits:
        save(qtbot, preview, content / file, old, new)
        assert preview.place == place


def test_a_new_file_and_a_new_folder_are_seen(qtbot, preview, content):
    text = (content / ALIVE).read_text(encoding="utf-8")
    fresh = (
        text.replace('"alive"', '"fresh"').replace("314-993-2777", "314-555-0142").replace("ALIVE", "Fresh")
    )
    in_place(content / "organizations/99-fresh.toml", fresh)
    qtbot.waitUntil(lambda: preview.place == ResourcePlace("fresh"), timeout=10_000)
    (content / "sites/police-lobby").mkdir()
    count = len(preview.told)
    in_place(content / "sites/police-lobby/changes.toml", 'schema = 1\nhide = ["911"]\n')
    qtbot.waitUntil(lambda: len(preview.told) > count, timeout=10_000)
    assert "911 must stay" in preview.faults.item(0).text()


def test_a_page_can_be_walked_from_and_hide_returns_to_the_lobby(qtbot, preview, content):
    save(qtbot, preview, content / "categories.toml", 'hint = "Call 911"', 'hint = "Call 911 now"')
    entry = next(
        b for b in preview.page.buttons() if getattr(b.action, "place", None) == ResourcePlace("911")
    )
    entry.click()
    assert preview.place == ResourcePlace("911")
    preview.page.buttons()[-1].click()
    assert preview.place == LobbyPlace()


def test_a_start_with_a_fault_lists_it_and_shows_the_built_in_page(qtbot, content):
    in_place(content / ALIVE, "schema = 1\nnumber\n")
    window = Preview(Files(content, content / "sites/police-lobby.toml", lambda: TODAY), QSize(540, 960), str)
    qtbot.addWidget(window)
    assert window.faults.item(0).text().startswith(f"{ALIVE}:2: ")
    assert window.page.buttons()


def test_whatever_is_taken_away_is_a_fault_and_the_page_stays(qtbot, preview, content):
    count = len(preview.told)
    rmtree(content / "organizations")
    qtbot.waitUntil(lambda: len(preview.told) > count, timeout=10_000)
    assert preview.faults.item(0).text().startswith("organizations:1: this folder is missing")
    copytree(DATA / "organizations", content / "organizations")
    qtbot.waitUntil(lambda: preview.faults.count() == 0, timeout=10_000)
    (content / "sites/police-lobby.toml").unlink()
    qtbot.waitUntil(lambda: preview.faults.count() == 1, timeout=10_000)
    assert "this site file is missing" in preview.faults.item(0).text()
    assert preview.page.buttons()


def test_many_saves_at_once_are_one(qtbot, preview, content):
    path = content / ALIVE
    text = path.read_text(encoding="utf-8")
    for number in range(30):
        by_replacing(path, text.replace("314-993-2777", f"314-993-28{number:02}"))
    qtbot.waitUntil(lambda: "314-993-2829" in shown(preview), timeout=10_000)
    assert len(preview.told) <= 5


def test_the_command_says_faults_in_the_terminal_too(content):
    command = [sys.executable, "run_kiosk.py", "edit", "--content", str(content), "--window", "540x960"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "No fault. The page shows what is saved.\n"
            path = content / ALIVE
            good = path.read_text(encoding="utf-8")
            as_vim(path, good.replace("category = ", "categry = "))
            assert process.stdout.readline().startswith(
                f'{ALIVE}:12: "categry" is not known in [[service]]; did'
            )
            assert process.stdout.readline() == "Faults: 1. The page shows what was good before.\n"
            as_vim(path, good)
            assert process.stdout.readline() == "No fault. The page shows what is saved.\n"
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(20) == -signal.SIGINT
