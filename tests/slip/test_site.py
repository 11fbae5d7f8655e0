"""The printer in the site file, and a machine without the programs for it."""

from __future__ import annotations

import pytest

from kiosk.content.faults import ContentError
from kiosk.fittings import Printer
from kiosk.running import _opened
from kiosk.site_file import load_settings
from kiosk.slip import command
from tests.test_settings import SMALL
from tests.ui.houses import DATA


def settings_with(folder, table: str):
    path = folder / "small.toml"
    path.write_text(SMALL.replace("[[tile]]", f"{table}\n\n[[tile]]", 1), encoding="utf-8")
    return load_settings(path, None)


@pytest.mark.parametrize(
    ("table", "printer"),
    [
        ("", None),
        ('[printer]\ndevice = "/dev/usb/lp0"', Printer("/dev/usb/lp0", "", "", 384)),
        ('[printer]\nqueue = "slip"\nwidth = 576', Printer("", "slip", "", 576)),
        (
            '[printer]\nqueue = "slip"\nserver = "/run/visitor-kiosk-print/cups.sock"',
            Printer("", "slip", "/run/visitor-kiosk-print/cups.sock", 384),
        ),
        ('[printer]\nqueue = "slip"\nserver = "localhost:6310"', Printer("", "slip", "localhost:6310", 384)),
    ],
)
def test_the_site_says_which_printer_if_any(tmp_path, table, printer):
    assert settings_with(tmp_path, table).printer == printer


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("[printer]", "the printer is not clear; write either device"),
        ('[printer]\ndevice = "/dev/usb/lp0"\nqueue = "slip"', "the printer is not clear"),
        ('[printer]\ndevice = "/tmp/slips"', '"/tmp/slips" is no device'),
        ('[printer]\ndevice = "/dev/../tmp/slips"', "is no device"),
        ('[printer]\nqueue = "-d other"', "is no name of a queue"),
        ('[printer]\nqueue = "slip"\nserver = "print.example.org"', "is no server of this machine"),
        ('[printer]\ndevice = "/dev/usb/lp0"\nserver = "localhost"', "is no server of this machine"),
        ('[printer]\nqueue = "slip"\nwidth = 400', "400 is no width of receipt paper"),
        ('[printer]\nqueu = "slip"', 'did you mean "queue"'),
    ],
)
def test_a_printer_that_cannot_be_is_refused_with_its_reason(tmp_path, table, told):
    with pytest.raises(ContentError) as refused:
        settings_with(tmp_path, table)
    assert any(told in str(fault) for fault in refused.value.faults)


def test_without_its_programs_printing_stays_off_and_the_log_says_so_once(tmp_path, monkeypatch):
    shipped = DATA / "sites" / "police-lobby.toml"
    site = tmp_path / "police-lobby.toml"
    with_queue = shipped.read_text().replace("[[tile]]", '[printer]\nqueue = "slip"\n\n[[tile]]', 1)
    site.write_text(with_queue, encoding="utf-8")
    there = command.shutil.which
    monkeypatch.setattr(
        command.shutil, "which", lambda program: None if program == "lp" else there(program) or program
    )
    told: list[str] = []
    house = _opened(DATA, site, told.append)
    assert house.settings.printer is None
    assert told == ["visitor-kiosk: a printer is in the site file, but lp is not installed; it stays off\n"]
    monkeypatch.setattr(command.shutil, "which", lambda program: program)
    assert _opened(DATA, site).settings.printer == Printer("", "slip", "", 384)
