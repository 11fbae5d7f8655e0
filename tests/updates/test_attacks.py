"""Each attack on an update by its usual name: the old content stays, and health.json says why."""

from __future__ import annotations

import http.server
import json
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.updates.roles import CONTENT
from tests.updates.agency import FEW, ROOT, Agency, Terminal, real_check, set_clock, signer


def refused(kiosk: Terminal, outcome, *words: str, result: str = "refused") -> None:
    """The old content is untouched, and whoever looks after the kiosk is told why."""
    kiosk.agency.files = FEW
    assert outcome.result == result, outcome
    assert outcome.code != 0
    assert kiosk.edition == "one"
    health = kiosk.health()
    assert (health["result"], health["content_version"]) == (result, 1)
    for word in words:
        assert word in health["reason"]


def archive(folder: Path, version: int = 2) -> Path:
    targets = json.loads((folder / "metadata" / f"{version}.targets.json").read_bytes())
    return folder / "targets" / f"{targets['signed']['targets'][CONTENT]['hashes']['sha256']}.{CONTENT}"


def test_new_content_comes_from_a_web_server(agency, kiosk, server):
    agency.take_all()
    agency.publish("two")
    assert kiosk.update(server.url, real_check()).result == "updated"
    assert (kiosk.edition, kiosk.version) == ("two", 2)
    server.asked.clear()
    assert kiosk.update(server.url, real_check()).result == "current"
    assert server.asked == ["/metadata/2.root.json", "/metadata/timestamp.json"]


def test_new_content_comes_from_a_stick(agency, kiosk):
    agency.publish("two")
    assert kiosk.update(agency.copy("a stick, with spaces & ünïcode")).result == "updated"
    assert kiosk.edition == "two"


def test_rollback(agency, kiosk):
    old = agency.copy("old")
    agency.publish("two")
    assert kiosk.update().result == "updated"
    outcome = kiosk.update(old)
    assert (outcome.result, kiosk.edition) == ("refused", "two")
    assert "older than" in kiosk.health()["reason"]


def test_freeze(agency, kiosk, monkeypatch):
    agency.publish("two")
    clock = set_clock(monkeypatch, agency.now + timedelta(days=93))
    refused(kiosk, kiosk.update(now=clock), "too old")


def test_mix_and_match(agency, kiosk):
    agency.publish("two")
    mixed = agency.copy("mixed")
    agency.publish("three")
    metadata = agency.repository / "metadata"
    shutil.copy(metadata / "timestamp.json", mixed / "metadata" / "timestamp.json")
    shutil.copy(mixed / "metadata" / "2.snapshot.json", mixed / "metadata" / "3.snapshot.json")
    refused(kiosk, kiosk.update(mixed), "different editions")


def test_flipped_bit(agency, kiosk):
    agency.publish("two")
    path = archive(agency.repository)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    refused(kiosk, kiosk.update(), "damaged or changed")


@pytest.mark.parametrize("name", ["timestamp.json", "2.snapshot.json", "2.targets.json", CONTENT])
def test_endless_data(agency, kiosk, server, name):
    agency.publish("two")
    sent = 0

    def pour(request: http.server.BaseHTTPRequestHandler) -> bool:
        nonlocal sent
        if not request.path.endswith(name):
            return False
        request.send_response(200)
        request.end_headers()
        for _ in range(4000):  # 256 MB if it is let
            request.wfile.write(b"x" * 65536)
            sent += 65536
        return True

    server.spoil = pour
    refused(kiosk, kiosk.update(server.url), "endless data")
    assert sent < 32 * 2**20


@pytest.mark.parametrize("name", ["timestamp.json", CONTENT])
def test_slow_data(agency, kiosk, server, name):
    agency.publish("two")

    def drip(request: http.server.BaseHTTPRequestHandler) -> bool:
        if not request.path.endswith(name):
            return False
        request.send_response(200)
        request.end_headers()
        for _ in range(400):  # never silent for long, never done
            request.wfile.write(b" ")
            time.sleep(0.05)
        return True

    server.spoil = drip
    began = time.monotonic()
    refused(kiosk, kiosk.update(server.url, longest_s=0.5), "slow data", result="unreachable")
    assert time.monotonic() - began < 10
    server.spoil = lambda _: False
    assert kiosk.update(server.url).result == "updated"


def test_truncation(agency, kiosk):
    agency.publish("two")
    path = archive(agency.repository)
    path.write_bytes(path.read_bytes()[:-1])
    refused(kiosk, kiosk.update(), "damaged or changed")


