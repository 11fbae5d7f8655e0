"""The table of accessibility clauses in the README is whole, and what is met names a test that is there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
SECTION = README.split("### Accessibility, clause by clause")[1].split("\n## ")[0]
TABLES = {
    table.split("|", 1)[0].strip(): [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in table.splitlines()[2:]
        if line.startswith("|")
    ]
    for table in re.split(r"\n\n\| ", SECTION)[1:]
}
ROWS = [row for rows in TABLES.values() for row in rows]
STATES = {"met", "not met", "hardware", "none"}
TESTS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)\(", path.read_text(), re.MULTILINE)
}
# The clauses there are, each once: the numbers of the published standards.
WANTED = {
    "Section 508, chapter 4": """
        402.1 402.2 402.2.1 402.2.2 402.2.3 402.2.4 402.2.5 402.3.1 402.3.2 402.4 402.5 403 404 405 406
        407.2 407.3 407.4 407.5 407.6 407.7 407.8 408.2 408.3 409 410 411 412 413 414 415""",
    "EN 301 549, 5": """
        5.1.2.2 5.1.3.1 5.1.3.2 5.1.3.3 5.1.3.4 5.1.3.5 5.1.3.6 5.1.3.7 5.1.3.8 5.1.3.9 5.1.3.10 5.1.3.11
        5.1.3.12 5.1.3.13 5.1.3.14 5.1.3.15 5.1.3.16 5.1.4 5.1.5 5.1.6.1 5.1.6.2 5.1.7
        5.2 5.3 5.4 5.5 5.6 5.7 5.8 5.9""",
    "WCAG 2.2, A and AA": """
        1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5
        1.4.10 1.4.11 1.4.12 1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6
        2.4.7 2.4.11 2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6
        3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3""",
}
MOVING = {
    *("QPropertyAnimation", "QVariantAnimation", "QSequentialAnimationGroup", "QParallelAnimationGroup"),
    *("QTimeLine", "QMovie", "QGraphicsOpacityEffect", "startTimer"),
}


def clauses(row) -> list[str]:
    """Return the numbers that a row begins with: "5.3, 5.4 conversion" is 5.3 and 5.4."""
    return re.match(r"[\d.]+(?:, [\d.]+)*", row[0])[0].split(", ")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_each_clause_has_a_state_and_what_shows_it(row):
    assert len(row) == 3
    _, state, shown = row
    named = re.findall(r"`(test_\w+)`", shown)
    assert state in STATES
    assert [name for name in named if name not in TESTS] == []
    assert named or state != "met"
    assert shown or state != "not met"


@pytest.mark.parametrize("standard", WANTED)
def test_every_clause_is_there_once(standard):
    listed = Counter(number for row in TABLES[standard] for number in clauses(row))
    assert listed == Counter(WANTED[standard].split())


def test_nothing_moves_by_itself():
    """The screen changes by a press or by the idle question alone: nothing of Qt that animates is used."""
    found = []
    for path in sorted((ROOT / "kiosk" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            named = getattr(node, "attr", None) or getattr(node, "id", None) or getattr(node, "name", None)
            if named in MOVING:
                found.append(f"{path.name}: {named}")
    assert found == []
