from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import image
from tests.terminal.container import Container
from tests.terminal.drawn import Drawn
from tests.terminal.evidence import keep
from tests.terminal.image import Layer
from tests.terminal.machine import LINE, Machine
from tests.terminal.pages import draw, ways_about
from tests.terminal.panel import touch_panel
from tests.ui.larger import write_larger


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Keep what a terminal showed and said when a test fails in it."""
    report = yield
    if report.failed:
        for terminal in getattr(item, "funcargs", {}).values():
            if isinstance(terminal, Container):
                folder = keep(terminal, item.name, report.longreprtext)
                report.sections.append(("the terminal", f"its journal and its screen are kept in {folder}"))
    return report


@pytest.fixture(scope="session")
def deb(tmp_path_factory) -> Path:
    if why := image.missing():
        pytest.skip(why)
    image.sweep()
    return image.package(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def installed(deb) -> Iterator[Layer]:
    """A minimal Debian with the package, from zero."""
    with Layer(image.debian(deb), image.RUN / "installed") as layer:
        layer.install(deb)
        yield layer


@pytest.fixture(scope="module")
def terminal(installed, request) -> Iterator[Container]:
    """A container that has booted into the lobby; one for each module of tests."""
    folder = image.RUN / f"running-{request.module.__name__.rpartition('.')[2]}"
    with Layer(installed.root, folder) as layer, Container(layer.root) as container:
        container.wait_until_up()
        yield container


@pytest.fixture(scope="module")
def lobby(terminal) -> bytes:
    """The lobby of the site on the screen, compared with the one that its own code draws."""
    return terminal.lobby()


@pytest.fixture(scope="session")
def larger(tmp_path_factory) -> Path:
    """The folder of a directory that is large enough for Find."""
    return write_larger(tmp_path_factory.mktemp("larger"))


@pytest.fixture(scope="session")
def locked(installed, larger) -> Iterator[Layer]:
    """A locked terminal of an agency: this directory, built into one file, and a site that is no example."""
    with Layer(installed.root, image.RUN / "machine") as layer:
        layer.take_content(larger)
        layer.take_site()
        layer.make_bootable()
        yield layer


@pytest.fixture(scope="session")
def disk(locked) -> Iterator[tuple[Path, Path]]:
    """An image of it, and the folder with its kernel."""
    try:
        yield locked.disk(image.RUN / "machine.img"), locked.root / "boot"
    finally:
        (image.RUN / "machine.img").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def drawn(locked) -> Drawn:
    """What it must show."""
    return draw(locked, ways_about())


@pytest.fixture(scope="session")
def machine(disk) -> Iterator[Machine]:
    """A machine that has booted it from a root that is read-only, with a touch panel."""
    with Machine(image.RUN / "run", *disk, LINE) as machine:
        machine.wait_until_up(900)
        touch_panel(machine)
        yield machine
