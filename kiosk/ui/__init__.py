"""How it looks: the only Qt in the kiosk. A page is a function of a visit; nothing here decides anything."""

import builtins

import PySide6.QtCore  # noqa: F401

# Qt for Python now looks for `from __feature__ import` in the source of each module that is imported after
# it, and linecache keeps those sources. Nothing here asks for such features: a start is sooner without.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
