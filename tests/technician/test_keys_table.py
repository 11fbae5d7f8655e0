"""The [keys] table goes into a site file, and nothing else in it changes by a byte."""

from __future__ import annotations

import stat

import pytest

from kiosk.keypad import Key
from kiosk.site_file import load_settings
from kiosk.technician.keys_table import KeysNotWrittenError, table_of, with_keys, write_keys
from tests.ui.houses import DATA

CODES = {Key.UP: 191, Key.SELECT: 195}
TABLE = b"[keys]\nup = 191\nselect = 195\n"
SITE = (DATA / "sites" / "police-lobby.toml").read_bytes()


def test_the_table_is_written_as_the_site_file_has_it():
    assert table_of(CODES).encode() == TABLE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"\n" + TABLE),
        (b"schema = 1\n", b"schema = 1\n\n" + TABLE),
        (b"schema = 1", b"schema = 1\n\n" + TABLE),
        (b"a = 1\n[keys]\nup = 9\n", b"a = 1\n" + TABLE),
        (b"[keys]\n[b]\n", TABLE + b"[b]\n"),
        (b"[ keys ] # old\nup = 9\n# note\ndown = 10\n\n# of b\n[b]\n", TABLE + b"\n# of b\n[b]\n"),
        (b"a = 1\r\n[keys]\r\nup = 9\r\n", b"a = 1\r\n" + TABLE.replace(b"\n", b"\r\n")),
        (b"[b]\nc = 1\n[[here]]\nd = 'x'\n", b"[b]\nc = 1\n[[here]]\nd = 'x'\n\n" + TABLE),
    ],
)
def test_all_else_stays(before, after):
    assert with_keys(before, CODES) == after
    assert with_keys(after, CODES) == after


@pytest.mark.parametrize(
    "odd", [b"keys = {up = 9}\n", b'a = """\n[keys]\n"""\n', b"[keys]\nup = [\n[1]\n]\n", b"a = \n", b"\xff"]
)
def test_a_form_that_it_does_not_know_is_left_alone(odd):
    with pytest.raises(KeysNotWrittenError):
        with_keys(odd, CODES)


def test_a_shipped_site_takes_the_table(tmp_path):
    site = tmp_path / "site.toml"
    site.write_bytes(SITE)
    site.chmod(0o640)
    write_keys(site, CODES)
    assert site.read_bytes() == SITE + b"\n" + TABLE
    assert load_settings(site, None).keys == ((Key.UP, 191), (Key.SELECT, 195))
    assert stat.S_IMODE(site.stat().st_mode) == 0o640
    write_keys(site, {Key.HIDE: 196})
    assert load_settings(site, None).keys == ((Key.HIDE, 196),)
    assert [path.name for path in tmp_path.iterdir()] == ["site.toml"]


def test_a_link_to_a_site_file_stays_a_link(tmp_path):
    site, link = tmp_path / "site.toml", tmp_path / "link.toml"
    site.write_bytes(SITE)
    link.symlink_to(site)
    write_keys(link, CODES)
    assert link.is_symlink()
    assert site.read_bytes().endswith(TABLE)
