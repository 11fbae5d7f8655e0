"""Loads Qt for Python without what no page needs: half of the time to the first page is loading."""

from __future__ import annotations

import builtins
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import Any, Final

from kiosk.ui.quick_enums import make_enums_quickly

TYPE_STUBS: Final = "shibokensupport.signature.lib.pyi_generator"
UNPACKING: Final = ("base64", "tempfile", "zipfile")
"""What Qt for Python unpacks its own modules with, where nobody has done that (README, "Start it")."""
LONG: Final = 1000
"""Letters of a pattern. One of 6,000, for telling a wrong call, takes 5 ms."""


def load_qt() -> None:
    """Import Qt's core; whoever imports more of Qt after it has the same use of it."""
    sys.setdlopenflags(os.RTLD_LAZY)  # a function is looked up when it is first called, not all 9,000 now
    make_enums_quickly()
    with _nothing_in_place_of({TYPE_STUBS, *_unpacking()}), _long_patterns_later():
        import PySide6.QtCore  # noqa: F401, PLC0415 - not before the lines above
    # Qt for Python now looks for `from __feature__ import` in the source of each module that is imported
    # after it, and linecache keeps those sources. Nothing here asks for such features.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _unpacking() -> Iterator[str]:
    """Yield what Qt for Python loads to unpack what is unpacked already."""
    found = PathFinder.find_spec("shiboken6")
    if found and any(
        (Path(place) / "files.dir").exists() for place in found.submodule_search_locations or ()
    ):
        yield from (name for name in UNPACKING if name not in sys.modules)


@contextmanager
def _nothing_in_place_of(names: set[str]) -> Iterator[None]:
    """Let empty packages be found under these names; whoever imports one later gets the real one."""
    finder = _EmptyInPlace(names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in names:
            sys.modules.pop(name, None)


class _EmptyInPlace:
    """Finds an empty package in place of a module that Qt for Python loads and no program uses."""

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Return what to load under this name; None for all others."""
        return ModuleSpec(name, None, is_package=True) if name in self._names else None


@contextmanager
def _long_patterns_later() -> Iterator[None]:
    """Let long patterns be compiled when they are first used."""
    re.compile = _compile_later
    try:
        yield
    finally:
        re.compile = _compile


_compile: Final = re.compile


def _compile_later(pattern: Any, flags: int = 0) -> Any:
    return _compile(pattern, flags) if len(pattern) < LONG else _Later(pattern, flags)


class _Later:
    """A pattern that is compiled when it is first used (`re` keeps what it has compiled)."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        return getattr(_compile(self._pattern, self._flags), name)

    def finditer(self, *text: Any) -> Any:
        """Do what the pattern does; Qt for Python asks for this method long before it calls it."""
        return _compile(self._pattern, self._flags).finditer(*text)
