"""New content while the kiosk runs: a visit in progress keeps its own, the next visitor has the new."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kiosk.agency.build import build
from kiosk.house import DEMO_SITE
from kiosk.updates.disk import point
from tests.bench.watching import difference
from tests.faults.running import DATA, RUN, RunningKiosk

ALIVE = "resource-alive"
DAMAGE = """UPDATE part SET body = body || ' '
    WHERE number = (SELECT min(number) + 1 FROM part WHERE kind = 'service')"""


@pytest.fixture
def content(tmp_path) -> Path:
    """A link to the shipped set; beside it stands another one with other words in the lobby and on a page."""
    versions = tmp_path / "content.versions"
    for name in ("1", "2"):
        shutil.copytree(DATA, versions / name)
    for file, old, new in (
        (f"sites/{DEMO_SITE}", 'welcome = "Welcome"', 'welcome = "Good day"'),
        ("organizations/10-alive.toml", "314-993-2777", "314-555-0142"),
    ):
        path = versions / "2" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    point(tmp_path / "content", Path("content.versions/1"))
    return tmp_path / "content"


@pytest.fixture
def kiosk(screen, content) -> RunningKiosk:
    program = (*RUN, "run", "--content", str(content))
    running = RunningKiosk(screen, program=program, site=content / "sites" / DEMO_SITE)
    running.wait_for_standby()
    return running


def switch(content: Path, to: str) -> None:
    point(content, Path(f"content.versions/{to}"))


def test_a_visit_keeps_its_content_and_the_next_visitor_has_the_new(kiosk, content):
    first, standby = kiosk.visits()
    kiosk.walk(ALIVE)
    page = kiosk.screen.pixels().copy()
    switch(content, "2")
    kiosk.wait_until(lambda: standby not in kiosk.visits(), 5)  # it rested with the old content
    kiosk.wait_for_standby()
    assert difference(kiosk.screen.pixels(), page) is None
    assert kiosk.visits()[0] == first
    shutil.rmtree(content.parent / "content.versions" / "1")  # the visit does not need it any more
    kiosk.hide()
    kiosk.wait_until(lambda: first not in kiosk.visits(), 5)
    kiosk.rest()
    assert not kiosk.shows_lobby()
    kiosk.walk(ALIVE)
    assert difference(kiosk.screen.pixels(), page) is not None


@pytest.mark.slow
def test_a_lobby_that_rests_takes_the_new_content_by_itself_and_once(kiosk, content):
    before = kiosk.visits()
    switch(content, "2")
    kiosk.wait_until(lambda: not set(before) & set(kiosk.visits()), 10)
    kiosk.wait_for_standby()
    assert not kiosk.shows_lobby()
    after = kiosk.visits()
    with pytest.raises(AssertionError, match="in time"):
        kiosk.wait_until(lambda: kiosk.visits() != after, 4)
    switch(content, "1")
    kiosk.wait_for_lobby(10)


def test_what_is_damaged_in_a_file_is_told_once_and_the_lobby_stands(screen, tmp_path):
    """The first visit opens the file itself and says nothing; a process beside it reads all of it."""
    file = tmp_path / "directory.kiosk"
    file.write_bytes(build(DATA, date.max)[0])
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(DAMAGE)
        connection.commit()
    kiosk = RunningKiosk(screen, program=(*RUN, "--content", str(file)))
    kiosk.wait_until(lambda: "is damaged" in screen.log(), 10)
    kiosk.rest(1.0)
    assert kiosk.shows_lobby()
    assert screen.log().count("is damaged") == 1
