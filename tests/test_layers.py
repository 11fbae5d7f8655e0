"""The layers hold: each folder imports only what it may, and nothing that visits touch can keep a trace."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STANDARD = set(sys.stdlib_module_names)
MODULES = sorted((ROOT / "kiosk").rglob("*.py"))

# What each layer may import: packages outside the standard library, and folders or modules of the kiosk. All
# may import `kiosk.later`, which stands for `dataclasses`.
ALLOWED: dict[str, set[str]] = {
    "later": set(),
    "content": {"kiosk.content", "kiosk.words.promises", "kiosk.words.sensitive"},
    "visit": {"kiosk.content.model", "kiosk.visit"},
    "words": {"kiosk.words", "kiosk.content.along", "kiosk.content.model", "kiosk.content.wording", "babel"},
    "takeaway": {"kiosk.content", "kiosk.words", "kiosk.takeaway", "qrcode"},
    "speech": {"kiosk.speech", "kiosk.words"},
    "slip": {
        "kiosk.slip",
        "kiosk.content.age",
        "kiosk.content.model",
        "kiosk.fittings",
        "kiosk.takeaway",
        "kiosk.words",
    },
    "keypad": set(),
    "site_keys": {"kiosk.keypad"},
    "site_reader": {"kiosk.content", "kiosk.site_keys"},
    "fittings": {"kiosk.keypad", "kiosk.site_keys"},
    "settings": {"kiosk.content", "kiosk.fittings", "kiosk.site_keys"},
    "site_fittings": {"kiosk.content", "kiosk.fittings", "kiosk.keypad", "kiosk.site_reader"},
    "site_file": {
        "kiosk.content",
        "kiosk.settings",
        "kiosk.site_fittings",
        "kiosk.site_keys",
        "kiosk.site_reader",
        "kiosk.words.sensitive",
    },
    "builtin": {"kiosk.content", "kiosk.settings"},
    "checkup": {"kiosk.content", "kiosk.settings", "kiosk.site_file", "kiosk.site_reader"},
    "find": {"kiosk.find", "kiosk.content.model", "kiosk.content.sets", "kiosk.words.catalog"},
    "house": {
        "kiosk.builtin",
        "kiosk.content",
        "kiosk.find",
        "kiosk.words",
        "kiosk.settings",
        "kiosk.site_file",
    },
    "display": set(),
    "host": {"kiosk.host", "kiosk.display"},
    "ui/served": {
        "PySide6",
        "kiosk.host.link",
        "kiosk.host.hardening",
        "kiosk.house",
        "kiosk.ui",
        "kiosk.visit",
    },
    "ui/widgets": {"PySide6", "kiosk.visit", "kiosk.takeaway.code", "kiosk.words.numbers", "kiosk.ui"},
    "ui/pages": {
        "PySide6",
        "kiosk.ui.widgets",
        "kiosk.ui.pages",
        "kiosk.ui.scene",
        "kiosk.ui.theme",
        "kiosk.ui.arrange",
        "kiosk.visit",
        "kiosk.takeaway",
        "kiosk.content",
        "kiosk.find",
        "kiosk.settings",
        "kiosk.words",
    },
    "ui": {
        "PySide6",
        "PIL",
        "kiosk.content",
        "kiosk.find",
        "kiosk.words",
        "kiosk.settings",
        "kiosk.house",
        "kiosk.keypad",
        "kiosk.site_keys",
        "kiosk.display",
        "kiosk.takeaway",
        "kiosk.speech",
        "kiosk.slip",
        "kiosk.fittings",
        "kiosk.visit",
        "kiosk.ui",
    },
    "exchange": {"kiosk.exchange", "kiosk.content", "ijson"},
    "agency": {
        "PIL",
        "kiosk.agency",
        "kiosk.builtin",
        "kiosk.checkup",
        "kiosk.content",
        "kiosk.exchange",
        "kiosk.find",
        "kiosk.house",
        "kiosk.progress",
        "kiosk.settings",
        "kiosk.site_file",
        "kiosk.words",
    },
    "progress": {"tqdm"},
    "technician": {
        "kiosk.agency.whole_file",
        "kiosk.content",
        "kiosk.deploy",
        "kiosk.display",
        "kiosk.fittings",
        "kiosk.host.screen",
        "kiosk.house",
        "kiosk.keypad",
        "kiosk.settings",
        "kiosk.shipped",
        "kiosk.site_file",
        "kiosk.site_keys",
        "kiosk.slip.command",
        "kiosk.speech.command",
        "kiosk.technician",
        "kiosk.ui.learn",
        "kiosk.ui.measure",
        "kiosk.words",
    },
    "preview": {
        "PySide6",
        "kiosk.checkup",
        "kiosk.content",
        "kiosk.display",
        "kiosk.house",
        "kiosk.preview",
        "kiosk.settings",
        "kiosk.ui",
        "kiosk.visit",
    },
    "shipped": set(),
    "deploy": {
        "kiosk.deploy",
        "kiosk.host",
        "kiosk.shipped",
        "kiosk.updates.faults",
        "kiosk.updates.seed",
    },
    "updates": {
        "cryptography",
        "securesystemslib",
        "tuf",
        "kiosk.checkup",
        "kiosk.content",
        "kiosk.house",
        "kiosk.settings",
        "kiosk.shipped",
        "kiosk.updates",
    },
    "options": {"kiosk.shipped"},
    "commands": {"kiosk"},
    "running": {
        "kiosk.content",
        "kiosk.site_file",
        "kiosk.display",
        "kiosk.host",
        "kiosk.house",
        "kiosk.options",
        "kiosk.slip",
        "kiosk.speech",
        "kiosk.ui",
    },
    "cli": {
        "kiosk.commands",
        "kiosk.host.hardening",
        "kiosk.host.libraries",
        "kiosk.options",
        "kiosk.running",
    },
    "": {"kiosk"},
}
# Standard modules that could write, log or tell the time, where a visitor's choices pass through.
BANNED_IN_VISIT = {
    "logging",
    "pathlib",
    "os",
    "json",
    "time",
    "datetime",
    "socket",
    "sqlite3",
    "shelve",
    "pickle",
}
TRACES = {"print", "open", "logging", "QSettings", "QClipboard", "QStandardPaths", "QFileDialog", "QDrag"}
MAY_TOUCH_FILES = {"ui/proof.py", "ui/icons.py"}  # pictures for the agency; drawings read from assets


def layer_of(module: Path) -> str:
    parts = module.relative_to(ROOT / "kiosk").with_suffix("").parts
    for length in (2, 1):
        name = "/".join(parts[:length])
        if name in ALLOWED:
            return name
    return ""


def imports_of(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            yield node.module or ""


def is_allowed(name: str, allowed: set[str]) -> bool:
    top = name.partition(".")[0]
    if top in STANDARD or top == "__future__" or name == "kiosk.later":
        return True
    return any(name == entry or name.startswith(f"{entry}.") for entry in allowed)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_layer_may(module: Path) -> None:
    layer = layer_of(module)
    wrong = [name for name in imports_of(module) if not is_allowed(name, ALLOWED[layer])]
    assert not wrong, f"{layer or 'kiosk'} may not import {wrong}"


@pytest.mark.parametrize(
    "module", [m for m in MODULES if m.parent.name == "visit"], ids=lambda path: path.name
)
def test_a_visit_cannot_write_log_or_tell_the_time(module: Path) -> None:
    assert not {name.partition(".")[0] for name in imports_of(module)} & BANNED_IN_VISIT


def traced_names(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    named = {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return (called | named | set(imports_of(module))) & TRACES


@pytest.mark.parametrize(
    "module",
    [m for m in MODULES if m.relative_to(ROOT / "kiosk").parts[0] in {"visit", "ui"}],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_nothing_that_a_visit_touches_can_leave_a_trace(module: Path) -> None:
    if module.relative_to(ROOT / "kiosk").as_posix() not in MAY_TOUCH_FILES:
        assert not traced_names(module)


def test_nothing_imports_the_command_line() -> None:
    importers = [m for m in MODULES if any(n.startswith("kiosk.cli") for n in imports_of(m))]
    assert not importers


def test_the_rules_bite(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import logging\nfrom PySide6.QtCore import QSettings\nprint('x')\nopen('y')\n")
    assert traced_names(wrong) == {"print", "open", "QSettings", "logging"}
    assert not is_allowed("PySide6.QtCore", ALLOWED["visit"])
    assert not is_allowed("kiosk.ui.theme", ALLOWED["content"])
    assert not is_allowed("kiosk.wordsmith", ALLOWED["house"])


def test_files_and_functions_stay_small() -> None:
    """Files of up to 300 lines, functions of up to about 30 (40 at most)."""
    long_files = {str(m): n for m in MODULES if (n := len(m.read_text(encoding="utf-8").splitlines())) > 300}
    assert not long_files
    long_functions = [
        f"{m.name}:{node.lineno} {node.name}"
        for m in MODULES
        for node in ast.walk(ast.parse(m.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 40
    ]
    assert not long_functions