@pytest.mark.parametrize("name", ["timestamp", "2.snapshot", "2.targets"])
def test_truncated_metadata(agency, kiosk, name):
    agency.publish("two")
    path = agency.repository / "metadata" / f"{name}.json"
    path.write_bytes(path.read_bytes()[:-200])
    refused(kiosk, kiosk.update(), "cannot be understood")


def test_foreign_key(agency, kiosk, place):
    """An attacker with keys of his own, even under the same names, and higher versions."""
    (place / "elsewhere").mkdir()
    attacker = Agency(place / "elsewhere")
    attacker.begin("evil")
    attacker.publish("evil2")
    refused(kiosk, kiosk.update(attacker.repository), "not signed by those who may")


def test_foreign_root(agency, kiosk, place):
    """The same attacker offers himself as the next root."""
    (place / "elsewhere").mkdir()
    attacker = Agency(place / "elsewhere")
    attacker.begin("evil")
    attacker.replace_key("cho", signer("dora"))
    refused(kiosk, kiosk.update(attacker.repository), "not signed by those who may")


def test_one_stolen_key_brings_no_content(agency, kiosk, place):
    """The renewal key and one person's key together: targets need two people."""
    (place / "elsewhere").mkdir()
    thief = Agency(place / "elsewhere")
    thief.repository = agency.copy("stolen")
    thief.ada, thief.web = agency.ada, agency.web  # ben's and cho's are the thief's own
    path = thief.repository / "metadata"
    from tuf.api.metadata import Metadata

    targets = Metadata.from_file(str(path / "1.targets.json"))
    targets.signed.version = 2
    targets.signatures.clear()
    for each in (thief.ada, thief.ben):
        targets.sign(each, append=True)
    (path / "2.targets.json").write_bytes(targets.to_bytes())
    for name, number in (("1.snapshot", "2.snapshot"), ("timestamp", "timestamp")):
        part = Metadata.from_file(str(path / f"{name}.json"))
        part.signed.version = 2
        if name == "timestamp":
            part.signed.snapshot_meta.version = 2
        else:
            part.signed.meta["targets.json"].version = 2
        part.sign(thief.web)
        (path / f"{number}.json").write_bytes(part.to_bytes())
    refused(kiosk, kiosk.update(thief.repository), "not signed by those who may")


@pytest.mark.parametrize("name", ["timestamp", "2.snapshot", "2.targets"])
def test_edited_metadata(agency, kiosk, name):
    agency.publish("two")
    path = agency.repository / "metadata" / f"{name}.json"
    edited = json.loads(path.read_bytes())
    edited["signed"]["expires"] = "2039-01-01T00:00:00Z"
    path.write_text(json.dumps(edited))
    refused(kiosk, kiosk.update(), "not signed by those who may")


def test_wiped_state(agency, kiosk):
    """Nobody remembers version 2 but the content itself: the old stick is still refused."""
    old = agency.copy("old")
    agency.publish("two")
    assert kiosk.update().result == "updated"
    shutil.rmtree(kiosk.task.state)
    outcome = kiosk.update(old)
    assert (outcome.result, kiosk.edition) == ("refused", "two")
    assert "rollback" in outcome.reason


@pytest.mark.parametrize("junk", [b"", b"{}", b"\0" * 4096, b'{"files": {"root": "x"}, "floor": "y"}'])
def test_damaged_state(agency, kiosk, junk):
    agency.publish("two")
    (kiosk.task.state / "trust.json").write_bytes(junk)
    outcome = kiosk.update()
    assert (outcome.result, kiosk.edition) == ("updated", "two")
    assert "damaged" in outcome.reason


def test_clock_in_2000(agency, kiosk, monkeypatch):
    """Nothing right is refused, what is known to have expired is, and the clock is complained about."""
    clock = set_clock(monkeypatch, datetime(2000, 1, 1, 0, 10, tzinfo=UTC))
    agency.publish("two")
    frozen = agency.copy("frozen")
    assert kiosk.update(now=clock).result == "updated"
    assert kiosk.edition == "two"
    assert "set the clock" in kiosk.health()["clock"]
    agency.now += timedelta(days=200)  # two people sign then, which tells this kiosk that the day has come
    agency.publish("three")
    assert kiosk.update(now=clock).result == "updated"
    outcome = kiosk.update(frozen, now=clock)
    assert (outcome.result, kiosk.edition) == ("refused", "three")


