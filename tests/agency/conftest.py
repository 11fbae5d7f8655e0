from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from tests.words.shipped import ROOT

DATA = ROOT / "data"


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    return copytree(DATA, tmp_path_factory.mktemp("mistakes") / "data")


@pytest.fixture
def content(copy) -> Iterator[Path]:
    """The content, as it was before the mistake of the test before."""
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    yield copy
    for path in [path for path in copy.rglob("*") if path.is_file() and path not in before]:
        path.unlink()
    for path, raw in before.items():
        if not path.is_file() or path.read_bytes() != raw:
            path.write_bytes(raw)
