"""Whether this kiosk has a printer: everything of printing is loaded by `printing_in`, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.house import House
from kiosk.ui.session import Session

if TYPE_CHECKING:
    from kiosk.ui.printing import Printing


def printing_in(house: House, session: Session) -> Printing | None:
    """Return the printer of a visit. Call it when the window listens to the session already."""
    if house.settings.printer is None:
        return None
    from kiosk.ui.printing import Printing  # noqa: PLC0415 - no site pays for what it has off

    return Printing(house, session, house.settings.printer)
