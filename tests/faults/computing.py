"""The kiosk, as installed, but each page that a visitor opens sets a worker to compute for five seconds."""

import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from kiosk import cli
from kiosk.ui.session import Session
from kiosk.visit.actions import Open

COMPUTES_S = 5.0
_dispatch = Session.dispatch


def _compute() -> None:
    until = time.monotonic() + COMPUTES_S
    while time.monotonic() < until:
        sum(range(1000))


def _dispatch_and_compute(self, action) -> None:
    _dispatch(self, action)
    if isinstance(action, Open):
        threading.Thread(target=_compute, daemon=True).start()


Session.dispatch = _dispatch_and_compute
sys.exit(cli.main())
