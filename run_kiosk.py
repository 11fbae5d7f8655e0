"""The door: starts the kiosk's command line. See README.md."""

import gc

gc.disable()  # nothing is dropped while modules are loaded; who runs longer turns it on again

from kiosk.cli import leave, main  # noqa: E402

if __name__ == "__main__":
    leave(main())
