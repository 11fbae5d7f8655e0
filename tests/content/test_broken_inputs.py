"""Every file in broken/ says in its first lines where it goes and which faults it must give."""

import re
from functools import partial
from pathlib import Path

import pytest

from kiosk.checkup import check_folder
from kiosk.content.faults import ContentError
from kiosk.content.library import load_library
from kiosk.site_file import load_settings

from .conftest import HERE, ICONS, TODAY

GOOD = load_library(HERE / "good", TODAY, ICONS)
BROKEN = sorted((HERE / "broken").glob("*.toml"))
_INTO = re.compile(r"# into: (\S+)")
_FAULT = re.compile(r"^# fault (?:(\S+):)?(\d+): (.*)$", re.MULTILINE)


def _placed(broken: Path, folder: Path) -> tuple[Path, list[tuple[str, int, str]]]:
    """Put a broken file into the set; its path and the expected faults, in order."""
    raw = broken.read_bytes()
    head = raw.decode("utf-8", errors="replace")
    into = _INTO.search(head)[1]
    path = folder / into
    path.write_bytes(raw)
    return path, sorted((file or into, int(line), words) for file, line, words in _FAULT.findall(head))


def _matches(faults, expected) -> bool:
    """Whether each fault has its expected line and words, and there is no other."""
    left = list(faults)
    for file, line, words in expected:
        found = [f for f in left if (f.file, f.line) == (file, line) and words in f.message]
        if not found:
            return False
        left.remove(found[0])
    return not left


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_each_fault_is_named_with_its_line(broken, good_set):
    _, expected = _placed(broken, good_set)
    faults = check_folder(good_set, TODAY, ICONS)
    assert expected
    assert _matches(faults, expected), "\n".join(map(str, faults))
    assert all(";" in fault.message for fault in faults)


# One file for each place of a set: what refuses is the same for every fault of a place.
ONE_EACH = {_INTO.search(path.read_text("utf-8", errors="replace"))[1]: path for path in BROKEN}


@pytest.mark.parametrize("broken", ONE_EACH.values(), ids=lambda path: path.stem)
def test_a_broken_set_gives_nothing(broken, good_set):
    path, expected = _placed(broken, good_set)
    is_site = path.parent.name == "sites"
    load = partial(load_settings, path, GOOD) if is_site else partial(load_library, good_set, TODAY)
    with pytest.raises(ContentError) as refused:
        load(icons=ICONS)
    named = [fault.line for fault in refused.value.faults]
    assert named == [line for file, line, _ in expected if file.startswith("sites") == is_site]


def test_there_are_many_kinds_of_broken_files():
    assert len(BROKEN) >= 20


@pytest.mark.parametrize(
    ("name", "first", "inside"),
    [
        ("byte-order-mark", b"\xef\xbb\xbf", b""),
        ("windows-encoding", b"#", b"Jos\xe9"),
        ("curly-quotes", b"#", "“They".encode()),
    ],
)
def test_the_odd_bytes_are_still_there(name, first, inside):
    raw = (HERE / "broken" / f"{name}.toml").read_bytes()
    assert raw.startswith(first)
    assert inside in raw
