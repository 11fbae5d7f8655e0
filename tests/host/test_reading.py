"""What is read beside the host reaches the first visit, or nothing does; nobody waits for it in vain."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

import kiosk.running
import kiosk.ui.served
from kiosk.builtin import built_in_library
from kiosk.host.link import linked
from kiosk.host.reading import Reading
from kiosk.running import _house_of_a_visit, _opened, _read_ahead, _visit_main

DATA = Path(__file__).parents[2] / "data"


def nothing(_: object) -> None:
    """What is done when the result is on its way."""


@pytest.mark.parametrize("site", sorted(path.name for path in (DATA / "sites").glob("*.toml")))
def test_the_first_visit_takes_the_whole_house(site):
    ours = _opened(DATA, DATA / "sites" / site)
    theirs = Reading(lambda: _opened(DATA, DATA / "sites" / site), nothing).take()
    assert theirs is not None
    assert (theirs.library, theirs.settings) == (ours.library, ours.settings)
    assert theirs.interpreters == ours.interpreters
    texts = [each.title for each in ours.library.categories.values()]
    for code in ours.settings.languages:
        assert [theirs.words[code].text(t) for t in texts] == [ours.words[code].text(t) for t in texts]


def test_it_is_taken_once(tmp_path):
    reading = Reading(lambda: ["all of it"], nothing)
    assert reading.take() == ["all of it"]
    assert reading.take() is None


def test_a_visit_takes_what_was_read_before_it_opens_a_house_itself():
    site = DATA / "sites" / "police-lobby.toml"
    here, there = (_opened(DATA, DATA / "sites" / name) for name in (site.name, "hospital-waiting-room.toml"))
    assert here.settings != there.settings
    reading = Reading(lambda: there, nothing)
    assert _house_of_a_visit(DATA, site, reading, built_in=True).library == built_in_library()
    assert _house_of_a_visit(DATA, site, reading, built_in=False).settings == there.settings
    assert _house_of_a_visit(DATA, site, reading, built_in=False).settings == here.settings
    assert _house_of_a_visit(DATA, site, None, built_in=False).settings == here.settings


@pytest.mark.parametrize(
    ("table", "read_ahead", "built_in", "begins_before"),
    [
        ("", True, False, True),
        ("[assistive]\ntechnology = true\n", True, False, False),
        ("", True, True, False),
        ("", False, False, False),
    ],
    ids=["read ahead", "assistive", "built in", "opened by itself"],
)
def test_qt_begins_before_the_house_is_there_unless_it_may_need_the_bus(
    monkeypatch, tmp_path, table, read_ahead, built_in, begins_before
):
    site = tmp_path / "site.toml"
    shipped = (DATA / "sites" / "police-lobby.toml").read_text(encoding="utf-8")
    site.write_text(shipped.replace("[[tile]]", f"{table}\n[[tile]]", 1), encoding="utf-8")
    done = []
    for name in ("mute_libraries", "_settle_interpreter"):
        monkeypatch.setattr(kiosk.running, name, lambda: None)
    monkeypatch.setattr(kiosk.running, "allow_assistive_technology", lambda bus: done.append(bus))
    house_of = kiosk.running._house_of_a_visit
    monkeypatch.setattr(
        kiosk.running, "_house_of_a_visit", lambda *how: done.append("house") or house_of(*how)
    )
    monkeypatch.setattr(
        kiosk.ui.served, "serve", lambda _, opened, __: done.append("Qt") or opened().settings
    )
    reading = Reading(lambda: _opened(DATA, site), nothing) if read_ahead else None
    settings = _visit_main(DATA, site, reading, "the bus")(linked()[1], built_in, True)
    bus = ["the bus"] if table else []
    assert done == (["Qt", "house"] if begins_before else ["house", *bus, "Qt"])
    assert settings.assistive_technology is bool(table)


def test_a_house_is_on_its_way_whole_before_anybody_takes_it(tmp_path):
    """A pipe holds 64 kB: the two would take turns, each waiting for a processor."""
    told = tmp_path / "told"
    reading = Reading(lambda: "x" * 500_000, lambda _: told.write_text("done"))
    deadline = time.monotonic() + 20
    while not told.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert reading.take() == "x" * 500_000


def test_what_cannot_be_handed_over_is_none_and_the_rest_is_done_all_the_same(tmp_path):
    told = tmp_path / "told"
    reading = Reading(lambda: open(os.devnull), lambda _: told.write_text("done"))  # noqa: SIM115, PTH123
    assert reading.take() is None
    deadline = time.monotonic() + 20
    while not told.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_reader_that_is_killed_leaves_none():
    assert Reading(lambda: os.kill(os.getpid(), signal.SIGKILL), nothing).take() is None


def test_half_of_it_is_none():
    reading = Reading(lambda: "x" * 500_000, nothing)
    os.read(reading._fd, 1000)  # what a visit has read that died
    assert reading.take() is None


def test_a_reader_whose_result_nobody_wants_ends(tmp_path):
    told = tmp_path / "told"
    reading = Reading(lambda: "x" * 5_000_000, lambda _: told.write_text("done"))  # more than a pipe holds
    reading.drop()
    deadline = time.monotonic() + 20
    while not told.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert reading.take() is None


def test_nobody_reads_a_built_file_ahead(tmp_path):
    """It could not be handed over, and the first visit would wait for it."""
    file = tmp_path / "directory.kiosk"
    file.touch()
    assert _read_ahead(file, None) is None
    folder = _read_ahead(DATA, None)
    assert folder
    assert folder.take()
