"""One update in a process of its own, to be killed: SOURCE STATE CONTENT ROOT. The content is not checked."""

import sys
from contextlib import suppress
from pathlib import Path

from kiosk.updates.update import Task, update

if __name__ == "__main__":
    source, *places = sys.argv[1:]
    outcome = update(Task(source, *map(Path, places)), lambda _: ())
    with suppress(OSError):  # the fault may be meant for this very write
        sys.stderr.write(f"{outcome.result} {outcome.reason}\n")
    sys.exit(outcome.code)
