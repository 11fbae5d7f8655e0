"""Loads Qt's libraries and the list of fonts beside the first imports.

While Python loads a library, nothing else of it runs. A thread that asks the C library instead leaves the
interpreter to the imports: with two processors the first page is there sooner. Visits share the list, which
Qt reads again in each where fonts have changed. Sources: dlopen(3), ctypes ("releases the GIL"), FcInit(3).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Final

MODULES: Final = ("QtCore", "QtGui", "QtWidgets", "QtSvg")
FONTS: Final = "libfontconfig.so.1"
TURN_S: Final = 0.0001
"""How soon the thread goes on after each library. Python's own 5 ms would be longer than loading one."""


def load_beside() -> Thread:
    """Begin to load; join the thread before this process is forked, or a lock of the C library stays closed.

    What cannot be loaded is left to the imports, which say what is missing.
    """
    sys.setswitchinterval(TURN_S)
    loading = Thread(target=_load, args=(_libraries(),), daemon=True)
    loading.start()
    return loading


def _load(libraries: list[Path]) -> None:
    libc = ctypes.CDLL(None)
    libc.dlopen.restype = ctypes.c_void_p
    for library in (*map(str, libraries), FONTS):
        libc.dlopen(os.fsencode(library), os.RTLD_LAZY)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(FONTS).FcInit()


def _libraries() -> list[Path]:
    """Return the files of Qt's modules, in the order in which they are imported."""
    found = find_spec("PySide6")
    places = [Path(place) for place in (found and found.submodule_search_locations) or ()]
    files = (p / f"{name}{suffix}" for name in MODULES for p in places for suffix in EXTENSION_SUFFIXES)
    return [file for file in files if file.is_file()]
