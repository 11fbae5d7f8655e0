"""Publishing, as the people of an agency do it: the way the README walks, and every mistake on it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.agency.build import build
from kiosk.cli import main
from kiosk.house import icon_names, open_house
from kiosk.updates.archive import pack, unpack
from kiosk.updates.commands import checker
from kiosk.updates.draft import add_content, change_keys, differences, read_draft, sign, start
from kiosk.updates.faults import PublishError, RefusedError
from kiosk.updates.install import installed
from kiosk.updates.keys import make_key, open_key, read_public
from kiosk.updates.repository import open_repository, release, renew
from kiosk.updates.roles import names
from tests.updates.agency import DATA, PHRASE, ROOT, check_nothing, signer

README = ROOT / "README.md"
CHAPTER = "### Send new content to the kiosks"
HOLD = """
import pathlib, sys
from kiosk.host.edition import hold
hold(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""
PROGRAM = ".venv/bin/python run_kiosk.py "


# The README


def test_the_readme_walks_an_agency_through_it(place, monkeypatch, capsys):
    """Run each command of the chapter as it stands there, in its order, from the first key to a lost one."""
    chapter = README.read_text(encoding="utf-8").split(CHAPTER)[1].split("\n### ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", chapter, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines() if line]
    assert len(commands) > 20
    desk = place / "desk"
    shutil.copytree(DATA, desk / "data")
    monkeypatch.chdir(desk)
    monkeypatch.setattr("getpass.getpass", lambda _: PHRASE)
    for line in commands:
        program, words = line[: len(PROGRAM)], line[len(PROGRAM) :]
        if program == PROGRAM:
            assert code_of(*shlex.split(words)) == 0, (line, capsys.readouterr())
        else:
            subprocess.run(["bash", "-ec", line], check=True)
    assert open_repository(desk / "published").targets.version == 3
    assert set(names(open_repository(desk / "published").root, "targets").values()) == {"ada", "cho", "dora"}
    assert installed(desk / "kiosk" / "content")[0] == 3
    assert open_house(desk / "kiosk" / "content", None).library.services["alive"]


# Keys


def test_a_key_is_of_no_use_without_its_passphrase(place):
    key = make_key("ada", PHRASE, place / "keys")
    secret = place / "keys" / "ada.key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert b"ENCRYPTED" in secret.read_bytes()
    assert (
        open_key(secret, PHRASE).public_key.keyid
        == key.keyid
        == read_public(place / "keys" / "ada.pub").keyid
    )
    with pytest.raises(PublishError, match="the passphrase is wrong"):
        open_key(secret, "another five words or so")


def test_a_key_is_never_overwritten(place):
    make_key("ada", PHRASE, place)
    before = (place / "ada.key").read_bytes()
    with pytest.raises(PublishError, match="already there"):
        make_key("ada", PHRASE, place)
    assert (place / "ada.key").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "phrase", "said"),
    [("Ada L.", PHRASE, "no name for a key"), ("../ada", PHRASE, "no name"), ("ada", "short", "at least 16")],
)
def test_a_key_needs_a_plain_name_and_a_long_passphrase(place, name, phrase, said):
    with pytest.raises(PublishError, match=said):
        make_key(name, phrase, place / "keys")
    assert not (place / "keys").exists()


@pytest.mark.parametrize("junk", [b"", b"{}", b"[1]", b'{"keyid": 1, "key": 2}', b"\xff\0", b"x" * 100_000])
def test_what_is_no_key_is_said_to_be_none(place, junk):
    (place / "junk").write_bytes(junk)
    with pytest.raises(PublishError, match="is no public key"):
        read_public(place / "junk")
    with pytest.raises(PublishError, match="is no key"):
        open_key(place / "junk", PHRASE)
    with pytest.raises(PublishError, match="cannot be read"):
        read_public(place / "missing")


