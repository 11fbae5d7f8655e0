"""A slip from the touch to the device: read back, jammed, unplugged, hidden, killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from kiosk.takeaway.payload import can_be_kept, choices_of, shared_contact
from kiosk.ui.gallery import Example
from kiosk.ui.picture import built
from kiosk.ui.printing import slip_of
from kiosk.ui.slip_picture import slip_picture
from kiosk.visit.actions import Open
from kiosk.visit.places import HelpPlace, LobbyPlace, MyCodePlace, MyNumbersPlace, ResourcePlace, TakePlace
from kiosk.visit.visit import Paper, TextSize, Visit
from tests.slip.printers import at_device, at_work, visiting
from tests.slip.receipts import codes_on, papers
from tests.ui.houses import WAYS_TO_SEE, in_view, parts
from tests.ui.processes import is_alive, program, settled
from tests.ui.rules import faults_of

COMING = "Your slip is coming"
FAILED = "The printer does not answer"
ROOT = Path(__file__).parents[2]
SAMPLE = random.Random(20261120).sample(WAYS_TO_SEE, 8)


@pytest.fixture
def device(tmp_path) -> Path:
    """A printer that takes everything at once: what a file keeps, it would have printed."""
    path = tmp_path / "lp0"
    path.touch()
    return path


@pytest.fixture
def jammed(tmp_path) -> Path:
    path = tmp_path / "jammed"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize("width", [384, 576])
def test_the_code_on_the_slip_is_the_code_on_the_screen(qapp, house, device, width):
    with visiting(at_device(house, device, width)) as (walker, printing):
        walker.tap("Save as a contact").tap("Print a slip")
        assert walker.sees(COMING)
        settled(lambda: not at_work(printing))
        (paper,) = papers(device.read_bytes(), width)
        contact = next(c for c in choices_of(house.library.services["alive"]) if c.way.value == "contact")
        assert codes_on(paper) == [contact.payload.encode()]
        assert walker.sees(COMING)


def test_every_slip_there_is_reads_back(qapp, house):
    """Each code at whole dots with its quiet zone, on the narrow paper."""
    for service in house.library.services.values():
        for index, choice in enumerate(choices_of(service)):
            visit = Visit(trail=(LobbyPlace(), TakePlace(service.id, choice=index)))
            slip = slip_of(visit, house)
            picture = slip_picture(slip, 384)
            (paper,) = papers(_stream(picture), 384)
            assert codes_on(paper) == [choice.payload.encode()]


def _stream(picture) -> bytes:
    from kiosk.slip.raster import as_bands

    return as_bands(picture)


def test_the_slip_of_my_numbers_is_read_back(qapp, house, device):
    kept = [s for s in house.library.services.values() if can_be_kept(s)][:8]
    for place in (MyNumbersPlace(), MyCodePlace()):
        visit = Visit(trail=(LobbyPlace(), place), kept=tuple(s.id for s in kept))
        (paper,) = papers(_stream(slip_picture(slip_of(visit, house), 384)), 384)
        assert codes_on(paper) == [shared_contact(kept, "Info").encode()]
    assert slip_of(Visit(trail=(LobbyPlace(), MyNumbersPlace())), house) is None
    assert slip_of(Visit(trail=(LobbyPlace(), ResourcePlace("911"))), house) is None


def test_a_jammed_printer_holds_up_nobody_and_hide_ends_the_writer(qapp, house, jammed):
    with visiting(at_device(house, jammed)) as (walker, printing):
        walker.tap("Print a slip")
        writer = printing.process_id
        assert is_alive(writer)
        began = time.perf_counter()
        walker.tap("Back")
        assert not walker.sees(COMING)
        assert time.perf_counter() - began < 0.5
        assert is_alive(writer)
        began = time.perf_counter()
        walker.press(walker.strip())
        assert walker.visit == Visit()
        assert settled(lambda: not is_alive(writer)) < 0.1
        assert time.perf_counter() - began < 0.5
        assert printing.process_id == 0
        walker.release(walker.strip())


def test_an_abandoned_slip_is_not_printed_when_the_printer_comes_back(qapp, house, jammed):
    with visiting(at_device(house, jammed)) as (walker, printing):
        walker.tap("Print a slip")
        settled(lambda: is_alive(printing.process_id))
        walker.press(walker.strip())
        came = os.open(jammed, os.O_RDONLY | os.O_NONBLOCK)
        try:
            settled(lambda: not at_work(printing))
            stream = b""
            while some := os.read(came, 65536):
                stream += some
        finally:
            os.close(came)
        assert papers(stream, 384) == []
        walker.release(walker.strip())


def test_the_lobby_is_on_the_glass_before_the_printer_is_stopped(qapp, house, jammed):
    with visiting(at_device(house, jammed)) as (walker, printing):
        walker.tap("Print a slip")
        seen = []
        stop = printing._process.stop

        def watched() -> None:
            seen.append(walker.window._page is None or not walker.window._page.isVisible())
            stop()

        printing._process.stop = watched
        walker.press(walker.strip())
        assert seen
        assert all(seen)
        walker.release(walker.strip())


def test_a_printer_that_does_not_answer_is_said_on_the_page_and_forgotten(qapp, house, jammed):
    with visiting(at_device(house, jammed), longest_ms=150) as (walker, printing):
        walker.tap("Print a slip")
        settled(lambda: walker.visit.paper is Paper.FAILED)
        walker.settle()
        assert walker.sees(FAILED)
        assert printing.process_id == 0
        walker.tap("Back")
        assert walker.visit.paper is Paper.NONE


def test_an_unplugged_printer_is_said_on_the_page_and_no_file_is_made(qapp, house, tmp_path):
    with visiting(at_device(house, tmp_path / "none")) as (walker, _):
        walker.tap("Print a slip")
        settled(lambda: walker.visit.paper is Paper.FAILED)
        assert walker.settle().sees(FAILED)
    assert list(tmp_path.iterdir()) == []


def test_two_slips_of_one_visit_are_both_printed(qapp, house, device):
    """The device is opened anew for each, so the second lies over the first in a file; sizes tell."""
    with visiting(at_device(house, device)) as (walker, printing):
        walker.tap("Print a slip")
        walker.session.dispatch(Open(ResourcePlace("love-is-respect")))
        walker.settle().tap("Print a slip")
        settled(lambda: not at_work(printing))
        assert walker.visit.paper is Paper.COMING
        (paper,) = papers(device.read_bytes(), 384)
        assert codes_on(paper) == [choices_of(house.library.services["love-is-respect"])[0].payload.encode()]


def test_nothing_printed_stands_in_arguments_or_environment(qapp, house, jammed):
    os.environ["KIOSK_TEST"] = "elderberry"
    try:
        with visiting(at_device(house, jammed)) as (walker, printing):
            walker.tap("Print a slip")
            pid = printing.process_id
            settled(lambda: Path(f"/proc/{pid}/comm").read_text().strip() == "dd")
            seen = [Path(f"/proc/{pid}/{name}").read_bytes().lower() for name in ("cmdline", "environ")]
            walker.press(walker.strip()).release(walker.strip())
    finally:
        del os.environ["KIOSK_TEST"]
    for each in seen:
        assert not any(word in each for word in (b"elderberry", b"alive", b"2777", b"info", b"tel:"))


ALONE = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from kiosk.ui.session import Session
from kiosk.visit.actions import Hide, Open, Print
from kiosk.visit.idle import IdleLimits
from kiosk.visit.places import ResourcePlace
from tests.slip.printers import Printing, at_device
from tests.ui.houses import open_houses
house = at_device(open_houses()["police-lobby"], Path(sys.argv[1]))
session = Session(IdleLimits())
printing = Printing(house, session, house.settings.printer)
session.dispatch(Open(ResourcePlace("alive")))
session.dispatch(Print())
if len(sys.argv) > 2:
    session.dispatch(Hide())
    os.kill(os.getpid(), signal.SIGKILL)
print(printing.process_id, flush=True)
application.exec()
"""


