"""The door: starts the kiosk's command line. See README.md."""

from kiosk.cli import leave, main

if __name__ == "__main__":
    leave(main())
