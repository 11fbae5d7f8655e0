"""What a package brings for updates: whom its terminals trust, and whom they ask."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.shipped import root_json
from tests.deploy.test_package import build, listed
from tests.updates.agency import Agency

pytestmark = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is not installed")
ADDRESS = "https://city.example/kiosk?a=1&b=%20~#c"


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
