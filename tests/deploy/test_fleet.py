"""A signed repository and the health gate, with real apt, dpkg and gpg below a folder; systemd is played.

What systemd would say stands in the package itself, so that a version can be good or bad.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.deploy.repository import FLEET, Repository, missing

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0 or bool(missing()), reason="needs root, apt-utils and gnupg"),
]
SYSTEMCTL = """#!/bin/sh
. {system}/usr/share/visitor-kiosk/health
case "$1 $2" in
"is-active seatd.service") echo $SEATD ;;
"is-active "*) echo $STATE ;;
"show "*) n=$(cat {system}/restarts 2>/dev/null || echo 0)
    echo $((n + RESTARTS)) >{system}/restarts; echo "$n" ;;
esac
"""
KIOSK = """#!/bin/sh
. {system}/usr/share/visitor-kiosk/health
case "$*" in
"lock --check") [ $SHUT = yes ] && [ "$(cat {system}/lock)" = "$LOCK" ] ;;
"lock"*) echo "$LOCK" >{system}/lock; echo "$*" >>{system}/asked ;;
*) echo "$DOCTOR" ;;
esac
"""
FOUND = json.dumps({"findings": [{"check": "touch", "level": 2}]})
GOOD = f"STATE=active SEATD=active RESTARTS=0 LOCK=one SHUT=yes DOCTOR='{FOUND}'\n"
FAILS = GOOD + "# its postinst fails\n"
WORSE = GOOD.replace("touch", "content")


class Fleet:
    """A repository, a key, and one terminal below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repository = Repository(folder)
        self.system = folder / "system"
        self.state = folder / "state"
        self.environment = self.repository.environment
        self._make_terminal()

    def run(self, *command: object) -> subprocess.CompletedProcess[str]:
        return self.repository.run(*command)

    def _make_terminal(self) -> None:
        for name in (
            "var/lib/dpkg/updates",
            "var/lib/dpkg/info",
            "etc/apt/preferences.d",
            "etc/apt/apt.conf.d",
        ):
            (self.system / name).mkdir(parents=True)
        for name in ("var/lib/apt/lists/partial", "var/cache/apt/archives/partial", "var/log/apt"):
            (self.system / name).mkdir(parents=True)
        (self.system / "var/lib/dpkg/status").touch()
        keyring = self.repository.export(self.folder / "kiosk.asc")
        sources = self.system / "etc/apt/sources.list"
        sources.write_text(
            f"deb [signed-by={keyring} arch=amd64] file:{self.repository.folder} stable main\n"
        )
        config = self.folder / "apt.conf"
        config.write_text(
            f'Dir "{self.system}";\nAPT::Architecture "amd64";\nAPT::Architectures {{"amd64";}};\n'
            'APT::Sandbox::User "root";\nDir::Bin::methods "/usr/lib/apt/methods";\n'
            f'DPkg::Options {{"--root={self.system}"; "--force-not-root"; "--force-script-chrootless";'
            ' "--force-bad-path";};\n'
        )
        played = self.folder / "played"
        played.mkdir()
        for name, text in (("systemctl", SYSTEMCTL), ("visitor-kiosk", KIOSK)):
            (played / name).write_text(text.format(system=self.system))
            (played / name).chmod(0o755)
        self.environment |= {
            "APT_CONFIG": str(config),
            "DPKG_ROOT": str(self.system),
            "PATH": f"{played}:{os.environ['PATH']}",
        }

    def package(self, version: str, health: str = GOOD) -> Path:
        tree = self.folder / f"tree-{version}"
        (tree / "DEBIAN").mkdir(parents=True)
        (tree / "usr/share/visitor-kiosk").mkdir(parents=True)
        (tree / "usr/share/visitor-kiosk/health").write_text(health)
        if health == FAILS:
            (tree / "DEBIAN/postinst").write_text("#!/bin/sh\nexit 1\n")
            (tree / "DEBIAN/postinst").chmod(0o755)
        lines = ("Package: visitor-kiosk", f"Version: {version}", "Architecture: all", "Maintainer: x <x@y>")
        (tree / "DEBIAN/control").write_text("\n".join((*lines, "Description: x", "")))
        path = self.folder / f"visitor-kiosk_{version}_all.deb"
        done = self.run("dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, path)
        assert done.returncode == 0, done.stderr
        return path

    def offer(self, version: str, health: str = GOOD) -> Path:
        """Put a version into both suites."""
        return self.repository.offer(self.package(version, health))

    def upgrade(self) -> tuple[int, str]:
        done = self.run(sys.executable, "-I", FLEET / "upgrade.py", "--state", self.state, "--settle", "0.05")
        return done.returncode, done.stdout + done.stderr

    @property
    def installed(self) -> str:
        return self.run("dpkg-query", "--show", "--showformat=${Version}", "visitor-kiosk").stdout

    @property
    def kept(self) -> list[str]:
        return sorted(path.name for path in self.state.glob("*.deb"))


@pytest.fixture
def fleet(tmp_path):
    found = Fleet(tmp_path)
    found.offer("1.0")
    assert found.run("apt-get", "-q", "update").returncode == 0
    done = found.run("apt-get", "-y", "-q", "install", "visitor-kiosk")
    assert (done.returncode, found.installed) == (0, "1.0"), done.stderr
    assert found.run("visitor-kiosk", "lock").returncode == 0
    yield found
    found.repository.close()


def test_a_healthy_version_stays_and_the_next_way_back_is_kept(fleet):
    assert fleet.upgrade() == (0, "visitor-kiosk-upgrade: 1.0 stays\n")
    fleet.offer("1.1")
    assert fleet.upgrade() == (0, "visitor-kiosk-upgrade: 1.1 is healthy\n")
    assert (fleet.installed, fleet.kept) == ("1.1", ["visitor-kiosk_1.1.deb"])
    assert not (fleet.state / "trial").exists()


BAD = {
    "dead": GOOD.replace("STATE=active", "STATE=failed"),
    "without its seat": GOOD.replace("SEATD=active", "SEATD=failed"),
    "restarting": GOOD.replace("RESTARTS=0", "RESTARTS=5"),
    "worse by doctor": WORSE,
    "open": GOOD.replace("SHUT=yes", "SHUT=no"),
    "its scripts fail": FAILS,
    "no doctor": GOOD.replace(FOUND, "Traceback"),
}


@pytest.mark.parametrize("health", BAD.values(), ids=BAD)
def test_a_version_that_is_not_healthy_is_put_back_and_not_tried_again(fleet, health):
    fleet.offer("1.1", health)
    code, said = fleet.upgrade()
    assert (code, fleet.installed) == (1, "1.0"), said
    assert "1.1 is not healthy" in said
    assert "1.0 is put back" in said
    assert fleet.upgrade() == (0, "visitor-kiosk-upgrade: 1.0 stays\n")
    fleet.offer("1.2")
    assert fleet.upgrade() == (0, "visitor-kiosk-upgrade: 1.2 is healthy\n")


def test_a_lock_that_closes_more_is_written_and_the_old_one_again_after_it(fleet):
    fleet.offer("1.1", GOOD.replace("LOCK=one", "LOCK=two"))
    assert fleet.upgrade() == (0, "visitor-kiosk-upgrade: 1.1 is healthy\n")
    assert (fleet.system / "lock").read_text() == "two\n"
    fleet.offer("1.2", BAD["dead"].replace("LOCK=one", "LOCK=three"))
    assert fleet.upgrade()[0] == 1
    assert (fleet.system / "lock").read_text() == "two\n"


def test_a_terminal_that_was_not_locked_is_upgraded_and_not_locked(fleet):
    (fleet.system / "lock").unlink()
    fleet.offer("1.1")
    assert fleet.upgrade() == (0, "visitor-kiosk-upgrade: 1.1 is healthy\n")
    assert not (fleet.system / "lock").exists()


def test_a_trial_cut_short_is_judged_by_the_next_run(fleet):
    bad = fleet.offer("1.1", BAD["dead"])
    fleet.state.mkdir()
    shutil.copy(fleet.folder / "visitor-kiosk_1.0_all.deb", fleet.state / "visitor-kiosk_1.0.deb")
    noted = fleet.state / "trial"
    noted.write_text(json.dumps({"old": "1.0", "new": "1.1", "wrong": ["touch"], "locked": True}))
    time.sleep(1.1)  # apt takes what dpkg wrote in one second for the same
    done = fleet.run("dpkg", f"--root={fleet.system}", "--unpack", bad)
    assert done.returncode == 0, done.stderr  # the power fails here
    code, said = fleet.upgrade()
    assert (code, fleet.installed) == (1, "1.0"), said
    noted.write_text(json.dumps({"old": "1.0", "new": "1.2", "wrong": []}))  # and here nothing was done yet
    fleet.offer("1.2")
    assert fleet.upgrade()[0] == 0
    assert fleet.installed == "1.2"
    noted.write_bytes(os.urandom(200))
    assert fleet.upgrade() == (0, "visitor-kiosk-upgrade: 1.2 stays\n")


def test_without_a_way_back_nothing_is_changed(fleet):
    fleet.offer("1.1")
    (fleet.repository.folder / "pool/stable/visitor-kiosk_1.0_all.deb").unlink()
    code, said = fleet.upgrade()
    assert (code, fleet.installed) == (2, "1.0")
    assert "no way back from 1.1; nothing is changed" in said


def test_an_unsigned_changed_or_foreign_list_is_refused_and_told(fleet):
    fleet.offer("1.1")
    lists = fleet.repository.folder / "dists/stable"
    signed = (lists / "InRelease").read_text()
    (lists / "InRelease").write_text(signed.replace("Suite: stable", "Suite: Stable"))
    assert "signatures were invalid" in fleet.upgrade()[1]
    assert fleet.installed == "1.0"
    (lists / "InRelease").unlink()
    assert fleet.upgrade()[0] == 2
    (lists / "InRelease").write_text(signed)
    (lists / "main/binary-amd64/Packages").write_text("Package: visitor-kiosk\nVersion: 9\n")
    (lists / "main/binary-amd64/Packages.gz").unlink()
    assert fleet.upgrade()[0] == 2
    assert fleet.installed == "1.0"


def test_a_package_changed_in_the_repository_is_not_installed(fleet):
    fleet.offer("1.1")
    published = fleet.repository.folder / "pool/stable/visitor-kiosk_1.1_all.deb"
    published.write_bytes(published.read_bytes()[:-1] + b"x")
    code, said = fleet.upgrade()
    assert (code, fleet.installed) == (1, "1.0"), said
    assert "it was not installed" in said


def test_only_what_was_in_canary_for_seven_days_becomes_stable(fleet):
    fleet.environment["PROMOTE_NOW"] = ""
    package = fleet.package("1.1")
    assert "never in canary" in fleet.repository.publish("stable", package).stderr
    assert fleet.repository.publish("canary", package).returncode == 0
    assert "seven days" in fleet.repository.publish("stable", package).stderr
    week_ago = time.time() - 8 * 86400
    os.utime(fleet.repository.folder / "pool/canary" / package.name, (week_ago, week_ago))
    assert fleet.repository.publish("stable", package).returncode == 0
    shutil.rmtree(fleet.folder / "tree-1.1")
    assert (
        "published already with other contents"
        in fleet.repository.publish("canary", fleet.package("1.1", WORSE)).stderr
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "write publish.sh REPOSITORY SUITE KEY"),
        (("{}", "testing", "x"), "is no suite"),
        (("{}", "canary", "0000"), "there is no secret key 0000"),
        (("{}", "canary", "KEY", "/etc/passwd"), "is no package of the kiosk"),
    ],
)
def test_publish_refuses_what_it_cannot_do_and_changes_nothing(fleet, arguments, said):
    before = sorted(fleet.repository.folder.rglob("*"))
    given = [
        a.replace("{}", str(fleet.repository.folder)).replace("KEY", fleet.repository.key) for a in arguments
    ]
    done = fleet.run(FLEET / "publish.sh", *given)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert sorted(fleet.repository.folder.rglob("*")) == before


def test_two_at_a_time_are_one_too_many(fleet):
    import fcntl

    fleet.state.mkdir()
    with (fleet.state / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert fleet.upgrade() == (2, "visitor-kiosk-upgrade: another upgrade is under way\n")
