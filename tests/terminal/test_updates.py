"""Signed content on a terminal: the package's own trust, the real units, Debian's python-tuf.

In a container, as test_container.py; the agency and its web server are here, on the same loopback.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("tuf", reason="the extra `update` is not installed")

from tests.terminal import image
from tests.terminal.container import Container, colourful, until
from tests.terminal.image import Layer
from tests.updates.agency import DATA, Agency, Served

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]
NETWORK, STICK = "visitor-kiosk-update.service", "visitor-kiosk-update-usb@stick.service"
TITLE = "A safe place to stay"
"""A topic on the help page."""
SITE = "etc/visitor-kiosk/site.toml"
HEALTH = "/var/lib/visitor-kiosk/update/health.json"
LINK = "/var/lib/visitor-kiosk/content"


@pytest.fixture(scope="module")
def agency(tmp_path_factory) -> Agency:
    """An agency that has published the content of the package, and nothing newer."""
    made = Agency(tmp_path_factory.mktemp("agency"))
    made.take_all()
    made.begin()
    return made


@pytest.fixture(scope="module")
def server(agency) -> Iterator[Served]:
    """Hands out what the link `now` leads to."""
    (agency.folder / "web").mkdir()
    offer(agency, agency.repository)
    with Served(agency.folder / "web") as served:
        yield served


@pytest.fixture(scope="module")
def terminal(installed, agency, server, tmp_path_factory) -> Iterator[Container]:
    """A terminal upgraded to the package of the agency, whose visits go on to the help page by themselves."""
    root = agency.repository / "metadata" / "1.root.json"
    own = ("--as", "0.1.0+city1", "--root-json", root, "--update-from", f"{server.url}/now")
    with Layer(installed.root, image.RUN / "updates") as layer:
        layer.install(image.package(tmp_path_factory.mktemp("city"), *own))
        site = (layer.root / SITE).read_text()
        site = site.replace('start = "lobby"', 'start = "help"').replace("America/Chicago", "America/Denver")
        layer.write(SITE, site + "\n[idle]\nstill_here_after = 30\nend_after = 20\n")
        with Container(layer.root) as container:
            container.wait_until_up()
            yield container


@pytest.fixture(scope="module")
def lobby(terminal) -> bytes:
    """What each visit shows for some time before the help page, whatever the content is."""
    return until(lambda: colourful(terminal.picture()), 30)


@pytest.fixture(autouse=True)
def honest(agency, server) -> Iterator[None]:
    yield
    offer(agency, agency.repository)


def offer(agency: Agency, folder: Path) -> None:
    """Let the web server hand out another folder."""
    link = agency.folder / "web" / "now"
    link.unlink(missing_ok=True)
    link.symlink_to(folder)


def publish(agency: Agency, title: str) -> int:
    """Publish the content with another title of a topic; return its version."""
    content = agency.folder / f"set-{agency.count}"
    shutil.copytree(DATA, content)
    categories = content / "categories.toml"
    text = categories.read_text(encoding="utf-8")
    assert text.count(f'"{TITLE}"') == 1
    categories.write_text(text.replace(f'"{TITLE}"', f'"{title}"'), encoding="utf-8")
    agency.publish_folder(content)
    return agency.count


def asked(terminal: Container, unit: str) -> tuple[str, dict]:
    """Start an updater; return what systemd says of it and what it says of itself."""
    terminal.run("systemctl", "reset-failed", unit)
    terminal.run("systemctl", "start", unit, seconds=120)
    result = f"{terminal.show(unit, 'Result')} {terminal.show(unit, 'ExecMainStatus')}"
    said = terminal.run("cat", HEALTH)
    assert said.startswith("{"), terminal.run("journalctl", "-b", "-u", unit, "-o", "cat")
    return result, json.loads(said)


def in_use(terminal: Container) -> str:
    """Return the version of the content that the kiosk shows."""
    return terminal.run("readlink", LINK).strip().removeprefix("content.versions/").partition("-")[0]


def visits_with(terminal: Container, version: int) -> list[int]:
    """Wait until the visit on the screen and the one that waits both hold this content; return them."""
    mine = f"/var/lib/visitor-kiosk/content.versions/{version}-"

    def holding() -> list[int]:
        visits = terminal.children(terminal.pid("visitor-kiosk"))
        files = [terminal.run("sh", "-c", f"readlink /proc/{each}/fd/*") for each in visits]
        return visits if len(visits) == 2 and all(mine in each for each in files) else []

    return until(holding, 60, 0.5)


def updates_told(terminal: Container) -> dict:
    """Return what doctor says of updates, asked as a technician asks: without naming any file."""
    said = json.loads(terminal.run("visitor-kiosk", "doctor", "--json"))
    return next(each for each in said["findings"] if each["check"] == "updates")


def test_new_content_of_the_server_is_taken_and_doctor_says_so(terminal, agency):
    version = publish(agency, "Somewhere to sleep tonight")
    assert asked(terminal, NETWORK)[0] == "success 0"
    assert in_use(terminal) == str(version)
    visits_with(terminal, version)
    told = updates_told(terminal)
    assert (told["level"], f"Version {version} of the content is here" in told["said"]) == (0, True), told


def test_each_edition_is_on_the_glass_as_it_was_published(terminal, agency, lobby):
    """Another title is another picture; the same title in a later edition is the very same picture."""
    pages = []
    for title in ("Tonight", "Tomorrow", "Tonight"):
        version = publish(agency, title)
        assert asked(terminal, NETWORK)[0] == "success 0"
        visits_with(terminal, version)
        until(lambda: terminal.picture() == lobby, 30, 0.5)
        until(lambda: terminal.picture() != lobby, 150, 0.5)  # it goes on to the help page by itself
        time.sleep(1)
        pages.append(terminal.picture())
    assert pages[0] == pages[2]
    assert len({*pages, lobby}) == 3


def test_a_second_look_takes_nothing(terminal, agency, server):
    version = publish(agency, "A bed for tonight")
    assert asked(terminal, NETWORK)[1]["result"] == "updated"
    server.asked.clear()
    result, health = asked(terminal, NETWORK)
    assert (result, health["result"], in_use(terminal)) == ("success 0", "current", str(version))
    assert server.asked == ["/now/metadata/2.root.json", "/now/metadata/timestamp.json"]


def test_what_is_older_is_refused_and_doctor_says_so(terminal, agency):
    old = agency.copy("older")
    version = publish(agency, "A room for tonight")
    assert asked(terminal, NETWORK)[0] == "success 0"
    offer(agency, old)
    stays(terminal, version, "older than what this kiosk has seen")


def test_what_others_signed_is_refused_and_doctor_says_so(terminal, agency, tmp_path):
    version = publish(agency, "Rooms for tonight")
    assert asked(terminal, NETWORK)[0] == "success 0"
    forger = Agency(tmp_path)
    forger.take_all()
    forger.begin()
    for title in ("Forged", "Forged again"):
        publish(forger, title)
    offer(agency, forger.repository)
    stays(terminal, version, "not signed by those who may")


def stays(terminal: Container, version: int, why: str) -> None:
    """What is offered now is refused: content and visits stay, and doctor tells why."""
    visits = visits_with(terminal, version)
    result, health = asked(terminal, NETWORK)
    assert (result, health["result"], in_use(terminal)) == ("exit-code 1", "refused", str(version))
    told = updates_told(terminal)
    assert (told["level"], why in told["said"]) == (2, True), told
    assert visits_with(terminal, version) == visits


def test_a_stick_brings_it_without_a_network(terminal, agency, server):
    version = publish(agency, "A place for tonight")
    stick = Path(terminal.root, "srv/stick")
    shutil.rmtree(stick, ignore_errors=True)
    shutil.copytree(agency.repository, stick)
    server.asked.clear()
    result, health = asked(terminal, STICK)
    assert (result, health["result"], in_use(terminal)) == ("success 0", "updated", str(version))
    assert server.asked == []


def test_the_commands_judge_what_is_shown(terminal, agency):
    assert asked(terminal, NETWORK)[0] == "success 0"
    assert f"{LINK}: no fault found." in terminal.run("visitor-kiosk", "check")
    assert "By America/Denver" in terminal.run("visitor-kiosk", "doctor")
    terminal.run("sh", "-c", f"cp /{SITE} /root/site; sed -i s/America.Denver/Nowhere/ /{SITE}")
    try:
        assert "Nowhere" in terminal.run("visitor-kiosk", "check")
    finally:
        terminal.run("cp", "/root/site", f"/{SITE}")
