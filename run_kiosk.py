"""The door: starts the kiosk's command line. See README.md."""

import gc
import sys

gc.disable()  # a start makes much and drops little: looking for what was dropped is a twentieth of it

from kiosk.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
