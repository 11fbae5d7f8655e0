"""The command line as its users meet it: whole processes, exit codes, and what they say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.agency.keep import keep_good_set
from kiosk.builtin import built_in_library
from kiosk.commands import parser_with
from kiosk.house import last_good, open_house
from kiosk.options import CONTENT, SITE_FILE, plain_start

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
BROKEN = sorted((ROOT / "tests" / "content" / "broken").glob("*.toml"))


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    clean.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, ROOT / "run_kiosk.py", *map(str, arguments)],
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def spoil(content: Path, file: str = "organizations/10-alive.toml") -> None:
    path = content / file
    path.write_text(path.read_text(encoding="utf-8").replace("314-993-2777", "314-993-277"), encoding="utf-8")


def test_check_passes_the_shipped_content():
    done = run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no fault found" in done.stdout


def test_check_names_file_line_and_what_to_write(content):
    spoil(content)
    done = run("check", content)
    assert done.returncode == 1
    line = next(line for line in done.stdout.splitlines() if "314-993-277" in line)
    text = (content / "organizations" / "10-alive.toml").read_text(encoding="utf-8").splitlines()
    number = text.index('number = "314-993-277"') + 1
    assert line.startswith(f"organizations/10-alive.toml:{number}: ")


def test_there_are_at_least_twenty_broken_files():
    assert len(BROKEN) >= 20


@pytest.mark.parametrize("ruin", ["missing", "empty", "file", "loop", "junk"])
def test_check_says_so_when_the_folder_itself_is_wrong(tmp_path, ruin):
    folder = tmp_path / "data"
    if ruin == "empty":
        folder.mkdir()
    elif ruin == "file":
        folder.write_text("not a folder")
    elif ruin == "loop":
        folder.symlink_to(folder)
    elif ruin == "junk":
        shutil.copytree(DATA, folder)
        (folder / "categories.toml").write_bytes(os.urandom(4096))
    done = run("check", folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stdout.strip()


def test_without_a_display_it_says_what_to_do():
    done = run()
    assert done.returncode == 2
    for way in ("DISPLAY", "cage", "xvfb-run", "proof"):
        assert way in done.stderr
    assert "Traceback" not in done.stderr


def test_a_display_that_does_not_answer_is_no_abort():
    assert run(DISPLAY=":4711").returncode == 2
    assert run(WAYLAND_DISPLAY="wayland-4711").returncode == 2


@pytest.mark.parametrize("how", [(), ("--single",)])
def test_without_the_libraries_of_qt_it_says_what_to_install(tmp_path, how):
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text('raise ImportError("libEGL.so.1: no such file")\n')
    done = run(*how, PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("visitor-kiosk: Qt cannot be loaded: libEGL.so.1: no such file\n")
    assert done.stderr.count("visitor-kiosk:") == 1
    assert "apt-get install libegl1" in done.stderr


def test_what_qt_says_when_it_ends_the_first_visit_is_told(tmp_path):
    (tmp_path / "PySide6").mkdir()
    ends = 'import os\nos.write(2, b"Qt needs another processor\\n")\nos.abort()\n'
    (tmp_path / "PySide6" / "__init__.py").write_text(ends)
    with subprocess.Popen(
        [sys.executable, ROOT / "run_kiosk.py"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    ) as kiosk:
        assert kiosk.stderr
        assert kiosk.stderr.readline() == "Qt needs another processor\n"
        kiosk.terminate()


@pytest.mark.parametrize("size", ["abc", "1080", "0x0", "1080x", "99999x99999", "-5x300"])
def test_a_size_that_is_none_is_explained(size):
    done = run("--window", size)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_broken_set_gives_way_to_the_last_good_one_and_that_to_the_built_in_page(content, capsys):
    keep_good_set(content, last_good(content))
    spoil(content)
    house = open_house(content, None)
    assert house.library.services["alive"].phones[0].number == "314-993-2777"
    assert house.settings.id == "police-lobby"
    said = capsys.readouterr().err
    assert "organizations/10-alive.toml" in said
    assert "last good set is used" in said
    spoil(last_good(content))
    assert open_house(content, None).library == built_in_library()
    assert "built-in page" in capsys.readouterr().err


def test_a_broken_site_file_falls_back_to_the_kept_one(content):
    keep_good_set(content, last_good(content))
    site = content / "sites" / "hospital-waiting-room.toml"
    site.write_text("schema = 1\n[site\n", encoding="utf-8")
    assert open_house(content, site).settings.id == "hospital-waiting-room"


def test_a_clock_set_back_refuses_nothing(content, monkeypatch):
    site = content / "sites" / "police-lobby.toml"
    for path in content.glob("organizations/*.toml"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("2026-11-20", "2036-11-20"), encoding="utf-8"
        )
    assert open_house(content, site).settings.id == "police-lobby"


def test_check_keeps_a_good_set_whole_and_a_broken_one_not_at_all(content, tmp_path):
    kept = tmp_path / "kept"
    assert run("check", content, "--keep", kept).returncode == 0
    before = sorted(path.relative_to(kept) for path in kept.rglob("*"))
    assert before == sorted(path.relative_to(content) for path in content.rglob("*"))
    spoil(content)
    assert run("check", content, "--keep", kept).returncode == 1
    assert sorted(path.relative_to(kept) for path in kept.rglob("*")) == before
    assert run("check", kept).returncode == 0


def test_proof_draws_every_page_and_a_contact_sheet(tmp_path):
    done = run("proof", "--out", tmp_path, "--panel", "1080x1920", "--language", "es")
    assert (done.returncode, done.stderr) == (0, "")
    folder = tmp_path / "police-lobby" / "1080x1920" / "es"
    names = {path.stem for path in folder.glob("*.png")}
    for path in (DATA / "organizations").glob("*.toml"):
        for line in path.read_text(encoding="utf-8").split("[[service]]")[1:]:
            id_ = line.split('id = "')[1].split('"')[0]
            assert any(name == f"resource-{id_}" or name.startswith(f"resource-{id_}-") for name in names), (
                id_
            )
    assert (tmp_path / "police-lobby" / "contact-sheet.pdf").read_bytes().startswith(b"%PDF")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    file = tmp_path / "file"
    file.write_text("in the way")
    for done in (
        run("proof", "--out", file / "x", "--panel", "1024x600"),
        run("check", "--keep", file / "x"),
    ):
        assert done.returncode == 2
        assert str(file) in done.stderr
        assert "Traceback" not in done.stderr


def test_words_are_in_step():
    done = run("words", "--check")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("", (CONTENT, SITE_FILE)),
        ("run", (CONTENT, SITE_FILE)),
        ("--content a", (Path("a"), SITE_FILE)),
        ("run --site s --content a", (Path("a"), Path("s"))),
        ("--content a --content b", (Path("b"), SITE_FILE)),
    ],
)
def test_a_plain_start_is_what_the_whole_parser_makes_of_it(words, plain):
    options = parser_with(print).parse_args(words.split())
    assert (options.content, options.site) == plain == plain_start(words.split())
    assert not options.single
    assert not options.window


@pytest.mark.parametrize(
    "words",
    [
        *(
            "--single",
            "--content",
            "--content a --site",
            "--content --site",
            "--content=a",
            "--site -s --content a",
        ),
        *(
            "check",
            "check --content a",
            "--content a check",
            "run run",
            "--help",
            "--window 1080x1920",
            "a b",
        ),
    ],
)
def test_what_is_no_plain_start_is_left_to_the_whole_parser(words):
    assert plain_start(words.split()) is None


def test_only_the_kiosk_itself_runs_on_without_the_collector():
    """The door turns it off; an import of a million rows needs it."""
    asked = "import gc; gc.disable(); import kiosk.cli; kiosk.cli._command({}); print(gc.isenabled())"
    found = [
        subprocess.run(
            [sys.executable, "-c", asked.format(line)], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
        for line in ([], ["check"])
    ]
    assert found == ["False", "True"]


LEAVES = """
import atexit, sys
if sys.argv[1] == "qt":
    import PySide6
from kiosk.cli import leave
atexit.register(print, "and taken apart")
print("said", end="")
leave(3)
"""


@pytest.mark.parametrize(("loaded", "printed"), [("qt", "said"), ("no qt", "saidand taken apart\n")])
def test_a_program_with_qt_leaves_without_taking_it_apart(loaded, printed):
    done = subprocess.run(
        [sys.executable, "-c", LEAVES, loaded], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (3, printed)


def test_what_cannot_be_printed_any_more_is_no_success():
    program = [sys.executable, "-c", LEAVES.replace("leave(3)", "leave(0)"), "qt"]
    buffered = {**os.environ, "PYTHONUNBUFFERED": ""}
    with Path("/dev/full").open("w") as full:
        assert subprocess.run(program, cwd=ROOT, env=buffered, stdout=full, check=False).returncode == 2