def test_clock_in_2000_does_not_bring_back_what_expired(agency, kiosk, monkeypatch):
    """A freeze: the floor, the last time at which everything was valid, says that this has expired."""
    agency.publish("two")
    frozen = agency.copy("frozen")
    agency.now += timedelta(days=100)
    agency.renew()
    late = set_clock(monkeypatch, agency.now)
    assert kiosk.update(now=late).result == "updated"
    kept = json.loads((kiosk.task.state / "trust.json").read_bytes())
    for role in ("timestamp", "snapshot", "targets"):  # even if it forgot what it saw, not when
        del kept["files"][role]
    (kiosk.task.state / "trust.json").write_text(json.dumps(kept))
    clock = set_clock(monkeypatch, datetime(2000, 1, 1, tzinfo=UTC))
    outcome = kiosk.update(frozen, now=clock)
    assert (outcome.result, kiosk.edition) == ("refused", "two")
    assert "expired" in outcome.reason


def test_clock_in_2040(agency, kiosk, monkeypatch):
    """Everything seems expired: the old content stays, and once the clock is right all is well again."""
    agency.publish("two")
    clock = set_clock(monkeypatch, datetime(2040, 1, 1, tzinfo=UTC))
    refused(kiosk, kiosk.update(now=clock), "too old", "clock is ahead")
    monkeypatch.undo()
    assert kiosk.update().result == "updated"
    assert kiosk.health()["clock"] == ""


def test_empty_stick(kiosk, place):
    (place / "stick").mkdir()
    refused(kiosk, kiosk.update(place / "stick"), "nothing to update from", result="unreachable")
    refused(kiosk, kiosk.update(place / "no such stick"), "nothing to update from", result="unreachable")


def test_stick_pulled_half_way(agency, kiosk):
    agency.publish("two")
    stick = agency.copy("stick")
    archive(stick).unlink()
    refused(kiosk, kiosk.update(stick), "nothing to update from", result="unreachable")
    assert kiosk.update().result == "updated"


def test_nobody_at_the_address(kiosk):
    refused(kiosk, kiosk.update("http://127.0.0.1:9"), "127.0.0.1:9", result="unreachable")


@pytest.mark.parametrize("code", [403, 404, 500, 503])
def test_an_error_of_the_web_server(agency, kiosk, server, code):
    agency.publish("two")
    server.spoil = lambda request: (request.send_error(code), True)[1]
    refused(kiosk, kiosk.update(server.url), result="unreachable")


def test_faulty_content_that_two_people_signed(agency, kiosk):
    """A set with a fault is refused whole, with the fault; the corrected one is taken."""
    agency.take_all()
    content = agency.content("two")
    path = content / "organizations" / "10-alive.toml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("314-993-2777", "314-993-277"), encoding="utf-8")
    agency.publish("two")
    refused(kiosk, kiosk.update(check=real_check()), "organizations/10-alive.toml", "314-993-277")
    path.write_text(good, encoding="utf-8")
    agency.take_all()
    agency.publish("two")
    assert kiosk.update(check=real_check()).result == "updated"
    assert (kiosk.edition, kiosk.version) == ("two", 3)


def test_content_that_this_kiosk_cannot_show(agency, kiosk, place):
    """The site file of this kiosk names a category that the new content does not have."""
    agency.take_all()
    site = place / "site.toml"
    text = (agency.content("one") / "sites" / "police-lobby.toml").read_text(encoding="utf-8")
    site.write_text(text.replace('"alerts"', '"alarms"'), encoding="utf-8")
    agency.publish("two")
    refused(kiosk, kiosk.update(check=real_check(site)), "alarms")
    site.write_text(text, encoding="utf-8")
    assert kiosk.update(check=real_check(site)).result == "updated"


def test_two_updaters_at_once(agency, kiosk):
    agency.take_all()
    agency.publish("two")
    running = [subprocess.Popen(kiosk.command(agency.repository), stderr=subprocess.PIPE) for _ in range(2)]
    said = [(each.communicate(timeout=60)[1].decode(), each.returncode) for each in running]
    assert sorted(code for _, code in said)[0] == 0
    assert all(code in {0, 3} for _, code in said), said
    assert kiosk.edition == "two"
    assert len(kiosk.sets()) == 2


def test_the_second_updater_does_nothing(agency, kiosk):
    from kiosk.updates.disk import alone_in

    agency.publish("two")
    before = (kiosk.task.state / "health.json").read_bytes()
    with alone_in(kiosk.task.state):
        done = kiosk.run(agency.repository)
    assert done.returncode == 3
    assert "another update is at work" in done.stderr
    assert (kiosk.edition, (kiosk.task.state / "health.json").read_bytes()) == ("one", before)


