"""The command that makes the one file: whole or not at all, from a set without faults, enough by itself."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kiosk.content.age import shown_on, today_by
from kiosk.content.stored import open_stored
from kiosk.content.texts import texts_of
from kiosk.house import House, last_good, open_house
from kiosk.settings import Settings

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
SITES = ("police-lobby.toml", "hospital-waiting-room.toml")


def run(*arguments: object, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run_kiosk.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("built") / "directory.kiosk"
    done = run("build", "--out", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        f"{path}: {len(open_house(DATA, None).library.services)} entries, 2 sites, "
    )
    return path


def test_the_day_from_which_a_number_is_too_old_is_said(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    for path in folder.glob("organizations/*.toml"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("2026-11-20", "2026-03-01"), encoding="utf-8"
        )
    said = run("build", "--content", folder, "--out", tmp_path / "x").stdout
    assert "Have the numbers checked before 2027-03-02:" in said
    library = open_house(folder, None).library
    newest = date(2026, 3, 1)
    assert shown_on(today_by(date(2027, 3, 1), newest), library) == library
    assert shown_on(today_by(date(2027, 3, 2), newest), library) != library


@pytest.fixture
def built(shipped, tmp_path) -> Path:
    return Path(shutil.copy(shipped, tmp_path / "directory.kiosk"))


@pytest.fixture
def houses():
    """Returns a function that opens houses and closes their files afterwards."""
    opened: list[House] = []

    def open_(*arguments) -> House:
        opened.append(open_house(*arguments))
        return opened[-1]

    yield open_
    for house in opened:
        if house.stored:
            house.stored.close()


@pytest.mark.parametrize("site", SITES)
def test_the_file_says_what_the_folder_says_in_every_language(shipped, site, houses):
    told: list[str] = []
    folder = houses(DATA, DATA / "sites" / site, told.append)
    file = houses(shipped, Path(site), told.append)
    assert told == []
    assert file.library == folder.library
    assert file.settings == folder.settings
    assert file.words.keys() == folder.words.keys()
    for language, words in folder.words.items():
        for text in (*texts_of(folder.library), *texts_of(folder.settings)):
            assert file.words[language].text(text) == words.text(text)
        assert file.words[language].is_draft == words.is_draft


def test_the_same_set_gives_the_same_file(shipped, tmp_path):
    assert run("build", "--out", tmp_path / "x").returncode == 0
    assert (tmp_path / "x").read_bytes() == shipped.read_bytes()


def test_a_site_file_of_the_machine_goes_with_the_file(built, tmp_path, houses):
    site = tmp_path / "ours.toml"
    text = (DATA / "sites" / SITES[0]).read_text(encoding="utf-8")
    site.write_text(text.replace('id = "police-lobby"', 'id = "ours"'), encoding="utf-8")
    assert houses(built, site).settings.id == "ours"
    site.write_text(text.replace("[[tile]]", "[[tiel]]"), encoding="utf-8")
    told: list[str] = []
    assert houses(built, site, told.append).settings.id == "built-in"
    assert any("ours.toml" in line and "write [[tile]]" in line for line in told)


def test_a_site_that_is_not_in_the_file_is_named(built, houses):
    told: list[str] = []
    house = houses(built, Path("polce-lobby.toml"), told.append)
    assert house.settings.id == "built-in"
    assert any(
        'no site "polce-lobby.toml" in this file; did you mean "police-lobby.toml"?' in t for t in told
    )


def test_a_torn_file_gives_way_to_the_last_good_one_and_that_to_the_built_in_page(built, houses):
    assert run("check", built, "--keep", last_good(built)).returncode == 0
    built.write_bytes(built.read_bytes()[:-4096])
    told: list[str] = []
    house = houses(built, None, told.append)
    assert house.settings.id == "police-lobby"
    assert house.library.services["alive"].phones[0].number == "314-993-2777"
    assert "copy the file again" in told[0]
    assert "last good set is used" in told[1]
    last_good(built).write_bytes(b"")
    assert houses(built, None, told.append).settings.id == "built-in"


def test_the_built_in_page_keeps_its_translations(built, houses):
    """A site that is not there brings the built-in page; its words come from the file."""
    from_file = houses(built, Path("nowhere.toml"), lambda _: None)
    folder_house = houses(DATA, Path("nowhere.toml"), lambda _: None)
    assert from_file.settings == folder_house.settings
    for text in (*texts_of(from_file.library), *texts_of(from_file.settings)):
        assert from_file.words["es"].text(text) == folder_house.words["es"].text(text)


def test_check_reads_a_file_whole(built):
    assert "no fault found" in run("check", built).stdout
    raw = bytearray(built.read_bytes())
    at = raw.index(b"314-993-2777")
    raw[at] ^= 1
    built.write_bytes(raw)
    done = run("check", built)
    assert done.returncode == 1
    assert "directory.kiosk:1: a part of this file is damaged" in done.stdout
    assert run("check", built, "--release").returncode == 2


@pytest.mark.parametrize("ruin", ["number", "site", "words", "missing"])
def test_a_fault_leaves_the_earlier_file_as_it_was(built, tmp_path, ruin):
    before = built.read_bytes()
    folder = tmp_path / "data"
    if ruin != "missing":
        shutil.copytree(DATA, folder)
    if ruin == "number":
        path = folder / "organizations" / "10-alive.toml"
        path.write_text(
            path.read_text(encoding="utf-8").replace("314-993-2777", "314-993-277"), encoding="utf-8"
        )
    elif ruin == "site":
        (folder / "sites" / "x.toml").write_text("schema = 1\n", encoding="utf-8")
    elif ruin == "words":
        (folder / "words" / "es.mo").write_bytes((folder / "words" / "es.mo").read_bytes()[:500])
    done = run("build", "--content", folder, "--out", built)
    assert done.returncode == 1
    assert done.stdout.endswith("Nothing is written.\n")
    assert "Traceback" not in done.stderr
    assert built.read_bytes() == before


def test_a_full_disk_leaves_the_earlier_file_as_it_was(built):
    """The kernel refuses every byte after 64 kB, as a full disk does."""
    before, beside = built.read_bytes(), sorted(built.parent.iterdir())

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = run("build", "--out", built, preexec_fn=limit)
    assert done.returncode == 2
    assert str(built) in done.stderr
    assert "Traceback" not in done.stderr
    assert built.read_bytes() == before
    assert sorted(built.parent.iterdir()) == beside


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("call", ["fsync", "rename,renameat,renameat2", "write"])
def test_a_killed_build_leaves_the_earlier_file_as_it_was(built, call):
    """strace kills it as it enters the call: nothing is on the disk yet, or everything but its name."""
    before = built.read_bytes()
    command = [sys.executable, str(ROOT / "run_kiosk.py"), "build", "--out", str(built)]
    strace = ["strace", "-qq", "-f", "-o", "/dev/null", f"--inject={call}:signal=SIGKILL"]
    done = subprocess.run([*strace, *command], capture_output=True, check=False)
    assert done.returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}
    assert built.read_bytes() == before
    with closing(open_stored(built)) as stored:
        assert stored.faults() == ()
        assert stored.site(SITES[0], Settings) is not None


@pytest.mark.parametrize("out", ["there/is/no/folder", "."])
def test_a_place_that_cannot_be_written_is_named(tmp_path, out):
    done = run("build", "--out", tmp_path / out)
    assert done.returncode == 2
    assert str(tmp_path) in done.stderr
    assert "Traceback" not in done.stderr


def test_other_commands_ask_for_the_folder(built, tmp_path):
    for command in ("export", "calls"):
        done = run(command, "--content", built, "--out", tmp_path / "x.csv")
        assert done.returncode == 2
        assert "name the folder that it was built from" in done.stderr


def test_a_house_opens_its_file_once_and_to_read(built, houses):
    """Also where nothing may be written, and when the file has lost its name."""
    built.chmod(0o400)
    house = houses(built, None)
    descriptors = [link for link in Path("/proc/self/fd").iterdir() if target(link).startswith(str(built))]
    assert [target(link) for link in descriptors] == [str(built)]  # and no journal
    (flags,) = re.findall(r"flags:\s+(\d+)", Path(f"/proc/self/fdinfo/{descriptors[0].name}").read_text())
    assert int(flags, 8) & os.O_ACCMODE == os.O_RDONLY
    built.unlink()
    assert house.library.services["alive"].name
    assert list(built.parent.iterdir()) == []


def target(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:  # the descriptor that listed the folder
        return ""


def test_a_site_that_changes_the_directory_has_its_own_edition(tmp_path, houses):
    folder, path = tmp_path / "data", tmp_path / "directory.kiosk"
    shutil.copytree(DATA, folder)
    own = folder / "sites" / "police-lobby"
    own.mkdir()
    changes = (
        'schema = 1\nhide = ["movans"]\n[[reword]]\nservice = "alive"\nhint = "Ask at the desk for this"\n'
    )
    (own / "changes.toml").write_text(changes, encoding="utf-8")
    assert run("build", "--content", folder, "--out", path).returncode == 0
    for site in SITES:
        expected = houses(folder, folder / "sites" / site)
        found = houses(path, Path(site))
        assert found.library == expected.library
        assert ("movans" in found.library.services) == (site != SITES[0])
        for text in texts_of(found.library):
            assert found.words["es"].text(text) == expected.words["es"].text(text)
    elsewhere = tmp_path / "apart.toml"
    shutil.copy(folder / "sites" / SITES[0], elsewhere)
    shutil.copytree(own, tmp_path / "apart")
    told: list[str] = []
    assert houses(path, elsewhere, told.append).settings.id == "built-in"
    assert "is not built in; build with this site" in told[0]
    assert run("build", "--content", folder, "--site", elsewhere, "--out", path).returncode == 0
    assert "movans" not in houses(path, elsewhere).library.services


def test_looking_something_up_leaves_no_time_of_access(built, houses):
    house = houses(built, None)
    os.utime(built, (1, 2))
    assert house.library.services["alive"].phones
    assert house.words["es"].text(house.library.services["alive"].summary)
    assert built.stat().st_atime == 1
    built.read_bytes()
    if built.stat().st_atime == 1:
        pytest.skip("times of access are not kept here")
