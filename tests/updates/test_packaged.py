"""What a package brings for updates: whom its terminals trust, whom they ask, and a time that has passed."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.shipped import root_json
from tests.deploy.test_package import build, listed
from tests.updates.agency import Agency, set_clock

pytestmark = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is not installed")
ADDRESS = "https://city.example/kiosk?a=1&b=%20~#c"
DAY = datetime.fromtimestamp(1_790_000_000, UTC)
"""The date of the packages that `build` makes."""
IN_2000 = """
import sys, types
from datetime import UTC, datetime
sys.path.insert(0, sys.argv.pop(1))
class Clock(datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime(2000, 1, 1, 0, 10, tzinfo=UTC)
import tuf.ngclient._internal.trusted_metadata_set as tuf
import kiosk.updates.update as update
tuf.datetime = types.SimpleNamespace(datetime=Clock, timezone=types.SimpleNamespace(utc=UTC))
update.datetime = Clock
from kiosk.cli import main
sys.exit(main())
"""


def newest_root(agency: Agency) -> Path:
    return agency.repository / "metadata" / "1.root.json"


def packed(out: Path, agency: Agency, *more: str, **how) -> Path:
    done = build(out, "--root-json", newest_root(agency), *more, **how)
    assert (done.returncode, done.stderr) == (0, "")
    return Path(done.stdout.strip())


def unpacked(package: Path, folder: Path) -> Path:
    subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
    subprocess.run(["dpkg-deb", "-e", package, folder / "DEBIAN"], check=True)
    return folder


def test_it_carries_the_root_and_the_address_of_the_agency(agency, tmp_path):
    tree = unpacked(packed(tmp_path / "out", agency, "--update-from", ADDRESS), tmp_path / "tree")
    shipped = tree / "usr/share/visitor-kiosk/root.json"
    assert shipped.read_bytes() == newest_root(agency).read_bytes()
    told = (tree / "etc/visitor-kiosk/update.env").read_text()
    assert [line for line in told.splitlines() if line[0] != "#"] == [f"UPDATE_FROM={ADDRESS}"]
    kept = (tree / "DEBIAN" / "conffiles").read_text().split()
    assert kept == ["/etc/visitor-kiosk/site.toml", "/etc/visitor-kiosk/update.env"]


def test_built_twice_with_them_it_is_the_same_to_the_bit(agency, tmp_path):
    one = packed(tmp_path / "one", agency, "--update-from", ADDRESS)
    two = packed(tmp_path / "two", agency, "--update-from", ADDRESS, umask=0o077, TZ="Asia/Tokyo")
    assert one.read_bytes() == two.read_bytes()
    assert listed(one)["/usr/share/visitor-kiosk/root.json"] == "-rw-r--r-- root/root"


def test_without_an_agency_it_trusts_and_asks_nobody(tmp_path):
    found = listed(Path(build(tmp_path).stdout.strip()))
    assert not [path for path in found if path.endswith(("/root.json", "/update.env"))]


def with_one_signature(agency: Agency) -> bytes:
    said = json.loads(newest_root(agency).read_bytes())
    said["signatures"] = said["signatures"][:1]
    return json.dumps(said).encode()


def edited(agency: Agency) -> bytes:
    said = json.loads(newest_root(agency).read_bytes())
    said["signed"]["expires"] = "2099-01-01T00:00:00Z"
    return json.dumps(said).encode()


def of_another_role(agency: Agency) -> bytes:
    return (agency.repository / "metadata" / "timestamp.json").read_bytes()


@pytest.mark.parametrize(
    ("faulty", "told"),
    [
        (lambda _: b"", "is no root metadata"),
        (lambda _: b'{"signed": ', "is no root metadata"),
        (lambda _: b"\xff" * 100, "is no root metadata"),
        (lambda _: b"[" * 60_000, "is no root metadata"),
        (lambda agency: newest_root(agency).read_bytes() + b" " * 70_000, "is larger than"),
        (of_another_role, "is timestamp metadata, not root"),
        (with_one_signature, "is not signed by 2 of the people"),
        (edited, "is not signed by"),
    ],
)
def test_a_faulty_root_is_refused_with_what_to_give_instead(agency, tmp_path, faulty, told):
    path = tmp_path / "root.json"
    path.write_bytes(faulty(agency))
    refused(build(tmp_path / "out", "--root-json", path), told, "N.root.json")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_a_root_that_cannot_be_read_is_refused(tmp_path, name):
    refused(build(tmp_path / "out", "--root-json", tmp_path / name), "cannot be read", "N.root.json")


def test_a_root_that_ran_out_is_refused_by_the_date_of_the_package(agency, tmp_path):
    expires = datetime.now(UTC) + timedelta(days=5 * 366)
    late = build(
        tmp_path / "late", "--root-json", newest_root(agency), SOURCE_DATE_EPOCH=str(int(expires.timestamp()))
    )
    refused(late, "ran out on", "N.root.json", "publish change-keys")
    packed(tmp_path / "in-time", agency)


def test_a_server_without_anybody_to_trust_is_refused(tmp_path):
    refused(build(tmp_path, "--update-from", ADDRESS), "nobody to trust", "--root-json")


@pytest.mark.parametrize(
    "address",
    ["", "city.example", "ftp://city.example", "https://a b", "https://a\nX=1", "https://'a'", "https://"],
)
def test_an_address_that_is_none_is_refused(agency, tmp_path, address):
    done = build(tmp_path / "out", "--root-json", newest_root(agency), "--update-from", address)
    assert done.returncode == 2
    assert "https://city.example" in done.stderr
    assert not list(tmp_path.glob("out/*"))


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line that says what is wrong and what to give, and nothing built."""
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr


def test_what_an_administrator_put_into_etc_wins(tmp_path):
    own, home = tmp_path / "etc.json", tmp_path / "home"
    home.mkdir()
    assert root_json(own, home) == own  # neither is there: what is missing is told by that name
    (home / "root.json").write_text("{}")
    assert root_json(own, home) == home / "root.json"
    own.symlink_to(tmp_path / "nowhere")
    assert root_json(own, home) == own
    own.unlink()
    own.write_text("{}")
    assert root_json(own, home) == own


@pytest.fixture
def expired(tmp_path, monkeypatch) -> Agency:
    """An agency whose newest content was right when it was signed, and had expired when DAY came."""
    agency = Agency(tmp_path)
    agency.now = DAY - timedelta(days=120)
    agency.take_all()
    set_clock(monkeypatch, agency.now)
    agency.begin()
    return agency


def asked_in_2000(home: Path, folder: Path, source: Path) -> subprocess.CompletedProcess[str]:
    """Let the program of a package ask, on a terminal that has learned nothing and whose clock is wrong."""
    words = ["update", "--from", source, "--state", folder / "state", "--content", folder / "content"]
    command = [sys.executable, "-IBc", IN_2000, home, *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_wiped_state_and_clock_in_2000(expired, tmp_path):
    """The date of the package has certainly passed: what had expired by then is not taken."""
    home = unpacked(packed(tmp_path / "out", expired), tmp_path / "tree") / "usr/share/visitor-kiosk"
    done = asked_in_2000(home, tmp_path / "kiosk", expired.repository)
    assert done.returncode == 1, shlex.join(map(str, done.args)) + done.stderr
    assert f"timestamp expired on {DAY - timedelta(days=28):%Y-%m-%d}, and {DAY:%Y-%m-%d} has" in done.stderr
    assert not (tmp_path / "kiosk/content").exists()
    health = json.loads((tmp_path / "kiosk/state/health.json").read_bytes())
    assert f"{DAY:%Y-%m-%d} has passed; set the clock" in health["clock"]
    (home / "built-at").unlink()  # nothing else stood between this terminal and the old content
    assert asked_in_2000(home, tmp_path / "forgetful", expired.repository).returncode == 0


def test_a_package_with_a_wrong_clock_takes_what_holds(agency, tmp_path):
    agency.take_all()
    agency.publish("two")
    home = unpacked(packed(tmp_path / "out", agency), tmp_path / "tree") / "usr/share/visitor-kiosk"
    done = asked_in_2000(home, tmp_path / "kiosk", agency.repository)
    assert (done.returncode, done.stdout) == (0, "visitor-kiosk update: updated\n"), done.stderr