def test_the_commands_say_one_plain_sentence_for_each_mistake(place, capsys):
    (place / "phrase").write_text(PHRASE)
    (place / "wrong").write_text("not the same five words")
    make_key("eve", PHRASE, place)
    keys = ("--key", place / "eve.key", "--passphrase-file")
    nothing, published = place / "nothing", place / "published"
    for words, code, said in (
        (("publish",), 2, "STEP"),
        (("publish", "status", "--repository", nothing), 1, "is no whole repository"),
        (("publish", "sign", "--draft", nothing, *keys, place / "phrase"), 1, "is no whole draft"),
        (("publish", "renew", "--repository", published, *keys, place / "wrong"), 1, "is wrong"),
        (("publish", "renew", "--repository", published, *keys, place / "phrase"), 1, "may not publish"),
        (("publish", "renew", "--repository", published, *keys, nothing), 1, "cannot be read"),
        (("update", "--from", "ftp://x", "--root", place / "eve.pub"), 2, "https://"),
        (("update", "--from", place, "--root", nothing), 2, "root.json"),
        (("update", "--from", place, "--longest", "soon"), 2, "write seconds"),
    ):
        assert code_of(*words) == code, words
        assert said in capsys.readouterr().err


def code_of(*words: object) -> int:
    try:
        return main([str(word) for word in words])
    except SystemExit as end:  # as argparse ends
        return int(str(end.code))


# The archive


def test_the_same_content_gives_the_same_bytes(place):
    shutil.copytree(DATA, place / "copy")
    for path in (place / "copy").rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    (place / "copy" / ".git").mkdir()
    (place / "copy" / ".git" / "config").write_text("not for kiosks")
    assert pack(place / "copy") == pack(DATA)


def test_what_is_packed_comes_out_again(place):
    unpack(pack(DATA), place / "out")
    assert {p.relative_to(place / "out") for p in (place / "out").rglob("*") if p.is_file()} == {
        p.relative_to(DATA) for p in DATA.rglob("*") if p.is_file()
    }


def test_links_and_odd_names_are_not_packed(place):
    content = place / "content"
    content.mkdir()
    (content / "secret.toml").symlink_to("/etc/passwd")
    with pytest.raises(PublishError, match="is a link"):
        pack(content)
    (content / "secret.toml").unlink()
    (content / "a b.toml").write_text("")
    with pytest.raises(PublishError, match="name content files"):
        pack(content)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "../out.toml",
        "/etc/out.toml",
        "a/../../out.toml",
        "a\\out.toml",
        ".hidden",
        "a//b",
        "a/",
        "a/b/c/d/e",
        "",
        "n" * 300,
    ],
)
def test_nothing_is_unpacked_outside_its_folder(place, name):
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        packed = zipped((name, b"x"))
    with pytest.raises(RefusedError, match="not plain"):
        unpack(packed, place / "in")
    assert not list((place / "in").rglob("*"))


def test_a_zip_bomb_is_not_unpacked(place):
    with pytest.raises(RefusedError, match="more than a content set"):
        unpack(zipped(*((f"{n}.toml", bytes(9_000_000)) for n in range(8))), place / "in")
    assert not list((place / "in").iterdir())


@pytest.mark.parametrize("cut", [0, 1, 100, 5000])
def test_what_is_no_archive_is_refused(place, cut):
    with pytest.raises(RefusedError, match="cannot be read"):
        unpack(pack(DATA)[:cut], place / "in")


# Drafts and signatures


def drafted(agency, edition: str = "two") -> Path:
    draft = agency.folder / f"draft-{edition}"
    add_content(draft, open_repository(agency.repository), agency.content(edition), check_nothing, agency.now)
    return draft


def published(agency) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in agency.repository.rglob("*") if path.is_file()}


@pytest.mark.parametrize("signers", [(), ("ada",), ("ada", "ada")])
def test_one_person_alone_publishes_nothing(agency, signers):
    draft, before = drafted(agency), published(agency)
    for name in signers:
        sign(draft, getattr(agency, name), check_nothing)
    with pytest.raises(PublishError, match=r"Not enough signatures[^~]*by [^~]*ben or cho"):
        release(read_draft(draft), agency.repository, agency.web, agency.now)
    assert published(agency) == before


@pytest.mark.parametrize("pair", [("ada", "ben"), ("ben", "cho"), ("cho", "ada")])
def test_any_two_of_three_publish(agency, pair):
    draft = drafted(agency)
    for name in pair:
        sign(draft, getattr(agency, name), check_nothing)
    release(read_draft(draft), agency.repository, agency.web, agency.now)
    assert open_repository(agency.repository).targets.version == 2


