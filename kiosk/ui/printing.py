"""What the printer hears of a visit: the slip that was asked for, and that the lobby is back.

Loaded only where the site has a printer. When the lobby is back nothing of the visit may be printed any more.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, Slot

from kiosk.fittings import Printer
from kiosk.house import House
from kiosk.slip.command import emptying, printing, surroundings
from kiosk.slip.slip import Slip, entry_slip, shared_slip
from kiosk.takeaway.payload import choices_of
from kiosk.ui.printer import LONGEST_MS, PrinterProcess
from kiosk.ui.run import limits_of
from kiosk.ui.session import Session
from kiosk.ui.slip_picture import slip_picture
from kiosk.visit.actions import PrintFails
from kiosk.visit.places import MyCodePlace, MyNumbersPlace, ResourcePlace, TakePlace
from kiosk.visit.visit import Paper, Visit


class Printing(QObject):
    """Connected after the window, so that a Hide covers first and stops the printer then."""

    def __init__(
        self, house: House, session: Session, printer: Printer, longest_ms: int = LONGEST_MS
    ) -> None:
        super().__init__()
        self._house = house
        self._session = session
        self._printer = printer
        self._process = PrinterProcess(surroundings(printer, os.environ), longest_ms, self)
        self._process.failed.connect(self._on_failed)
        self._at_rest = (Visit(), Visit(trail=limits_of(house.settings).start))
        self._before = Paper.NONE
        self._used = False
        session.changed.connect(self._on_changed)

    @property
    def process_id(self) -> int:
        """The process that prints now; 0 for none."""
        return self._process.process_id

    @Slot()
    def empty(self) -> None:
        """Let nothing be printed that is not on paper yet, whoever asked for it, even if this visit ends."""
        self._used = False
        self._process.stop()
        self._process.leave(emptying(self._printer))

    @Slot()
    def _on_changed(self) -> None:
        visit = self._session.visit
        before, self._before = self._before, visit.paper
        if visit.paper is Paper.COMING and before is not Paper.COMING:
            self._print(visit)
        elif self._used and visit in self._at_rest:
            self.empty()

    def _print(self, visit: Visit) -> None:
        slip = slip_of(visit, self._house)
        if slip is None:
            return
        first, self._used = not self._used, True
        picture = slip_picture(slip, self._printer.width)
        self._process.run(printing(self._printer, picture, is_first=first))

    @Slot()
    def _on_failed(self) -> None:
        """Say so on the page, and let nothing come out later."""
        self.empty()
        self._session.dispatch(PrintFails())


def slip_of(visit: Visit, house: House) -> Slip | None:
    """Return the slip of the page a visitor is on; None for a page without one."""
    words = house.words[visit.language or house.default_language]
    today = house.today(house.when())
    services = house.shown(today).services
    place = visit.place
    if isinstance(place, ResourcePlace | TakePlace) and place.service in services:
        choices = choices_of(services[place.service])
        shown = min(place.choice, len(choices) - 1)
        return entry_slip(services[place.service], choices[shown], words, today) if choices else None
    if isinstance(place, MyNumbersPlace | MyCodePlace):
        kept = [services[id_] for id_ in visit.kept if id_ in services]
        return shared_slip(kept, words, today) if kept else None
    return None
