"""Numbers go into a site file, and nothing else in it changes by a byte."""

from __future__ import annotations

import os
from functools import partial

import pytest

from kiosk.keypad import Key
from kiosk.site_file import load_settings
from kiosk.technician.commands import _written
from kiosk.technician.keys_table import write_keys
from kiosk.technician.site_file import NotWrittenError, with_numbers, write_numbers
from tests.technician.machines import DATA

SITE = (DATA / "sites" / "police-lobby.toml").read_bytes()
NUMBERS = {"width_mm": 270.5, "lower_edge_mm": 745}
TABLE = b"[panel]\nwidth_mm = 270.5\nlower_edge_mm = 745\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"\n" + TABLE),
        (b"schema = 1", b"schema = 1\n\n" + TABLE),
        (b"[panel]", TABLE),
        (b"[panel]\n# measured by J.\nwidth_mm = 268.0 # ruler\n[x]\nwidth_mm = 1\n",
         b"[panel]\nlower_edge_mm = 745\n# measured by J.\nwidth_mm = 270.5 # ruler\n[x]\nwidth_mm = 1\n"),
        (b"[ panel ] # glass\r\nlower_edge_mm=1\r\n  width_mm  =  2\r\n",
         b"[ panel ] # glass\r\nlower_edge_mm=745\r\n  width_mm  =  270.5\r\n"),
        (b"[a]\nwidth_mm = 3\n[[here]]\nb = 'x'\n", b"[a]\nwidth_mm = 3\n[[here]]\nb = 'x'\n\n" + TABLE),
    ],
)  # fmt: skip
def test_all_else_stays(before, after):
    assert with_numbers(before, "panel", NUMBERS) == after
    assert with_numbers(after, "panel", NUMBERS) == after


@pytest.mark.parametrize(
    "odd",
    [
        b"panel = {width_mm = 9}\n",
        b"panel.width_mm = 9\n",
        b"panel = 3\n",
        b'a = """\n[panel]\n"""\n',
        b"[panel]\nwidth_mm = [\n[1]\n]\n",
        b"a = \n",
        b"\xff",
    ],
)
def test_a_form_that_it_does_not_know_is_left_alone(odd):
    with pytest.raises(NotWrittenError):
        with_numbers(odd, "panel", NUMBERS)


def test_a_shipped_site_takes_the_numbers(tmp_path):
    site = tmp_path / "site.toml"
    site.write_bytes(SITE)
    site.chmod(0o640)
    write_numbers(site, "panel", NUMBERS)
    settings = load_settings(site, None)
    assert (settings.panel_width_mm, settings.lower_edge_mm) == (270.5, 745)
    assert site.read_bytes() == SITE.replace(
        b"[panel]\nwidth_mm = 268.0\n", b"[panel]\nlower_edge_mm = 745\nwidth_mm = 270.5\n"
    )
    assert site.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "write",
    [partial(write_numbers, table="panel", numbers=NUMBERS), partial(write_keys, codes={Key.UP: 191})],
)
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, monkeypatch, write):
    site = tmp_path / "site.toml"
    site.write_bytes(SITE)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(site)
    assert site.read_bytes() == SITE
    assert [path.name for path in tmp_path.iterdir()] == ["site.toml"]


def test_a_file_that_cannot_be_written_stays_and_the_numbers_are_told(tmp_path, capsys):
    site = tmp_path / "site.toml"
    site.write_text("[panel]\nwidth_mm = 268.0\n")
    (tmp_path / f".{site.name}.{os.getpid()}.new").mkdir()  # in the way of what is written beside it
    assert _written(site, {"width_mm": 270.5, "lower_edge_mm": 745}) == 2
    told = capsys.readouterr()
    assert "cannot be written (Is a directory)" in told.err
    assert told.err.endswith("[panel]\nwidth_mm = 270.5\nlower_edge_mm = 745\n\n")
    assert told.out == ""
    assert site.read_text() == "[panel]\nwidth_mm = 268.0\n"