def test_a_stranger_and_the_renewal_key_may_not_sign(agency):
    draft = drafted(agency)
    for key in (signer("eve"), agency.web):
        with pytest.raises(PublishError, match="Those who may: ada, ben, cho"):
            sign(draft, key, check_nothing)


def test_a_person_may_not_renew(agency):
    with pytest.raises(PublishError, match="The renewal key is that of: web"):
        renew(agency.repository, agency.ada, agency.now)


def test_faulty_content_is_not_even_drafted(agency):
    agency.take_all()
    content = agency.content("two")
    (content / "categories.toml").write_text("junk")
    with pytest.raises(PublishError, match=r"mend them first, nothing is signed:\ncategories.toml"):
        add_content(
            agency.folder / "draft",
            open_repository(agency.repository),
            content,
            checker(date.max),
            agency.now,
        )
    assert not (agency.folder / "draft").exists()


def test_the_second_person_checks_again(agency):
    """Content that passed on one machine only, such as one with older rules, gets no second signature."""
    draft = drafted(agency)
    sign(draft, agency.ada, check_nothing)
    with pytest.raises(PublishError, match="mend them first"):
        sign(draft, agency.ben, checker(date.max))
    assert read_draft(draft).missing()


def test_the_second_person_sees_what_differs(agency):
    draft = drafted(agency)
    assert differences(read_draft(draft), agency.content("two")) == []
    assert differences(read_draft(draft), agency.content("one")) == ["changed: sites/police-lobby.toml"]


def test_a_draft_that_was_damaged_on_the_way_is_not_signed(agency):
    draft = drafted(agency)
    for name in ("content.zip", "targets.json", "current-root.json"):
        path = draft / name
        good = path.read_bytes()
        path.write_bytes(good[:-10])
        with pytest.raises(PublishError, match="copy the whole"):
            sign(draft, agency.ada, check_nothing)
        path.write_bytes(good)


def test_a_draft_from_an_older_state_is_not_published(agency):
    draft = drafted(agency, "late")
    agency.publish("two")
    before = published(agency)
    for each in (agency.ada, agency.ben):
        sign(draft, each, check_nothing)
    with pytest.raises(PublishError, match="from an older state; content 2 is published"):
        release(read_draft(draft), agency.repository, agency.web, agency.now)
    assert published(agency) == before


def test_a_draft_that_lay_for_too_long_is_not_published(agency):
    draft = agency.folder / "draft"
    long_ago = agency.now - timedelta(days=500)
    add_content(draft, open_repository(agency.repository), agency.content("two"), check_nothing, long_ago)
    for each in (agency.ada, agency.ben):
        sign(draft, each, check_nothing)
    before = published(agency)
    with pytest.raises(PublishError, match="Kiosks would refuse this"):
        release(read_draft(draft), agency.repository, agency.web, agency.now)
    assert published(agency) == before


def test_four_people_or_the_same_twice_are_no_repository(agency):
    ada, ben = agency.ada.public_key, agency.ben.public_key
    for people in ([ada, ben], [ada, ben, ben], [ada, ben, agency.web.public_key]):
        with pytest.raises(PublishError, match="three different people"):
            start(agency.folder / "d", people, agency.web.public_key, DATA, check_nothing, agency.now)


def test_a_lost_key_gives_way_to_a_new_one(agency):
    new, draft, repository = signer("dora"), agency.folder / "d", open_repository(agency.repository)
    with pytest.raises(PublishError, match="Nobody here is called eve"):
        change_keys(draft, repository, ["eve"], [new.public_key], agency.now)
    with pytest.raises(PublishError, match="one --new for each"):
        change_keys(draft, repository, ["ben"], [], agency.now)
    agency.replace_key("ben", new, agency.ada, agency.cho)
    draft = drafted(agency)
    with pytest.raises(PublishError, match="Those who may: ada, cho, dora"):
        sign(draft, agency.ben, check_nothing)


def test_a_new_key_cannot_be_the_one_that_lets_itself_in(agency):
    """Two of the old people have to agree: one of them with a new key of his own is not enough."""
    new = signer("dora")
    with pytest.raises(PublishError, match="who may sign: 1 more, by"):
        agency.replace_key("ben", new, agency.ada, new)
    assert open_repository(agency.repository).root.version == 1


