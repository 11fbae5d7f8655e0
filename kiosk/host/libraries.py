"""Does in a thread what the system does for Qt without Python: loads its libraries, finds the fonts.

On a second processor that time is free. A thread of the host must be over before it forks.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Final

WIDGETS: Final = "libQt6Widgets.so.6"  # it brings the libraries of QtCore and QtGui along
FONTS: Final = "libfontconfig.so.1"


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


def find_fonts_beside() -> Thread:
    """Begin to find the fonts there are, for which Qt asks soon: fontconfig keeps what it found.

    Only in a visit: what the host found, all its visits would have until it restarts. If Qt asks before it is
    over, both look, and fontconfig keeps the first (it may be used from several threads).
    """
    thread = Thread(target=_find_fonts)
    thread.start()
    return thread


def _find_fonts() -> None:
    with contextlib.suppress(OSError, AttributeError):  # without it Qt looks by itself
        ctypes.CDLL(FONTS).FcInit()
