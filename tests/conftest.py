"""What every test gets: no screen, one application, two houses with a stopped clock, nothing left behind."""

from __future__ import annotations

import gc
import logging
import os
import sys

import pytest
from hypothesis import Phase, settings

PASSED = pytest.StashKey[bool]()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The long one is for `pytest --hypothesis-profile=long`; the other keeps the tests without Qt near a second.
# Not Phase.explain: it traces each line, and what fails would be cut off by the limit before it is told.
TOLD_SOON = {
    "deadline": None,
    "database": None,
    "phases": [phase for phase in Phase if phase is not Phase.explain],
}
settings.register_profile("long", max_examples=2000, **TOLD_SOON)
settings.register_profile("quick", max_examples=15, **TOLD_SOON)
settings.load_profile("quick")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.stash[PASSED] = report.passed
    return report


@pytest.fixture(autouse=True)
def nothing_left_behind(request, caplog):
    """Fail a test that leaves a window open or logs a warning. Tests without Qt stay without it."""
    yield
    loud = [
        f"{record.name}: {record.getMessage()}"
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING
    ]
    assert loud == []
    if request.node.stash.get(PASSED, False):  # the traceback of a failure keeps its windows
        assert windows_left() == []


def windows_left() -> list[str]:
    """Return the top-level widgets that outlived a test, after everything due for deletion is gone."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        left = [repr(widget) for widget in QApplication.topLevelWidgets()]
        if not left:
            break
        gc.collect()  # a widget in a cycle of references is gone as soon as the cycle is
    return left


@pytest.fixture(scope="session")
def houses():
    """Both demonstration sites by id, on Friday 2026-11-20 at 10:00 in Saint Louis."""
    from tests.ui.houses import open_houses

    return open_houses()


@pytest.fixture(scope="session")
def house(houses):
    """The lobby of the police station."""
    return houses["police-lobby"]
