"""Sites for what the demonstration's own settings do not show soon, or not at all."""

from __future__ import annotations

from pathlib import Path

from tests.faults.running import SITE

END_AFTER_S = 30 + 20
"""The shortest times a site may set: until Still here?, and until the end after it."""


def hasty_site(folder: Path, more: str = "") -> Path:
    """Return the demonstration site with the shortest times, and with `more` tables."""
    words = SITE.read_text()
    assert "[idle]" not in words
    file = folder / "site.toml"
    file.write_text(f"{words}\n[idle]\nstill_here_after = 30\nend_after = 20\n{more}")
    return file


def hasty_speaking_site(folder: Path) -> Path:
    """Return the same with a voice, which each page then offers."""
    return hasty_site(folder, "\n[speech]\non = true\n")
