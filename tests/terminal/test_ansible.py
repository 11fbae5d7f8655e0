"""The role and the example inventory, by ansible-core over ssh, against a terminal from zero in a container.

The control machine has the folder as a technician has it: inventory.example.yml copied to inventory.yml, the
key, a site file and root.json beside it. Only where the terminal and the two servers are stands in a second
inventory. The terminal is minimal Debian 13 with sshd, sudo and a technician; it has no kiosk yet.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy import repository
from tests.deploy.repository import Repository
from tests.terminal import image
from tests.terminal.container import Container, colourful, until
from tests.terminal.image import Layer

pytest.importorskip("tuf", reason="the extra `update` is not installed")
from tests.updates.agency import DATA, Agency, Served

HOST = "lobby-test.example.org"
FIGURES = "/var/lib/prometheus/node-exporter"
HEALTH = f"{FIGURES}/visitor-kiosk.prom"
SITE = "/etc/visitor-kiosk/site.toml"
CONTENT = "/var/lib/visitor-kiosk/content"
LOCKED_AT_BOOT = re.compile(r"open: kernel\.\w+ is \S+ until the machine is restarted|Not locked\.|note: .*")
"""A container has the kernel of its host, whose settings a terminal cannot change; see test_machine.py."""


def playbook() -> str:
    """Return the path of ansible-playbook; empty if there is none."""
    beside = Path(sys.executable).with_name("ansible-playbook")
    return str(beside) if beside.is_file() else shutil.which("ansible-playbook") or ""


def lacking() -> str:
    """Return why the role cannot be tried here; empty if it can."""
    if not playbook():
        return "not installed: ansible-core"
    return image.missing("ssh", "ssh-keygen") or repository.missing()


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(lacking()), reason=lacking()),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


class Control:
    """The machine of the technician: a folder with inventory and playbook, and what they point to."""

    def __init__(self, folder: Path, deb: Path) -> None:
        self.folder = folder
        self.deploy = folder / "deploy"
        shutil.copytree(image.ROOT / "kiosk" / "deploy", self.deploy)
        self.place = self.deploy / "ansible"
        shutil.copy(self.place / "inventory.example.yml", self.place / "inventory.yml")
        (self.place / "files").mkdir()
        self.packages = Repository(folder)
        self.packages.offer(deb)
        self.packages.export(self.place / "files" / "kiosk.asc")
        self.agency = Agency(folder / "agency")
        self.agency.take_all()
        self.agency.begin()
        shutil.copy(self.agency.repository / "metadata" / "1.root.json", self.place / "files" / "root.json")
        self.site = self.place / "files" / "lobby-test.toml"
        shutil.copy(DATA / "sites" / "hospital-waiting-room.toml", self.site)
        self.key = folder / "id"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key], check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def point(self, packages: str, content: str) -> None:
        """Write the second inventory: what is elsewhere here than the example says."""
        options = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o ConnectTimeout=20"
        lines = [
            "kiosks:",
            "  vars:",
            f"    visitor_kiosk_repository: {packages}",
            f"    visitor_kiosk_update_from: {content}",
            f"    visitor_kiosk_prometheus: {FIGURES}",
            "  hosts:",
            f"    {HOST}:",
            "      ansible_host: 127.0.0.1",
            f"      ansible_port: {self.port}",
            "      ansible_user: technician",
            f"      ansible_ssh_private_key_file: {self.key}",
            f"      ansible_ssh_common_args: {options}",
        ]
        (self.place / "here.yml").write_text("\n".join([*lines, ""]))

    def play(self, *more: str) -> tuple[str, dict[str, int]]:
        """Run the playbook; return what it printed, and its counts of ok, changed, failed and others."""
        settled = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_SSH_CONTROL_PATH_DIR": str(self.folder / "cp"),
        }
        inventories = ("-i", "inventory.yml", "-i", "here.yml", "--limit", HOST)
        done = subprocess.run(
            [playbook(), *inventories, "site.yml", *more],
            cwd=self.place,
            env=settled,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=1200,
            check=False,
        )
        said = done.stdout + done.stderr
        counts = re.search(rf"^{re.escape(HOST)} +: (.*)$", said, re.MULTILINE)
        assert counts, said
        return said, {name: int(n) for name, n in re.findall(r"(\w+)=(\d+)", counts[1])}


@pytest.fixture(scope="module")
def control(deb, tmp_path_factory) -> Iterator[Control]:
    made = Control(tmp_path_factory.mktemp("control"), deb)
    try:
        with Served(made.packages.folder) as packages, Served(made.agency.repository) as content:
            made.point(packages.url, content.url)
            yield made
    finally:
        made.packages.close()


@pytest.fixture(scope="module")
def reachable(deb, control) -> Iterator[Layer]:
    """A minimal Debian that a technician comes into by ssh, as on a terminal before its first day."""
    with Layer(image.debian(deb), image.RUN / "reachable") as layer:
        layer.add("openssh-server")
        layer.add("sudo")
        for command in (
            ("useradd", "--create-home", "--shell", "/bin/bash", "technician"),
            ("systemctl", "disable", "ssh.socket"),
            ("systemctl", "enable", "ssh.service"),
        ):
            done = layer.run(*command)
            assert done.returncode == 0, done.stderr
        layer.write("etc/ssh/sshd_config.d/test.conf", f"Port {control.port}\nListenAddress 127.0.0.1\n")
        layer.write("etc/sudoers.d/technician", "technician ALL=(ALL) NOPASSWD: ALL\n", 0o440)
        keys = "home/technician/.ssh/authorized_keys"
        layer.write(keys, control.key.with_suffix(".pub").read_text())
        layer.write("etc/machine-id", "0123456789abcdef0123456789abcdef\n")
        (layer.root / FIGURES.lstrip("/")).mkdir(parents=True)  # as prometheus-node-exporter makes it
        yield layer


@pytest.fixture(scope="module")
def runs(control, reachable) -> list[tuple[str, dict[str, int]]]:
    """What two runs of the playbook said, one after the other; then the terminal is switched off."""
    with Container(reachable.root) as container:
        until(lambda: container.show("ssh.service", "ActiveState") == "active", 60)
        return [control.play(), control.play()]


@pytest.fixture(scope="module")
def terminal(runs, reachable) -> Iterator[Container]:
    """The terminal after the role and a restart."""
    with Container(reachable.root) as container:
        container.wait_until_up()
        until(lambda: container.show("ssh.service", "ActiveState") == "active", 60)
        yield container


def test_the_first_run_sets_everything_up_and_the_second_changes_nothing(runs):
    (said, first), (again, second) = runs
    assert (first["failed"], first["unreachable"], first["changed"] > 8) == (0, 0, True), said
    assert (second["failed"], second["unreachable"], second["changed"]) == (0, 0, 0), again


def test_asked_what_it_would_change_it_says_nothing(terminal, control):
    said, counts = control.play("--check", "--diff")
    assert (counts["failed"], counts["changed"]) == (0, 0), said


def test_the_lobby_of_the_site_is_shown_after_the_next_start(terminal, control):
    assert terminal.run("cat", SITE) == control.site.read_text()
    until(lambda: colourful(terminal.picture()), 30)
    for unit in ("seatd.service", "visitor-kiosk-display.service", "visitor-kiosk.service"):
        assert terminal.show(unit, "ActiveState") == "active"
        assert terminal.run("systemctl", "is-enabled", unit).strip() == "enabled"
    assert terminal.run("systemctl", "--failed", "--no-legend").strip() == ""


def test_it_is_locked_as_far_as_a_container_can_be(terminal):
    said = terminal.run("visitor-kiosk", "lock", "--check").splitlines()
    assert [line for line in said if not LOCKED_AT_BOOT.fullmatch(line)] == []
    assert terminal.run("systemctl", "is-enabled", "getty@.service").strip() == "masked"


def test_a_site_file_with_a_fault_is_refused_and_the_old_one_stays(terminal, control):
    good = control.site.read_text()
    control.site.write_text(good + '\n[no_such_table]\nx = "y"\n')
    try:
        said, counts = control.play()
    finally:
        control.site.write_text(good)
    assert counts["failed"] == 1, said
    assert "no_such_table" in said
    assert terminal.run("cat", SITE) == good
    assert terminal.show("visitor-kiosk", "ActiveState") == "active"


def test_its_timer_writes_the_figures_of_doctor_from_its_sandbox(terminal):
    assert terminal.show("visitor-kiosk-doctor.timer", "ActiveState") == "active"
    terminal.run("rm", "-f", HEALTH)
    terminal.run("systemctl", "start", "visitor-kiosk-doctor.service", seconds=120)
    assert terminal.show("visitor-kiosk-doctor.service", "Result") == "success"
    figures = re.findall(r'^visitor_kiosk_finding\{check="(.*)"\} (\d)$', terminal.run("cat", HEALTH), re.M)
    by_hand = ("visitor-kiosk", "doctor", "--json", "--site", SITE, "--content", CONTENT)
    found = json.loads(terminal.run(*by_hand))["findings"]
    assert dict(figures) == {each["check"]: str(each["level"]) for each in found}


def test_the_gate_runs_by_its_timer_and_finds_nothing_newer(terminal):
    assert terminal.show("visitor-kiosk-upgrade.timer", "ActiveState") == "active"
    terminal.run("systemctl", "start", "visitor-kiosk-upgrade.service", seconds=300)
    said = terminal.run("journalctl", "-b", "-u", "visitor-kiosk-upgrade", "-o", "cat")
    assert "0.1.0 stays" in said
    assert terminal.show("visitor-kiosk-upgrade.service", "Result") == "success"


def test_content_comes_by_the_unit_that_the_role_set_up(terminal, control):
    assert terminal.show("visitor-kiosk-update.timer", "ActiveState") == "active"
    for edition, version in (("one", 1), ("two", 2)):
        if version > 1:
            control.agency.publish(edition)
        said = terminal.run("systemctl", "start", "visitor-kiosk-update.service", seconds=180)
        assert terminal.show("visitor-kiosk-update.service", "Result") == "success", said
        health = terminal.run("cat", "/var/lib/visitor-kiosk/update/health.json")
        assert f'"content_version": {version}' in health
        site = terminal.run("cat", f"{CONTENT}/sites/police-lobby.toml")
        assert f'operator = "Edition {edition}."' in site
