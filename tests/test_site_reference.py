"""What the reference says of the site file is what the reader does: every key, its limits, its defaults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.content.faults import ContentError
from kiosk.deploy.openings import rotation_of
from kiosk.settings import DEFAULT_BRAND, Start
from kiosk.site_file import load_settings
from kiosk.site_keys import REPEATED, SITE_KEYS, TABLES, Form, SiteKey, names_of, site_key
from kiosk.technician.reference import reference
from tests.test_settings import SMALL

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCES = "\n".join(
    (ROOT / "kiosk" / name).read_text(encoding="utf-8") for name in ("site_file.py", "site_fittings.py")
)


def site_with(tmp_path: Path, table: str, lines: str) -> Path:
    """Write a small site whose table `table` holds these lines in place of those of the same keys."""
    path = tmp_path / "site.toml"
    header = f"[[{table}]]" if table in REPEATED else f"[{table}]"
    text = SMALL
    for name in re.findall(r"^(\w+) =", lines, re.MULTILINE):
        before, _, after = text.partition(f"{header}\n")
        first, bracket, rest = after.partition("\n[")
        first = re.sub(rf"^{name} = .*\n?", "", first, flags=re.MULTILINE)
        text = before + (f"{header}\n" if after else "") + first + bracket + rest
    if header in text:
        text = text.replace(f"{header}\n", f"{header}\n{lines}\n", 1)
    else:
        text = text.replace("[[tile]]", f"{header}\n{lines}\n\n[[tile]]", 1)
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(path: Path) -> str:
    try:
        load_settings(path, None)
    except ContentError as error:
        return str(error)
    return ""


NEEDED_BESIDE = {
    "lower_edge_mm": "width_mm = 300\n",
    "server": 'queue = "slip"\n',
    "width": 'device = "/dev/usb/lp0"\n',
    "text": 'category = "police"\n',
    "category": 'text = "There."\n',
}


def written(key: SiteKey, value: str) -> str:
    return f"{NEEDED_BESIDE.get(key.name, '')}{key.name} = {value}"


def named(key: SiteKey) -> str:
    return f"{key.table}.{key.name}"


@pytest.mark.parametrize("key", SITE_KEYS, ids=named)
def test_each_example_is_read_without_a_fault(tmp_path, key):
    if key.name == "opens":
        return  # SMALL has it on one tile, and a second is a fault
    assert faults_of(site_with(tmp_path, key.table, written(key, key.example))) == ""


BOUNDED = [key for key in SITE_KEYS if key.form in {Form.WHOLE, Form.LENGTH} and not key.choices]


@pytest.mark.parametrize("key", BOUNDED, ids=named)
def test_the_limits_in_the_table_are_those_of_the_reader(tmp_path, key):
    for value, passes in ((key.low, True), (key.high, True), (key.low - 1, False), (key.high + 1, False)):
        faults = faults_of(site_with(tmp_path, key.table, written(key, str(value))))
        assert ("out of range" not in faults) is passes, f"{value}: {faults}"


@pytest.mark.parametrize("key", [key for key in SITE_KEYS if key.limit], ids=named)
def test_the_most_characters_in_the_table_are_those_of_the_reader(tmp_path, key):
    for count, passes in ((key.limit, True), (key.limit + 1, False)):
        text = ("a" * 9 + " ") * 30
        value = f'"{text[: count - 1].strip()}{"b" * (count - len(text[: count - 1].strip()))}"'
        value = f"[{value}]" if key.form is Form.TEXTS else value
        faults = faults_of(site_with(tmp_path, key.table, written(key, value)))
        assert (f"at most {key.limit}" not in faults) is passes, faults


@pytest.mark.parametrize("key", [key for key in SITE_KEYS if key.choices], ids=named)
def test_nothing_but_the_choices_can_be_written(tmp_path, key):
    value = "480" if key.form is Form.WHOLE else '["xx"]' if key.form is Form.WORDS else '"xx"'
    faults = faults_of(site_with(tmp_path, key.table, written(key, value)))
    assert "480 is no" in faults or '"xx"' in faults
    for choice in key.choices if key.name != "opens" else ():
        value = (
            choice if key.form is Form.WHOLE else f'["{choice}"]' if key.form is Form.WORDS else f'"{choice}"'
        )
        assert faults_of(site_with(tmp_path, key.table, written(key, value))) == ""


def test_the_defaults_in_the_table_are_those_of_the_settings(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(
        SMALL.replace('start = "help"\n', "").replace(
            "[[tile]]", '[speech]\non = true\n[printer]\nqueue = "a"\n[[tile]]', 1
        )
    )
    settings = load_settings(path, None)
    found = {
        ("site", "start"): str(settings.start),
        ("look", "brand"): settings.brand,
        ("look", "motif"): settings.motif,
        ("idle", "still_here_after"): settings.still_here_after_s,
        ("idle", "end_after"): settings.end_after_s,
        ("double_strike", "touch"): settings.double_strike.touch_ms,
        ("double_strike", "key"): settings.double_strike.key_ms,
        ("speech", "rate"): settings.speech.rate,
        ("speech", "volume"): settings.speech.volume,
        ("printer", "width"): settings.printer.width,
        ("panel", "rotation"): rotation_of({}),  # read by the display's own unit
    }
    assert found == {(k.table, k.name): k.default for k in SITE_KEYS if k.default is not None}
    assert site_key("look", "brand").default == DEFAULT_BRAND
    assert site_key("site", "start").choices == tuple(Start)


def test_every_key_of_the_table_is_read_and_no_other():
    """A key is read by its name; those of the keypad and of [idle] are read in a loop over the table."""
    asked = set(re.findall(r'"(\w+)"', SOURCES))
    unread = {key.name for key in SITE_KEYS if key.table != "keys"} - asked - {"id", "icon"}
    assert unread == set()
    assert {"id", "icon"} <= set(names_of("tile"))
    with pytest.raises(KeyError):
        site_key("panel", "height_mm")


@pytest.mark.parametrize("table", TABLES)
def test_a_key_that_the_table_does_not_have_is_a_fault_with_its_line(tmp_path, table):
    path = site_with(tmp_path, table, "nonsense = 1")
    line = path.read_text().splitlines().index("nonsense = 1") + 1
    assert f'{path}:{line}: "nonsense" is not known in' in faults_of(path)


def test_the_readme_holds_the_reference_as_the_command_prints_it():
    begin, end = "<!-- site --reference -->\n", "<!-- end of site --reference -->"
    assert README.split(begin)[1].split(end)[0] == reference()


def test_the_example_in_the_readme_is_read_without_a_fault(tmp_path):
    path = tmp_path / "site.toml"
    path.write_text(
        README.split("### The site file")[1].split("```toml\n")[1].split("```")[0], encoding="utf-8"
    )
    assert faults_of(path) == ""
