"""The accessible tree beyond what Qt makes of buttons and labels: headings, and what is announced.

Used only where the site lets programs such as a screen reader see the screen.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QLabel, QWidget

from kiosk.ui.widgets.banner import BannerText
from kiosk.ui.widgets.cards import Heading
from kiosk.ui.widgets.page import Page


def expose_headings() -> None:
    """Let headings have the role of one. Qt remembers this for the life of the process."""
    QAccessible.installFactory(_heading)


class Announcer:
    """Says to assistive technology which page is shown, at once when the visit is about to end."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        expose_headings()

    def show(self, page: Page, question: str) -> None:
        """Announce the title of a page, or the question that covers it."""
        event = QAccessibleAnnouncementEvent(self._window, question or page.banner.heading.text())
        if question:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def say(self, text: str) -> None:
        """Announce what changed on a page that stays."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, text))


class _HeadingInterface(QAccessibleWidget):
    def __init__(self, label: QLabel) -> None:
        super().__init__(label, QAccessible.Role.Heading, label.text())


def _heading(kind: str, thing: QObject) -> QAccessibleInterface | None:  # noqa: ARG001
    """Return the interface of a heading; None leaves a thing to Qt."""
    if isinstance(thing, BannerText | Heading) and thing.is_heading:
        thing.interface = _HeadingInterface(thing)  # Qt owns it; without this, Python would let it go
        return thing.interface
    return None
