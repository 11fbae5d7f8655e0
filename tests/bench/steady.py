"""A site at which it is night for the next hours, so that no opening hour changes a page during a run.

Pages say who is open now and list those first. Presses worked out before 8:00 would miss after 8:00.
"""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

NIGHT_HOUR = 1


def night_zone(now: datetime) -> str:
    """Return the time zone in which it is between 1:00 and 2:00 at `now`.

    The names count westwards: "Etc/GMT+5" is five hours behind UTC. There are those from -14 to +12.
    """
    west = (now.astimezone(UTC).hour - NIGHT_HOUR) % 24
    return f"Etc/GMT{west if west <= 12 else west - 24:+d}"


@cache
def steady_site(site: Path) -> Path:
    """Return a copy of a site file in which it is night; it is deleted when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="steady-"))
    folder.chmod(0o755)  # for kiosks that run as nobody
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    zone = f'time_zone = "{night_zone(datetime.now(UTC))}"'
    words, changed = re.subn(r"(?m)^time_zone = .*$", zone, site.read_text())
    if changed != 1:
        raise ValueError(f"{site} has no line with its time_zone")
    copy = folder / site.name
    copy.write_text(words)
    return copy
