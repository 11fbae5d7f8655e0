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


FIRST = """
import os, time
from pathlib import Path
from kiosk.display import EXIT_NO_DISPLAY
from kiosk.host.edition import Edition
from kiosk.host.forking import fork_visit
from kiosk.host.health import Health
from kiosk.host.host import Host

def visit(link, built_in, hurried):
    os.write(1, f"{built_in} {hurried}\\n".encode())
    return EXIT_NO_DISPLAY

first = fork_visit(visit, built_in=False, hurried=True)
time.sleep(0.2)  # it has ended before anybody listens
print(Host(visit, Health(), list, Edition(Path()), list, first).run())
"""


def test_a_visit_that_was_forked_before_the_host_is_its_first() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST], cwd=ROOT, check=True, capture_output=True, text=True, timeout=20
    )
    assert done.stdout == "False True\n2\n"
    assert done.stderr == ""
