"""A slip by a real print server with the shipped settings: printed, cancelled, never left for the next."""

from __future__ import annotations

import io
import os
import re
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kiosk.fittings import Printer
from kiosk.takeaway.payload import choices_of
from kiosk.ui.printing import Printing
from kiosk.visit.visit import Paper, Visit
from tests.slip.printers import at_work, visiting, with_printer
from tests.slip.receipts import codes_on
from tests.ui.processes import settled


@pytest.fixture
def house_with_queue(house, print_server):
    return with_printer(house, Printer("", "slip", print_server.socket, 384))


@pytest.fixture
def house_over_loopback(house, print_server):
    """As with `server = "localhost:6310"`, at a port that is free here."""
    return with_printer(house, Printer("", "slip", print_server.loopback, 384))


def printed_codes(server) -> list[bytes]:
    return codes_on(np.array(Image.open(io.BytesIO(server.paper)).convert("L")))


def test_a_slip_goes_through_the_queue_and_nothing_of_it_is_kept(qapp, house_with_queue, print_server):
    with visiting(house_with_queue) as (walker, printing):
        walker.tap("Print a slip")
        settled(lambda: not at_work(printing) and (print_server.home / "slips").stat().st_size)
        payload = choices_of(house_with_queue.library.services["alive"])[0].payload
        assert printed_codes(print_server) == [payload.encode()]
        settled(lambda: print_server.spooled == [])
        assert print_server.jobs == ""
        assert walker.visit.paper is Paper.COMING
    log = (print_server.home / "log").read_text()
    assert not re.search(r"Job \d|slip|993.?2777|alive", log, re.IGNORECASE), log


def test_over_loopback_a_slip_goes_through(qapp, house_over_loopback, print_server):
    with visiting(house_over_loopback) as (walker, printing):
        walker.tap("Print a slip")
        settled(lambda: not at_work(printing) and (print_server.home / "slips").stat().st_size)
    payload = choices_of(house_over_loopback.library.services["alive"])[0].payload
    assert printed_codes(print_server) == [payload.encode()]


def test_over_loopback_hide_cancels_what_waits(qapp, house_over_loopback, print_server):
    print_server.tell("cupsdisable", "slip")
    with visiting(house_over_loopback) as (walker, printing):
        walker.tap("Print a slip")
        settled(lambda: not at_work(printing))
        assert "slip-1" in print_server.jobs
        walker.press(walker.strip())
        settled(lambda: not at_work(printing))
        assert (print_server.jobs, print_server.spooled) == ("", [])
        walker.release(walker.strip())


def test_hide_empties_a_paused_queue_and_the_next_visitor_gets_nothing(qapp, house_with_queue, print_server):
    print_server.tell("cupsdisable", "slip")
    with visiting(house_with_queue) as (walker, printing):
        walker.tap("Print a slip")
        settled(lambda: not at_work(printing))
        assert "slip-1" in print_server.jobs
        walker.press(walker.strip())
        assert walker.visit == Visit()
        settled(lambda: not at_work(printing))
        assert print_server.jobs == ""
        assert print_server.spooled == []
        walker.release(walker.strip())
    print_server.tell("cupsenable", "slip")
    time.sleep(0.5)
    assert print_server.paper == b""


def test_hide_stops_a_slip_that_is_jammed_in_the_printer(qapp, house_with_queue, print_server):
    print_server.jam(jammed=True)
    with visiting(house_with_queue) as (walker, printing):
        walker.tap("Print a slip")
        settled(lambda: not at_work(printing) and print_server.spooled)
        walker.press(walker.strip())
        settled(lambda: not at_work(printing))
        settled(lambda: print_server.spooled == [])
        walker.release(walker.strip())
    print_server.jam(jammed=False)
    time.sleep(0.5)
    assert print_server.paper == b""
    assert print_server.jobs == ""


def test_a_slip_that_a_crashed_visit_left_is_gone_when_the_next_is_shown(
    qapp, house_with_queue, print_server
):
    print_server.tell("cupsdisable", "slip")
    with visiting(house_with_queue) as (walker, crashed):
        walker.tap("Print a slip")
        settled(lambda: not at_work(crashed))
        assert print_server.jobs
        following = Printing(house_with_queue, walker.session, house_with_queue.settings.printer)
        following.empty()  # as a visit that is shown does
        settled(lambda: not at_work(following))
        assert print_server.jobs == ""
        assert print_server.spooled == []
        following.deleteLater()


def test_what_is_left_of_a_queue_names_no_slip(qapp, house_with_queue, print_server):
    """Everything the server has in its folders after a slip: its settings, and that there was a job."""
    with visiting(house_with_queue) as (walker, printing):
        walker.tap("Print a slip")
        settled(lambda: not at_work(printing) and (print_server.home / "slips").stat().st_size)
        settled(lambda: print_server.spooled == [])
    kept = b"".join(
        path.read_bytes() for path in Path(print_server.home / "run").rglob("*") if path.is_file()
    )
    assert not re.search(rb"993.?2777|info al|alive", kept, re.IGNORECASE)


def test_a_queue_that_is_not_there_is_said_on_the_page(qapp, house, tmp_path):
    house = with_printer(house, Printer("", "slip", str(tmp_path / "none.sock"), 384))
    if not any(os.access(f"{folder}/lp", os.X_OK) for folder in ("/usr/bin", "/bin")):
        pytest.skip("cups-client is not installed")
    with visiting(house) as (walker, _):
        walker.tap("Print a slip")
        settled(lambda: walker.visit.paper is Paper.FAILED)
        assert walker.settle().sees("The printer does not answer")
