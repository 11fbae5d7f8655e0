from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import image
from tests.terminal.image import Layer


@pytest.fixture(scope="session")
def deb(tmp_path_factory) -> Path:
    if why := image.missing():
        pytest.skip(why)
    return image.package(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def installed(deb) -> Iterator[Layer]:
    """A minimal Debian with the package, from zero."""
    layer = Layer(image.debian(deb), image.RUN / "installed")
    try:
        layer.install(deb)
        yield layer
    finally:
        layer.close()
