"""Loads Qt's shared libraries in a thread, while Python imports what they are not needed for.

The loader of the system does not wait for Python: on a second processor that time is free. The thread must be
over before the host forks.
"""

from __future__ import annotations

import ctypes
import os
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Final

WIDGETS: Final = "libQt6Widgets.so.6"  # it brings the libraries of QtCore and QtGui along


def load_beside() -> Thread:
    """Begin to load; where the library is not found, Python's own import finds it or tells."""
    found = find_spec("PySide6")
    own = Path(found.origin).parent / "Qt" / "lib" / WIDGETS if found and found.origin else None
    name = str(own) if own and own.exists() else WIDGETS  # wheels bring it along, Debian has it in the system
    thread = Thread(target=_load, args=(name,))
    thread.start()
    return thread


def _load(name: str) -> None:
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes, dlopen.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    dlopen(os.fsencode(name), os.RTLD_LAZY)  # called this way, Python goes on meanwhile
