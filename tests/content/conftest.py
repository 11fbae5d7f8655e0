from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

HERE = Path(__file__).parent
TODAY = date(2026, 11, 20)
ICONS = frozenset({"book", "care", "danger", "door", "phone"})


@pytest.fixture
def good_set(tmp_path):
    """A copy of the small good set, to be broken."""
    return copytree(HERE / "good", tmp_path / "set")
