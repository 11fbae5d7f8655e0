"""Runs in the kiosk's sandbox before it: sends one slip as a visit does, then waits until it may go on."""

import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, "/usr/share/visitor-kiosk")

from PySide6.QtWidgets import QApplication

from kiosk.house import house_in, icon_names
from kiosk.slip.command import printing, surroundings
from kiosk.ui.printing import slip_of
from kiosk.ui.slip_picture import slip_picture
from kiosk.visit.places import LobbyPlace, TakePlace
from kiosk.visit.visit import Visit

GO_ON = Path("/usr/share/visitor-kiosk/go-on")

app = QApplication(["slip", "-platform", "offscreen"])
house = house_in(Path("/var/lib/visitor-kiosk/content"), Path("/etc/visitor-kiosk/site.toml"), icon_names())
printer = house.settings.printer
slip = slip_of(Visit(trail=(LobbyPlace(), TakePlace("alive", choice=0))), house)
for order in printing(printer, slip_picture(slip, printer.width), is_first=True):
    done = subprocess.run(
        order.command,
        input=order.reads,
        env=surroundings(printer, os.environ),
        capture_output=True,
        check=False,
    )
    print("SENT", order.command[4], done.returncode, done.stderr.decode(), flush=True)
print("ALL SENT", flush=True)
while not GO_ON.exists():
    time.sleep(0.1)
