"""A comparison that is ended early prints what it has."""

from __future__ import annotations

import json
import os
import signal
import sys

import compare
import pytest
from report import KIOSK
from watching import Reading

AROUND = {"date": "today", "screen": "1080x1920"}


def measured_until(act):
    """Stand in for the measuring alone: one reading of Hide, and then `act`."""

    def measure(_, kept, __):
        yield AROUND
        kept["hide, idle", KIOSK].append(("help", Reading(2.5, 0.1, 0.1, False)))
        act()
        yield AROUND

    return measure


@pytest.fixture
def run(monkeypatch, capsys):
    monkeypatch.chdir(compare.ROOT)
    handlers = {sign: signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background ignores it
    for name in ("make_application", "come_first"):
        monkeypatch.setattr(compare, name, lambda: None)
    monkeypatch.setattr(compare, "lacking", lambda _: None)

    def run_until(act, *arguments):
        monkeypatch.setattr(compare, "measure", measured_until(act))
        monkeypatch.setattr(sys, "argv", ["compare.py", *arguments])
        return compare.main(), capsys.readouterr().out

    yield run_until
    for sign, handler in handlers.items():
        signal.signal(sign, handler)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_what_has_been_measured_is_printed(run, sign):
    status, shown = run(lambda: os.kill(os.getpid(), sign))
    assert status == 130
    assert "2.5 / 2.5 / 2.5 (n 1)" in shown
    assert "early, by hand" in shown


def test_it_is_said_in_json_as_well(run):
    status, shown = run(lambda: os.kill(os.getpid(), signal.SIGINT), "--json")
    assert status == 130
    assert json.loads(shown)["surroundings"]["ended"] == "early, by hand"


def test_a_comparison_that_came_to_its_end_does_not_say_so(run):
    status, shown = run(lambda: None)
    assert status == 0
    assert "2.5 / 2.5 / 2.5 (n 1)" in shown
    assert "early" not in shown
