"""Has Qt's libraries loaded while the host imports its modules, which takes one of two processors as long.

The first visit, which imports Qt, finds them in its memory, and so does every later one.
"""

from __future__ import annotations

import ctypes
import os
from _thread import allocate_lock, start_new_thread  # `threading` takes a ms to import
from collections.abc import Callable
from importlib.machinery import PathFinder
from typing import Final

LAST: Final = "QtWidgets"
"""The module of Qt for Python that needs all libraries of Qt that a page does."""


def begin_to_load() -> Callable[[], object]:
    """Return what waits, once, until all is loaded: a child that is forked before has half of it for ever.

    What cannot be loaded here is told by whoever imports it.
    """
    package = PathFinder.find_spec("PySide6")
    module = package and PathFinder.find_spec(LAST, package.submodule_search_locations)
    if not module or not module.origin:
        return lambda: None
    path = os.fsencode(module.origin)
    load = ctypes.CDLL(None).dlopen  # CDLL(path) looks up all functions, and lets nobody else run meanwhile
    is_loading = allocate_lock()
    is_loading.acquire()

    def work() -> None:
        try:
            load(path, os.RTLD_LAZY)
        finally:
            is_loading.release()

    start_new_thread(work, ())
    return is_loading.acquire