def test_the_writer_ends_with_the_visit_that_is_killed(jammed):
    visit = subprocess.Popen([sys.executable, "-c", ALONE, str(jammed)], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        pid = int(visit.stdout.readline())
        settled(
            lambda: program(pid) not in {"python", "python3", "setpriv", ""}
        )  # it asked to end with the visit
        assert is_alive(pid)
        visit.send_signal(signal.SIGKILL)
        assert settled(lambda: not is_alive(pid)) < 0.2
    finally:
        visit.kill()
        visit.wait()
        visit.stdout.close()


def test_the_printer_is_emptied_even_when_the_visit_is_killed_right_after_hide(device):
    done = subprocess.run([sys.executable, "-c", ALONE, str(device), "hide"], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    settled(lambda: device.stat().st_size > 0)
    assert papers(device.read_bytes(), 384) == []


def test_without_a_printer_nothing_of_printing_is_loaded():
    """Not the drawing, not the programs; and no page has the button."""
    code = (
        "import sys; from kiosk.ui import run, served; "
        "print([m for m in sys.modules if m.startswith('kiosk.slip') or m in "
        "('kiosk.ui.printing', 'kiosk.ui.printer', 'kiosk.ui.slip_picture')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("seen", SAMPLE, ids=str)
def test_pages_with_a_printer_keep_the_rules(qapp, house, device, seen):
    house = at_device(house, device)
    kept = tuple(s.id for s in house.library.services.values() if can_be_kept(s))
    faults = []
    for example in _examples(kept):
        for paper in Paper:
            visit = in_view(replace(example.visit, paper=paper), seen)
            for number, (_, page) in enumerate(parts(house, visit, seen.panel)):
                where = f"{example.name}, {paper}, part {number}"
                faults += [f"{where}: {fault}" for fault in faults_of(page, seen.panel, seen.size)]
                page.deleteLater()
    assert faults == []


def _examples(kept) -> list[Example]:
    places = [ResourcePlace("alive"), TakePlace("love-is-respect"), MyNumbersPlace(), MyCodePlace()]
    trail = (LobbyPlace(), HelpPlace())
    return [Example(type(p).__name__, Visit(trail=(*trail, p), kept=kept[:8])) for p in places]


def test_each_page_with_a_code_offers_a_slip_on_a_site_with_a_printer(qapp, house, device):
    kept = tuple(s.id for s in house.library.services.values() if can_be_kept(s))
    for site, offered in ((house, False), (at_device(house, device), True)):
        for example in _examples(kept):
            for seen in (s for s in WAYS_TO_SEE if s.size is TextSize.NORMAL and s.language == "en"):
                if isinstance(example.visit.place, ResourcePlace) and seen.panel.short_side_mm < 180:
                    continue  # the code is on a page of its own there
                names = [
                    button.accessibleName()
                    for _, page in parts(site, in_view(example.visit, seen), seen.panel)
                    for button in page.buttons()
                ]
                assert ("Print a slip" in names) is offered, (example.name, str(seen))


@pytest.mark.parametrize("seen", SAMPLE, ids=str)
def test_what_became_of_a_slip_is_said_where_the_visitor_is_looking(qapp, house, device, seen):
    """On the first part, whatever the panel and the size: touching the button shows that part."""
    house = at_device(house, device)
    kept = tuple(s.id for s in house.library.services.values() if can_be_kept(s))
    for example in _examples(kept):
        if isinstance(example.visit.place, ResourcePlace) and seen.panel.short_side_mm < 180:
            continue  # the code is on a page of its own there
        for paper in (Paper.COMING, Paper.FAILED):
            visit = in_view(replace(example.visit, paper=paper), seen)
            words = house.words[seen.language]
            page = built(house, visit, seen.panel)
            said = [label.text() for label in page.findChildren(QLabel)]
            assert words(f"slip.{paper.value}") in said, (example.name, paper)
            page.deleteLater()