def test_renewing_lengthens_the_time_and_changes_nothing_else(agency, kiosk):
    before = open_repository(agency.repository)
    agency.now = datetime.now(UTC) + timedelta(days=1)
    agency.renew()
    after = open_repository(agency.repository)
    assert after.timestamp.expires > before.timestamp.expires
    assert after.targets == before.targets
    assert kiosk.update().result == "current"


def test_status_says_when_it_is_time(agency):
    repository = open_repository(agency.repository)
    assert repository.due(agency.now) == []
    lines = repository.due(agency.now + timedelta(days=350))
    assert len(lines) == 1
    assert "targets expires on" in lines[0]
    assert code_of("publish", "status", "--repository", agency.repository) == 0


def test_publishing_killed_half_way_leaves_the_old_repository(agency, monkeypatch):
    """The next state is made beside the published one and changed over in one step."""
    import kiosk.updates.repository as module

    before = published(agency)
    for name in ("settle_all", "_try_as_kiosk", "exchange"):
        with monkeypatch.context() as patched:
            patched.setattr(module, name, _killed)
            with pytest.raises(KeyboardInterrupt):
                agency.publish(name.strip("_").replace("_", "-"))
        assert published(agency) == before
    agency.publish("two")
    assert open_repository(agency.repository).targets.version == 2


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_two_publishers_at_once(agency):
    from kiosk.updates.disk import alone_in

    with alone_in(agency.repository.parent), pytest.raises(PublishError, match="Somebody else publishes"):
        agency.publish("two")


def test_only_the_newest_archives_stay(agency):
    for edition in ("two", "three", "four", "five"):
        agency.publish(edition)
    assert len(list((agency.repository / "targets").iterdir())) == 3


# Built files


def test_a_built_file_is_published_and_taken_like_a_folder(agency, kiosk, place):
    built, site = place / "any name.kiosk", DATA / "sites" / "police-lobby.toml"
    built.write_bytes(build(DATA, date.max, icon_names())[0])
    check = checker(date.max, site)
    agency.publish_folder(built)
    assert kiosk.update(check=check).result == "updated"
    link = kiosk.task.content
    assert link.read_bytes() == built.read_bytes()
    assert installed(link)[0] == kiosk.version == 2
    house = open_house(link, site)
    assert house.stored is not None
    house.stored.close()
    assert kiosk.update(check=check).result == "current"
    agency.publish("three")
    assert kiosk.update().result == "updated"
    assert (link.is_dir(), kiosk.edition) == (True, "three")
    assert [name.partition("-")[0] for name in kiosk.sets()] == ["2", "3"]


def test_a_built_file_that_a_visit_has_open_stays(agency, kiosk, place):
    (place / "built.kiosk").write_bytes(build(DATA, date.max, icon_names())[0])
    agency.publish_folder(place / "built.kiosk")
    assert kiosk.update().result == "updated"
    visit = subprocess.Popen(
        [sys.executable, "-c", HOLD, kiosk.task.content],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert visit.stdout.readline() == b"held\n"
    for edition in ("three", "four"):
        agency.publish(edition)
        assert kiosk.update().result == "updated"
    assert [name.partition("-")[0] for name in kiosk.sets()] == ["2", "3", "4"]
    visit.communicate()


@pytest.mark.parametrize("spoilt", ["torn", "foreign", "site"])
def test_a_built_file_that_this_kiosk_cannot_open_is_refused(agency, kiosk, place, spoilt):
    raw, site = build(DATA, date.max, icon_names())[0], place / "site.toml"
    text = (DATA / "sites" / "police-lobby.toml").read_text(encoding="utf-8")
    site.write_text(text.replace('"alerts"', '"alarms"') if spoilt == "site" else text, encoding="utf-8")
    raw = {"torn": raw[:-4096], "foreign": b"x" * 9000, "site": raw}[spoilt]
    (place / "built.kiosk").write_bytes(raw)
    agency.publish_folder(place / "built.kiosk")
    outcome = kiosk.update(check=checker(date.max, site))
    assert (outcome.result, kiosk.edition) == ("refused", "one")
    assert outcome.reason
