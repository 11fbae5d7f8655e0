"""A page: a banner, pieces in their places, and one signal for whatever was chosen. It keeps nothing."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.arrange import Piece
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.banner import Banner
from kiosk.ui.widgets.brush import draw_ground
from kiosk.ui.widgets.buttons import Strip
from kiosk.ui.widgets.changing import Changing
from kiosk.ui.widgets.code_view import CodeView
from kiosk.ui.widgets.surface import widgets_of
from kiosk.ui.widgets.tap import Tap
from kiosk.visit.visit import Visit


class Live(Protocol):
    """What lets a page show some further visits itself, without being made anew."""

    def can_show(self, visit: Visit) -> bool:
        """Return True for a visit that differs only in what this changes on the page."""
        ...

    def show(self, visit: Visit) -> list[str]:
        """Change the page to this visit, and return what somebody who listens hears of it."""
        ...


class Page(QWidget):
    """What one place looks like in one scene. `chosen` carries an Action."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, banner: Banner, body: Piece, area: QRect, strip: Strip) -> None:
        super().__init__()
        self.paper = theme.colours.paper
        self.part_count = 1
        self.live: Live | None = None
        self._strip = strip
        self.banner = banner
        self.setLayoutDirection(theme.direction)
        self.setFixedSize(theme.panel.width, theme.panel.height)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        banner.setParent(self)
        banner.chosen.connect(self.chosen)
        banner.put(QRect(0, 0, theme.panel.width, area.top() - self.top_gap(theme)))
        for widget in widgets_of([body]):
            widget.setParent(self)
            if isinstance(widget, Tap | Changing):
                widget.chosen.connect(self.chosen)
        body.put(area)
        strip.setParent(self)
        strip.setGeometry(self.strip_rect())
        strip.chosen.connect(self.chosen)

    def strip_rect(self) -> QRect:
        """Return the place of the strip: the same on every page of a panel."""
        height = self._strip.theme.strip_height
        return QRect(0, self.height() - height, self.width(), height)

    def can_show(self, visit: Visit) -> bool:
        """Return True when this page can be changed to that visit."""
        return self.live is not None and self.live.can_show(visit)

    @property
    def shows_code(self) -> bool:
        """True with a code on it: such a page is covered sooner when nobody touches it."""
        return self.findChild(CodeView) is not None

    def buttons(self) -> list[Tap]:
        """Return everything that can be chosen, in reading order, the strip last."""
        found = [b for b in self.findChildren(Tap) if b is not self._strip]
        inside_banner = [b for b in found if isinstance(b.parent(), Banner)]
        rest = [b for b in found if b not in inside_banner]
        return [*inside_banner, *rest, self._strip]

    @staticmethod
    def top_gap(theme: Theme) -> int:
        """Return the space in px between banner and content."""
        return theme.mm(7.0 if theme.is_roomy else 2.5 if theme.is_low else 3.5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paper."""
        painter = QPainter(self)
        draw_ground(painter, event.rect(), self.paper)
        painter.end()
