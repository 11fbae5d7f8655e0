"""Hide whatever happens: from the press to the last changed pixel, while the visit is busy with something.

    python tests/bench/hide.py [--times 500] [--only printing,speaking]

Each time on another page, and the whole screen must then equal the lobby, pixel by pixel. Goals: 16 ms median
and 50 ms worst, also under load. Times in ms; see watching.py for what "late<=" means. Exit status 1 if a
screen was not the lobby.
"""

from __future__ import annotations

import argparse
import compileall
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from kiosk.ui.run import make_application  # noqa: E402
from tests.bench.probe import VirtualScreen, figures, surroundings, table  # noqa: E402
from tests.bench.shares import come_first  # noqa: E402
from tests.bench.situations import run, trials  # noqa: E402


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=500, help="of each")
    parser.add_argument("--only", default="", help="some of them, by a word of each, with commas")
    options = parser.parse_args()
    application = make_application()
    compileall.compile_dir(ROOT / "kiosk", quiet=1)
    come_first()
    words = options.only.split(",")
    rows, faults = {}, []
    with tempfile.TemporaryDirectory(prefix="hide-") as folder, VirtualScreen() as screen:
        for trial in trials(Path(folder)):
            if any(word in trial.name for word in words):
                readings, wrong = run(screen, trial, options.times)
                rows[trial.name], faults = figures(readings), faults + wrong
        for name, value in surroundings(screen).items():
            print(f"{name:<13} {value}")
        print("", table(rows), "", f"{len(faults)} faults", *faults, sep="\n")
    del application
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
