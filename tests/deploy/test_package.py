"""The package: the same bytes every time, what it installs, and what it refuses. dpkg-deb reads it back."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_layers import MODULES, STANDARD, imports_of

ROOT = Path(__file__).parents[2]
BROUGHT_BY = {
    "PySide6": "python3-pyside6.qtwidgets",
    "PIL": "python3-pil",
    "qrcode": "python3-qrcode",
    "tuf": "python3-tuf",
    "securesystemslib": "python3-tuf",
}
NOT_ON_A_TERMINAL = {"babel", "cryptography", "ijson", "tqdm"}
"""For those who write, import and sign the content; each command says what it lacks."""
pytestmark = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="dpkg-deb is not installed")


def build(out: Path, *more: str, umask: int = 0o022, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "run_kiosk.py", "package", "--out", out, *more],
        env={key: value for key, value in os.environ.items() if not key.startswith("DEB")}
        | {"SOURCE_DATE_EPOCH": "1790000000"}
        | environment,
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    done = build(tmp_path_factory.mktemp("out"))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def listed(package: Path) -> dict[str, str]:
    """Return {path: mode and owner}."""
    said = subprocess.run(["dpkg-deb", "-c", package], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 5) for line in said.splitlines()]
    return {row[5].removeprefix("."): f"{row[0]} {row[1]}" for row in rows}


def test_built_twice_it_is_the_same_to_the_bit(package, tmp_path):
    again = build(tmp_path / "again", umask=0o077, TZ="Asia/Tokyo", LC_ALL="C.UTF-8", HOME="/nonexistent")
    assert again.returncode == 0, again.stderr
    sums = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (package, Path(again.stdout.strip()))}
    assert len(sums) == 1


def test_it_belongs_to_root_and_only_programs_may_be_executed(package):
    found = listed(package)
    assert {row.split()[1] for row in found.values()} == {"root/root"}
    programs = {path for path, row in found.items() if row.startswith("-rwx")}
    assert programs == {
        "/usr/bin/visitor-kiosk",
        "/usr/lib/systemd/system-generators/visitor-kiosk",
        "/usr/lib/udev/visitor-kiosk-touch",
        "/usr/share/visitor-kiosk/kiosk/deploy/cups/add-printer.sh",
        "/usr/share/visitor-kiosk/kiosk/deploy/image/build.sh",
        "/usr/share/visitor-kiosk/kiosk/deploy/image/settle.sh",
    }
    assert {row.split()[0] for row in found.values()} <= {"drwxr-xr-x", "-rw-r--r--", "-rwxr-xr-x"}


def test_it_holds_the_whole_program_and_nothing_of_a_working_copy(package):
    found = listed(package)
    home = "/usr/share/visitor-kiosk/"
    for source in (
        *(path for path in (ROOT / "kiosk").rglob("*.py") if "fleet" not in path.parts),
        *(ROOT / "data").rglob("*.toml"),
        *(ROOT / "assets").rglob("*.mo"),
    ):
        assert home + source.relative_to(ROOT).as_posix() in found
    assert not [path for path in found if "/deploy/fleet/" in path or "/deploy/ansible/" in path]
    assert not [path for path in found if "__pycache__" in path or "/." in path or "/tests/" in path]


def test_it_depends_on_all_that_a_terminal_imports(package):
    """Recommended is not enough: many install without what is only recommended."""
    command = ["dpkg-deb", "-f", package, "Depends"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    depends = {re.split(r"[ (]", each.strip())[0] for each in said.split(",")}
    imported = {name.partition(".")[0] for module in MODULES for name in imports_of(module)}
    outside = imported - STANDARD - {"kiosk", "__future__"} - NOT_ON_A_TERMINAL
    assert outside <= set(BROUGHT_BY)
    assert {BROUGHT_BY[name] for name in outside} <= depends


def test_what_is_changed_on_the_terminal_is_kept_by_an_upgrade(package, tmp_path):
    subprocess.run(["dpkg-deb", "-e", package, tmp_path], check=True)
    assert (tmp_path / "conffiles").read_text().split() == ["/etc/visitor-kiosk/site.toml"]
    for script in ("postinst", "prerm", "postrm"):
        assert subprocess.run(["sh", "-n", tmp_path / script], check=False).returncode == 0


def test_the_packaged_program_runs_from_where_it_lies(package, tmp_path):
    subprocess.run(["dpkg-deb", "-x", package, tmp_path], check=True)
    home = tmp_path / "usr/share/visitor-kiosk"
    start = "import sys; sys.path.insert(0, sys.argv.pop(1)); from kiosk.cli import main; sys.exit(main())"
    command = [sys.executable, "-IBc", start, home, "check", home / "data"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_installed_the_commands_judge_what_the_unit_shows_and_in_a_checkout_the_checkout(package, tmp_path):
    subprocess.run(["dpkg-deb", "-x", package, tmp_path], check=True)
    unit = (tmp_path / "usr/lib/systemd/system/visitor-kiosk.service").read_text()
    shown = re.search(r"^ExecStart=.* run --content (\S+) --site (\S+)$", unit, re.MULTILINE)
    installed = defaults(tmp_path / "usr/share/visitor-kiosk")
    content, site = shown.groups()
    assert installed == {name: [content, site if name in WITH_SITE else "None"] for name in ASKED}
    assert defaults(ROOT) == {name: [str(ROOT / "data"), "None"] for name in ASKED}


ASKED = ("run", "doctor", "proof --out x", "export --out x", "build --out x")
WITH_SITE = ASKED[:3]
DEFAULTS = """
import json, sys
home, *asked = sys.argv[1:]
sys.path.insert(0, home)
from kiosk.commands import parser_with
taken = [parser_with(None).parse_args(words.split()) for words in asked]
print(json.dumps([[str(each.content), str(getattr(each, "site", None))] for each in taken]))
"""


def defaults(home: Path) -> dict[str, list[str]]:
    """Ask the program in `home` which content and which site file its commands take if nobody says."""
    command = [sys.executable, "-IBc", DEFAULTS, home, *ASKED]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return dict(zip(ASKED, json.loads(said), strict=True))


@pytest.mark.parametrize("version", ["", "x1", "1 0", "1.0-1", "../1", "1\n2"])
def test_a_version_that_is_none_is_refused_with_what_to_write(tmp_path, version):
    done = build(tmp_path / "out", f"--as={version}")
    if version:
        assert done.returncode == 2
        assert "write one such as" in done.stderr
        assert not list(tmp_path.glob("out/*"))


def maintainer(package: str) -> str:
    command = ["dpkg-deb", "-f", package, "Maintainer"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_whoever_builds_it_answers_for_it(package, tmp_path):
    assert maintainer(package) == "The Visitor Kiosk authors <root@localhost>"
    told = build(tmp_path / "told", "--maintainer", "IT of the city <it@city.example>")
    assert maintainer(told.stdout.strip()) == "IT of the city <it@city.example>"
    for wrong in ("IT", "IT <it>", "<it@city.example>", "IT <it@city.example>\nDepends: x", "{version} <a@b"):
        done = build(tmp_path / "wrong", "--maintainer", wrong)
        assert (done.returncode, "names nobody" in done.stderr) == (2, True)
    by_debian = build(tmp_path / "debian", DEBFULLNAME="Zoë {x}", DEBEMAIL="zoe@city.example")
    assert maintainer(by_debian.stdout.strip()) == "Zoë {x} <zoe@city.example>"


def test_a_time_that_is_none_and_a_place_that_is_none_are_refused(tmp_path):
    for wrong in ("noon", "-1", "1790000000000"):
        assert f'SOURCE_DATE_EPOCH is "{wrong}"' in build(tmp_path / "out", SOURCE_DATE_EPOCH=wrong).stderr
    (tmp_path / "file").write_text("in the way")
    done = build(tmp_path / "file")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_what_was_built_before_stays_until_the_new_one_is_whole(package, tmp_path):
    old = tmp_path / package.name
    old.write_bytes(b"the one before")
    broken = tmp_path / "programs"
    broken.mkdir()
    (broken / "dpkg-deb").write_text('#!/bin/sh\necho half > "$6"\nexit 1\n')
    (broken / "dpkg-deb").chmod(0o755)
    done = build(tmp_path, PATH=f"{broken}:{os.environ['PATH']}")
    assert done.returncode == 2
    assert old.read_bytes() == b"the one before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["programs", package.name]
