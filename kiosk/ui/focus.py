"""Where the keys are on a page: on its heading when it is new, then on one control after the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.ui.widgets.focus_ring import FocusRing
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tap import Tap
from kiosk.visit.actions import Action, SetLanguage, SetLook, SetRate, SetSize, SetSpeech, SetVolume, Turn
from kiosk.visit.places import Place
from kiosk.visit.visit import Visit

CHANGES_ITSELF = (SetLanguage, SetSize, SetLook, SetSpeech, SetVolume, SetRate)
REASON = Qt.FocusReason.TabFocusReason


class Focus:
    """The ring of one window. It shows for somebody who uses keys only.

    With `always`, the heading of a new page has the focus for everybody: assistive technology follows it.
    """

    def __init__(self, window: QWidget, *, always: bool = False) -> None:
        self._window = window
        self._always = always
        self.ring = FocusRing(window)
        self._by_keys = False
        self._action: Action | None = None
        self._rank = 0  # which of the controls of its kind: of louder and softer both set the loudness
        self._trail: tuple[Place, ...] = ()

    def use(self, by_key: bool) -> None:
        """Know whether the visitor uses keys; the ring goes with a touch."""
        self._by_keys = by_key
        if not by_key:
            self.ring.hide()
            self._action = None

    def chosen(self, page: Page) -> Tap | None:
        """Return the control that the ring is around."""
        now = self._window.focusWidget()
        found = next((button for button in page.buttons() if button is now), None)
        return found if isinstance(found, Tap) and self.ring.isVisible() else None

    def move(self, page: Page, visit: Visit, by: int) -> Tap:
        """Go on by one control, in reading order, round and round; from the heading to the first."""
        buttons = page.buttons()
        now = self.chosen(page)
        start = buttons.index(now) if now else -1 if by > 0 else 0
        button = buttons[(start + by) % len(buttons)]
        self._stand_on(page, visit, button)
        return button

    def arrive(self, page: Page, visit: Visit) -> None:
        """Stand on the heading of a page, or on the control that was just used where it is still there."""
        self.ring.hide()
        if visit.asking:
            self._by_keys = False  # who answers tells anew; nobody may, and the next visitor begins without
            self._window.setFocus(REASON)
        elif self._by_keys and visit != Visit():
            self._stand_on(page, visit, self._same(page, visit))
        else:
            self._action = None
            self._by_keys = False
            (page.banner.heading if self._always else self._window).setFocus(REASON)

    def _same(self, page: Page, visit: Visit) -> Tap | None:
        action, taps = self._action, page.buttons()
        if visit.trail == self._trail or isinstance(action, Turn):
            for tap in taps:
                if tap.action == action and not isinstance(action, SetVolume | SetRate):
                    return tap
        if visit.trail == self._trail and isinstance(action, CHANGES_ITSELF):
            alike = [tap for tap in taps if type(tap.action) is type(action)]
            return alike[min(self._rank, len(alike) - 1)] if alike else None
        return None

    def _stand_on(self, page: Page, visit: Visit, tap: Tap | None) -> None:
        """Put focus and ring on a control; None is the heading."""
        self._action, self._trail = tap.action if tap else None, visit.trail
        if tap:
            alike = [each for each in page.buttons() if type(each.action) is type(tap.action)]
            self._rank = alike.index(tap) if tap in alike else 0
        widget = tap or page.banner.heading
        shape = tap.rect() if tap else page.banner.heading.inked()
        widget.setFocus(REASON)
        theme = page.banner.theme
        self.ring.surround(widget, shape, tap.corner() if tap else theme.mm(1), theme, page)
