"""What an import of the pages costs besides the pages."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SOURCES_KEPT = """
import linecache
import kiosk.ui.served
print(*(name for name in linecache.cache if "kiosk" in name), sep="\\n")
"""


def test_no_source_is_read_when_pages_are_imported() -> None:
    told = subprocess.run(
        [sys.executable, "-c", SOURCES_KEPT], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert told.stdout.split() == []
