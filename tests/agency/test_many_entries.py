"""A folder of very many entries is good, and whoever checks or starts it is told to build it."""

from __future__ import annotations

import json

import pytest

from kiosk.cli import main
from kiosk.content import folders
from kiosk.content.folders import entries_in
from kiosk.house import open_house
from tests.ui.larger import write_larger

BUILD = "run_kiosk.py build --content DIR --out directory.kiosk"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_larger(tmp_path_factory.mktemp("many"))


def test_entries_are_counted_by_their_headings(folder):
    assert entries_in(folder) == len(open_house(folder, None).library.services)


def test_check_and_the_log_advise_to_build_a_large_folder(folder, monkeypatch, capsys):
    count = entries_in(folder)
    for most, advises in ((count, False), (count - 1, True)):
        monkeypatch.setattr(folders, "MOST_READ_AT_START", most)
        assert main(["check", str(folder)]) == 0
        assert (BUILD in capsys.readouterr().out) is advises
        assert main(["check", str(folder), "--json"]) == 0
        assert bool(json.loads(capsys.readouterr().out)["advice"]) is advises
        told: list[str] = []
        open_house(folder, None, told.append)
        assert any(BUILD in line for line in told) is advises
