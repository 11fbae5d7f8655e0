from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest

from kiosk.content import source

HERE = Path(__file__).parent
TODAY = date(2026, 11, 20)
ICONS = frozenset({"book", "care", "danger", "door", "phone"})


@pytest.fixture(scope="session")
def copied_set(tmp_path_factory):
    """One copy of the small good set, and what stands in each of its files."""
    folder = copytree(HERE / "good", tmp_path_factory.mktemp("good") / "set")
    return folder, {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def good_set(copied_set):
    """A copy of the small good set, to be broken; made whole afterwards, which is quicker than a new one."""
    folder, files = copied_set
    yield folder
    for path in sorted(folder.rglob("*"), reverse=True):  # what is in a folder before the folder
        if path.is_dir() and not path.is_symlink():
            if not any(path in each.parents for each in files):
                path.rmdir()
        elif path not in files:
            path.unlink()
    for path, raw in files.items():
        if not path.is_file() or path.read_bytes() != raw:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)


@pytest.fixture(scope="session", autouse=True)
def read_once():
    """Read the same bytes of the same file once: each broken set differs from the good one by a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "parse_source", cache(source.parse_source))
        yield
