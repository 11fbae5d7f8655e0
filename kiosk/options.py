"""What the kiosk itself takes on the command line, and how a command says that it cannot run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kiosk.shipped import HOME, SHOWN, SITE, is_installed

ROOT = HOME
DATA = HOME / "data"
CONTENT = SHOWN if is_installed() else DATA
"""What this kiosk shows if nobody says: on a terminal what its unit names, in a checkout its own folder."""
SITE_FILE = SITE if is_installed() else None
"""The site file of this terminal; None in a checkout, which has several."""
PLAIN: Final = frozenset({"--content", "--site"})


def plain_start(words: Sequence[str]) -> tuple[Path, Path | None] | None:
    """Return content and site file of a start as a unit or the README writes it; None for all other words.

    Such a start does without what reads them, and so without the code of all commands.
    """
    if words[:1] == ["run"]:
        words = words[1:]
    names, values = words[::2], words[1::2]
    if len(names) != len(values) or not PLAIN.issuperset(names) or any(v.startswith("-") for v in values):
        return None
    named = dict(zip(names, map(Path, values), strict=True))
    return named.get("--content", CONTENT), named.get("--site", SITE_FILE)


def refuse(message: str) -> int:
    """Say what is in the way, and return the exit code for it."""
    print(message, file=sys.stderr)
    return 2
