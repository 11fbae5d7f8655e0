import copy
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("tuf", reason="the extra `update` is not installed")

from tests.updates.agency import Agency, Served, Terminal

MEMORY = Path("/dev/shm")  # noqa: S108 - where there is one: each file is waited for until it is on the disk


@pytest.fixture(scope="session")
def begun(tmp_path_factory) -> Iterator[Agency]:
    """An agency that has published content 1, and a kiosk in the folder `kiosk` that has taken it."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        agency = Agency(Path(folder))
        agency.begin()
        assert Terminal(agency.folder / "kiosk", agency).update().result == "updated"
        yield agency


@pytest.fixture
def place(begun) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        shutil.copytree(begun.folder, folder, symlinks=True, dirs_exist_ok=True)
        yield Path(folder)


@pytest.fixture
def agency(begun, place) -> Agency:
    """The agency after its first content, in a folder of its own."""
    own = copy.copy(begun)
    own.folder, own.repository = place, place / "published"
    return own


@pytest.fixture
def kiosk(agency) -> Terminal:
    """One kiosk that has content 1 already."""
    return Terminal(agency.folder / "kiosk", agency)


@pytest.fixture
def server(agency):
    with Served(agency.repository) as served:
        yield served
