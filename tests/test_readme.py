"""What the README promises about privacy names a test that is there, and every command of it exists."""

import ast
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
KEPT = README.split("## What it keeps, and what it does not")[1].split("**What an administrator")[0]
ROWS = [
    line.strip("|").split("|")
    for line in KEPT.splitlines()
    if line.startswith("| ") and "what holds" not in line
]
TESTS = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip()[:40])
def test_each_sentence_about_privacy_names_tests_that_exist(row):
    named = re.findall(r"`([^`]+)`", row[1])
    assert named
    for name in named:
        assert (ROOT / name).exists() if "/" in name else f"def {name}(" in TESTS, name


def test_each_file_the_readme_names_exists():
    named = set(re.findall(r"(?<![\w-])(?:tests|data|assets|kiosk)/[\w/-]+\.(?:py|toml|po)", README))
    patterns = {name for name in named if re.search(r"\b[A-Z]{2,}\b", name)}  # such as data/guides/ID.toml
    assert len(named - patterns) > 10
    assert [name for name in sorted(named - patterns) if not (ROOT / name).exists()] == []


FIGURES = README.split("\nprove() {")[1].split("\n\n")[1].splitlines()
COMMANDS = {
    command: row.split(" | ")[0].strip("| ")
    for row in FIGURES[2:]
    for command in re.findall(r"`([^`]+)`", row.rpartition(" | ")[2])
}


def named_in(path: Path) -> set[str]:
    """Return the tests of a file, without running anything of it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_each_figure_for_technicians_has_its_command():
    assert FIGURES[0] == "| figure | found | by |"
    assert len(FIGURES) > 20
    assert [
        row for row in FIGURES[2:] if not re.search(r" \| `(prove|systemd-analyze) [^`|]+` \|$", row)
    ] == []


@pytest.mark.parametrize("command", COMMANDS, ids=COMMANDS.values())
def test_what_that_command_runs_is_there(command):
    program, *words = shlex.split(command)
    if program == "systemd-analyze":
        assert list(ROOT.glob(words[-1]))
        return
    file, *chosen = words
    found = named_in(ROOT / "tests" / file)
    assert found
    if chosen:
        option, names = chosen
        assert option == "-k"
        assert set(names.split(" or ")) <= found
