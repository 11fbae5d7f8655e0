"""Houses with a printer, and waiting for what a printer does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from kiosk.fittings import Printer
from kiosk.house import House
from kiosk.ui.printing import Printing
from kiosk.visit.actions import Open
from kiosk.visit.places import HelpPlace, ResourcePlace
from tests.flows.walker import Walker
from tests.ui.processes import settled


def with_printer(house: House, printer: Printer) -> House:
    return replace(house, settings=replace(house.settings, printer=printer))


def at_device(house: House, device: Path, width: int = 384) -> House:
    return with_printer(house, Printer(str(device), "", "", width))


@contextmanager
def visiting(house: House, longest_ms: int = 20_000) -> Iterator[tuple[Walker, Printing]]:
    """A visitor on the page of an entry, and the printer of the visit, connected as the kiosk does it."""
    walker = Walker(house)
    printing = Printing(house, walker.session, house.settings.printer, longest_ms)
    try:
        for place in (HelpPlace(), ResourcePlace("alive")):
            walker.session.dispatch(Open(place))
        walker.settle()
        yield walker, printing
        settled(lambda: not at_work(printing))
    finally:
        walker.leave()
        printing.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def at_work(printing: Printing) -> bool:
    """Whether a program of the printer is not reaped yet; its timer stays."""
    return len(printing._process.children()) > 1
