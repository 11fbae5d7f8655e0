"""Walks through the kiosk over the accessibility bus, by names alone. Run by the system's own Python.

Arguments: seconds to wait for each name, the names of the buttons to press, the number that must be found.
Prints what it met.
"""

import json
import sys
import time

import pyatspi
from gi.repository import GLib

announced = []


def nodes(root, path=()):
    """Everything below `root` that is shown, with the names above it."""
    try:
        if root is None or not root.getState().contains(pyatspi.STATE_VISIBLE):
            return
        yield root
        for number in range(root.childCount):
            yield from nodes(root.getChildAtIndex(number))
    except (LookupError, GLib.Error):
        return  # it went away while it was looked at


def kiosk_nodes():
    desktop = pyatspi.Registry.getDesktop(0)
    for number in range(desktop.childCount):
        application = desktop.getChildAtIndex(number)
        if application is None or "kiosk" not in application.name:
            continue
        for window in range(application.childCount):
            yield from nodes(application.getChildAtIndex(window))


def wait_for(role, wanted, patience_s):
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        turn()
        for node in kiosk_nodes():
            if node.getRoleName() == role and wanted(node.name):
                return node
    found = [(node.getRoleName(), node.name) for node in kiosk_nodes()]
    sys.exit(f"no such {role}; there are {found}")


def turn():
    """Let events in."""
    context = GLib.MainContext.default()
    end = time.monotonic() + 0.1
    while time.monotonic() < end:
        context.iteration(False)


def press(button):
    actions = button.queryAction()
    names = [actions.getName(number) for number in range(actions.nActions)]
    actions.doAction(names.index("Press"))


def main(patience, *names):
    pyatspi.Registry.registerEventListener(
        lambda event: announced.append(event.any_data), "object:announcement"
    )
    *buttons, number = names
    for name in buttons:
        press(wait_for("push button", lambda told, name=name: told == name, int(patience)))
    wait_for("label", lambda told: number in told, int(patience))
    turn()
    met = [(node.getRoleName(), node.name, node.description) for node in kiosk_nodes()]
    sys.stdout.write(json.dumps({"met": met, "announced": announced}) + "\n")


main(*sys.argv[1:])
