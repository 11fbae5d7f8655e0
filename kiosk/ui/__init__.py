"""How it looks: the only Qt in the kiosk. A page is a function of a visit; nothing here decides anything."""

import builtins
import os
import sys

# A function of Qt is looked up when it is first called, and not all 9,000 at the start.
sys.setdlopenflags(os.RTLD_LAZY)
import PySide6.QtCore  # noqa: E402, F401

# Qt for Python now looks for `from __feature__ import` in the source of each module that is imported after
# it, and linecache keeps those sources. Nothing here asks for such features: a start is sooner without.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
