"""How it looks: the only Qt in the kiosk. A page is a function of a visit; nothing here decides anything."""

import builtins
import os
import sys
from importlib.machinery import ModuleSpec


class _EmptyInPlace:
    """Finds an empty package in place of a module that Qt for Python loads and no program uses.

    `pyi_generator` writes type stubs. The patterns it compiles, and the command line and the log it brings
    along, were a twentieth of the time to the first page.
    """

    @staticmethod
    def find_spec(name: str, *_: object) -> ModuleSpec | None:
        """Return what to load under this name; None for all others."""
        if name != "shibokensupport.signature.lib.pyi_generator":
            return None
        return ModuleSpec(name, None, is_package=True)


# A function of Qt is looked up when it is first called, and not all 9,000 at the start.
sys.setdlopenflags(os.RTLD_LAZY)
sys.meta_path.insert(0, _EmptyInPlace)
import PySide6.QtCore  # noqa: E402, F401

sys.meta_path.remove(_EmptyInPlace)

# Qt for Python now looks for `from __feature__ import` in the source of each module that is imported after
# it, and linecache keeps those sources. Nothing here asks for such features: a start is sooner without.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