def test_a_lost_key_is_replaced_and_kiosks_follow(agency, kiosk):
    dora = signer("dora")
    agency.replace_key("ben", dora, agency.ada, agency.cho)
    assert kiosk.update().result == "updated"
    agency.ben = dora
    agency.publish("two")
    assert (kiosk.update().result, kiosk.edition) == ("updated", "two")


def test_a_kiosk_that_slept_through_three_changes_of_keys_follows(agency, kiosk):
    dora, emil = signer("dora"), signer("emil")
    agency.replace_key("ben", dora, agency.ada, agency.cho)
    agency.replace_key("ada", emil, agency.cho, dora)
    agency.ada, agency.ben, agency.web, lost = emil, dora, signer("web-2"), "web"
    agency.replace_key(lost, agency.web)
    agency.publish("two")
    assert (kiosk.update().result, kiosk.edition) == ("updated", "two")


def test_with_two_lost_keys_an_agency_begins_again_as_the_readme_says(agency, kiosk, place):
    """A new root alone is not enough: what was learned speaks against it, as it should."""
    agency.publish("two")
    assert kiosk.update().result == "updated"
    (place / "anew").mkdir()
    anew = Agency(place / "anew")
    anew.begin("three")
    shutil.copy(anew.repository / "metadata" / "1.root.json", kiosk.root)
    assert kiosk.update(anew.repository).result == "refused"
    shutil.rmtree(kiosk.task.state)
    kiosk.task.content.unlink()
    kiosk.task.content.symlink_to(agency.content("one"))  # on a terminal the content of the package
    assert kiosk.update(anew.repository).result == "updated"
    assert (kiosk.edition, kiosk.version) == ("three", 1)


def test_old_sets_are_removed_but_two_and_those_a_visit_holds(agency, kiosk):
    import fcntl
    import os

    first = os.open(kiosk.task.content, os.O_RDONLY)
    fcntl.flock(first, fcntl.LOCK_SH)
    for edition in ("two", "three", "four"):
        agency.publish(edition)
        assert kiosk.update().result == "updated"
    assert [name.split("-")[0] for name in kiosk.sets()] == ["1", "3", "4"]
    os.close(first)
    agency.publish("five")
    assert kiosk.update().result == "updated"
    assert [name.split("-")[0] for name in kiosk.sets()] == ["4", "5"]


def test_a_damaged_set_is_fetched_again(agency, kiosk):
    agency.take_all()
    agency.publish("two")
    assert kiosk.update(check=real_check()).result == "updated"
    (kiosk.task.content / "categories.toml").write_text("")
    assert kiosk.update(check=real_check()).result == "updated"
    assert kiosk.edition == "two"


def test_a_stolen_web_key_that_ran_ahead_is_recovered_from(agency, kiosk):
    """Fast-forward: the thief signs the highest numbers there are; a new web key makes them void."""
    from tuf.api.metadata import Metadata

    stolen = agency.copy("stolen")
    far = 2**31
    for old, new in (("1.snapshot", f"{far}.snapshot"), ("timestamp", "timestamp")):
        part = Metadata.from_file(str(stolen / "metadata" / f"{old}.json"))
        part.signed.version = far
        if old == "timestamp":
            part.signed.snapshot_meta.version = far
        part.sign(agency.web)
        (stolen / "metadata" / f"{new}.json").write_bytes(part.to_bytes())
    assert kiosk.update(stolen).result == "current"
    agency.publish("two")
    assert kiosk.update().result == "refused"
    new = signer("web-2")
    lost, agency.web = "web", new
    agency.replace_key(lost, new)
    assert kiosk.update().result == "updated"
    assert kiosk.edition == "two"


@pytest.mark.parametrize("junk", [b"", b"{}", b"\0" * 100])
def test_a_root_that_is_none(agency, kiosk, junk):
    kiosk.root.write_bytes(junk)
    refused(kiosk, kiosk.update(), "root.json")


def test_the_kiosk_itself_never_imports_what_updates_need():
    """A visit must not carry a network library; `cryptography` is needed to publish only."""
    code = (
        "import sys, kiosk.cli, kiosk.running, kiosk.host.host\n"
        "assert not {'tuf', 'securesystemslib', 'cryptography', 'urllib3', 'requests'} & set(sys.modules)\n"
        "import kiosk.updates.update\n"
        "assert 'kiosk.updates.keys' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
