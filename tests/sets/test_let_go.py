"""Whichever thread the collector runs in lets go of a file or an index that nobody looks things up in."""

from __future__ import annotations

import gc
import sys
import threading
from pathlib import Path

import pytest

from kiosk.content.store import Edition, built
from kiosk.content.stored import open_stored
from kiosk.find.made import Made
from kiosk.house import DEMO_SITE, open_house

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("what", ["file", "index"])
def test_another_thread_may_let_go(tmp_path, monkeypatch, what):
    house = open_house(DATA, DATA / "sites" / DEMO_SITE)
    held: list[object] = []
    if what == "file":
        file = tmp_path / "directory.kiosk"
        file.write_bytes(built({"": Edition(house.library, {})}, {}))
        held.append(open_stored(file)._connection)
    else:
        held.append(Made(house.library, house.words).connection())
    gc.disable()
    faults = []
    monkeypatch.setattr(sys, "unraisablehook", faults.append)
    held.clear()  # a connection is in a circle with its own cache, which only the collector ends
    thread = threading.Thread(target=gc.collect)
    thread.start()
    thread.join()
    gc.enable()
    assert faults == []
