"""What the package lays beside the program, and where an installed kiosk has what it shows.

A checkout has none of it. `built-at` tells the two apart: only the package has that file.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

HOME: Final = Path(__file__).parents[1]
"""The folder of the program: /usr/share/visitor-kiosk, or a checkout."""
BUILT_AT: Final = "built-at"
"""The time of the sources, "2026-09-21T14:13:20Z"."""
SHOWN: Final = Path("/var/lib/visitor-kiosk/content")
SITE: Final = Path("/etc/visitor-kiosk/site.toml")


def is_installed(home: Path = HOME) -> bool:
    """Return whether this program came with the package."""
    return (home / BUILT_AT).is_file()


def as_built(seconds: int) -> str:
    """Return what `built-at` says for seconds since 1970 (UTC). Raises ValueError, OverflowError, OSError."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}\n"
