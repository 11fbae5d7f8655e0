"""What the package lays beside the program, and where an installed kiosk has what it shows.

A checkout has none of it. `built-at` tells the two apart: only the package has that file.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

HOME: Final = Path(__file__).parents[1]
"""The folder of the program: /usr/share/visitor-kiosk, or a checkout."""
BUILT_AT: Final = "built-at"
"""The time of the sources, "2026-09-21T14:13:20Z"; what was signed to end before it has certainly expired."""
ROOT_JSON: Final = "root.json"
"""The agency's root metadata (TUF), in a package that was built with it: all trust begins there."""
SHOWN: Final = Path("/var/lib/visitor-kiosk/content")
SITE: Final = Path("/etc/visitor-kiosk/site.toml")
OWN_ROOT_JSON: Final = Path("/etc/visitor-kiosk/root.json")
"""What an administrator put there wins over what the package brings."""


def is_installed(home: Path = HOME) -> bool:
    """Return whether this program came with the package."""
    return (home / BUILT_AT).is_file()


def as_built(seconds: int) -> str:
    """Return what `built-at` says for seconds since 1970 (UTC). Raises ValueError, OverflowError, OSError."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}\n"


def built_at(home: Path = HOME) -> datetime | None:
    """Return when the package was built; None in a checkout. Raises OSError where it cannot be read."""
    try:
        said = (home / BUILT_AT).read_text(encoding="ascii")
        return datetime.strptime(said.strip(), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except (FileNotFoundError, ValueError):  # a damaged file proves nothing, and must not end all updates
        return None


def root_json(own: Path = OWN_ROOT_JSON, home: Path = HOME) -> Path:
    """Return the root metadata that trust begins with: the administrator's, else the package's."""
    shipped = home / ROOT_JSON
    return shipped if shipped.is_file() and not os.path.lexists(own) else own
