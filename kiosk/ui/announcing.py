"""What tells assistive technology of pages, where a site lets it see the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kiosk.house import House

if TYPE_CHECKING:
    from kiosk.ui.assistive import Announcer


def announcer_in(house: House, window: QWidget) -> Announcer | None:
    """Return what announces the pages of a window, None where this is off."""
    if not house.settings.assistive_technology:
        return None
    from kiosk.ui.assistive import Announcer  # noqa: PLC0415 - no site pays for what it has off

    return Announcer(window)
