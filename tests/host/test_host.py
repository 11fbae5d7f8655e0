"""The loop of the host, with visits that do nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

UNPREPARED = """
from pathlib import Path
from kiosk.host.edition import Edition
from kiosk.host.health import Health
from kiosk.host.host import Host
def fails():
    raise MemoryError
host = Host(lambda link, built_in, hurried: 0, Health(), fails, Edition(Path()), print)
host._has_served = True
host._start(False)
host._start(False)
print(len(host._links))
"""


def test_a_host_that_cannot_load_the_pages_goes_on_without() -> None:
    done = subprocess.run(
        [sys.executable, "-c", UNPREPARED], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout == "2\n"
    assert done.stderr == "visitor-kiosk: MemoryError when the host loaded the pages\n"
