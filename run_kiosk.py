"""The door: starts the kiosk's command line. See README.md."""

import sys

from kiosk.cli import main

if __name__ == "__main__":
    sys.exit(main())
