"""cage, the compositor a kiosk runs in, drawing into a window of the virtual screen: one eye sees it all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.faults.running import has

WIDTH, HEIGHT = 1024, 768  # what wlroots gives a window of its X11 backend
NOBODY = 65534
ORDINARY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
AS_NOBODY = (
    *ORDINARY,
    # It may still read a Python that only root may see.
    *("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"),
)
IN_CAGE = (*AS_NOBODY, "cage", "-d", "--")


def lacking() -> str | None:
    """Return one sentence about why cage cannot be tried here, None where it can."""
    if not has("cage", "Xwayland", "setpriv"):
        return "cage, xwayland or setpriv is not installed"
    if os.geteuid() != 0:
        return "this is not root, who can become nobody"
    if not all(folder.stat().st_mode & 0o001 for folder in Path(sys.prefix).parents):  # Qt asks access(2)
        return "nobody may look into the folder of this Python"
    return None


def surrounded(folder: Path) -> dict[str, str]:
    """Return the environment for `IN_CAGE`; `folder` and its parents must be open to nobody."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.chown(runtime, NOBODY, NOBODY)
    return {
        "XDG_RUNTIME_DIR": str(runtime),
        "HOME": str(runtime),
        "WLR_BACKENDS": "x11",
        "WLR_RENDERER": "pixman",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "QT_QPA_PLATFORM": "wayland",
    }
