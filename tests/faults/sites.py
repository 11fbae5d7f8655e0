"""Sites for what the demonstration's own settings do not show soon, or not at all."""

from __future__ import annotations

from pathlib import Path

from tests.faults.running import SITE

LONGEST_S = 2 * 30 + 20
"""How long HASTY lets a visit stand untouched, by somebody who listens, uses keys or reads larger letters."""


SPEAKING = "[speech]\non = true\n"
HASTY = "[idle]\nstill_here_after = 30\nend_after = 20\n"


def printing(device: Path) -> str:
    """Return the table of a receipt printer."""
    return f'[printer]\ndevice = "{device}"\n'


def site_with(folder: Path, *tables: str) -> Path:
    """Return the demonstration site with these tables, none of which it has itself."""
    file = folder / "site.toml"
    file.write_text("\n".join([SITE.read_text(), *tables]))
    return file
