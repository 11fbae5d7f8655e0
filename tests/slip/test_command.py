"""The programs that print: the same arguments for every slip, and few variables."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from kiosk.fittings import Printer
from kiosk.slip import command
from kiosk.slip.command import emptying, missing, printing, surroundings
from kiosk.slip.raster import CLEAR, Raster, as_bands, as_png
from tests.slip.receipts import papers

RECEIPT = Printer("/dev/usb/lp0", "", "", 384)
QUEUE = Printer("", "slip", "/run/visitor-kiosk-print/cups.sock", 576)


def some(width: int, rows: int = 100) -> Raster:
    return Raster(width, random.Random(rows).randbytes(width // 8 * rows))


@pytest.mark.parametrize("printer", [RECEIPT, QUEUE], ids=["device", "queue"])
def test_the_arguments_are_the_same_for_every_slip(printer):
    slips = [some(printer.width, rows) for rows in (10, 100)]
    first, second = (printing(printer, slip, is_first=True) for slip in slips)
    assert [order.command for order in first] == [order.command for order in second]
    assert first[-1].reads != second[-1].reads
    assert "Info" not in repr(first)
    for order in first:
        assert order.command[:3] == ("setpriv", "--pdeathsig", "KILL")


def test_a_queue_is_emptied_before_the_first_slip_of_a_visit_only():
    programs = [[o.command[4] for o in printing(QUEUE, some(576), is_first=first)] for first in (True, False)]
    assert programs == [["cancel", "lp"], ["lp"]]
    assert emptying(QUEUE).command[3:] == ("cancel", "-a", "-x", "slip")


def test_a_device_that_is_not_there_is_never_made():
    (order,) = printing(RECEIPT, some(384), is_first=True)
    assert "of=/dev/usb/lp0" in order.command
    assert "conv=notrunc,nocreat" in order.command


def test_the_title_and_the_options_of_a_job_are_neutral():
    sent = printing(QUEUE, some(576), is_first=False)[0].command[4:]
    assert sent[:6] == ("lp", "-s", "-d", "slip", "-t", "slip")
    assert "job-sheets=none" in sent


def test_the_programs_get_few_variables():
    around = {"PATH": "/bin", "HOME": "/home/kiosk", "KIOSK_TEST": "elderberry"}
    assert surroundings(RECEIPT, around) == {"PATH": "/bin"} | command.SETTLED
    assert surroundings(QUEUE, around)["CUPS_SERVER"] == QUEUE.server


def test_a_missing_program_is_named(monkeypatch):
    monkeypatch.setattr(command.shutil, "which", lambda program: None if program == "lp" else program)
    assert missing(QUEUE) == "lp"
    assert missing(RECEIPT) == ""


@pytest.mark.parametrize("width", [384, 576])
def test_bands_and_picture_give_back_every_dot(width):
    slip = some(width, 107)
    (paper,) = papers(as_bands(slip), width)
    picture = Image.open(io.BytesIO(as_png(slip)))
    assert picture.mode == "1"
    assert picture.size == (width, 107)
    assert round(picture.info["dpi"][0]) == 203
    assert set(picture.info) == {"dpi"}
    assert (paper == 255).tolist() == [
        [bool(picture.getpixel((x, y))) for x in range(width)] for y in range(107)
    ]


def test_what_a_killed_slip_left_in_the_printer_is_dropped_before_the_next():
    whole = as_bands(some(384))
    assert emptying(RECEIPT).reads.startswith(CLEAR)
    assert whole.startswith(CLEAR)
    (paper,) = papers(whole, 384)
    assert paper.shape == (100, 384)
