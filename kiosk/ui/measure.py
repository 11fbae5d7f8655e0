"""The technician's screen that measures the panel with a bank card. English only; no visitor sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QWidget

from kiosk.settings import DEFAULT_BRAND
from kiosk.site_keys import site_key
from kiosk.ui.colours import colours_for
from kiosk.ui.measure_picture import CARD_MM, Mounted, draw_bank_card, draw_wall
from kiosk.ui.measure_words import HOW, TITLES, Stage, longest, told_of_card, told_of_height
from kiosk.ui.run import make_application
from kiosk.ui.theme import HEADING_LINE, TEXT_LINE, Panel, Theme
from kiosk.ui.widgets.brush import painter_for
from kiosk.ui.widgets.buttons import ActionButton
from kiosk.ui.widgets.text import TextBlock
from kiosk.visit.actions import Hide
from kiosk.visit.visit import Look, TextSize

Size = tuple[int, int]
WIDTH: Final = site_key("panel", "width_mm")
LOWER: Final = site_key("panel", "lower_edge_mm")
USUAL_LOWER_MM: Final = 740
CARD_STEPS: Final = (-10, -1, 1, 10)
HEIGHT_STEPS: Final = (-100, -10, -1, 1, 10, 100)
LEAST_SHORT_SIDE_MM: Final = 210
"""A smaller panel is laid out as if it had this: a technician stands close, and everything must fit."""
ARROWS: Final[Mapping[int, int]] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: -10,
    Qt.Key.Key_Up: 10,
    Qt.Key.Key_PageDown: -100,
    Qt.Key.Key_PageUp: 100,
}
ON: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, in mm. `lower_edge_mm` is None where it was left as it is."""

    width_mm: float
    lower_edge_mm: int | None


class Measure(QWidget):
    """Asks for the card, then for the height. `measured` is None until both are done.

    `says_mm` is what the panel says of its size, as it is mounted; `lower_mm` is what the site file has.
    """

    def __init__(self, size: QSize, says_mm: Size | None = None, lower_mm: float | None = None) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("Measure")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(size)
        self._says_mm = says_mm[0] if says_mm else None
        panel = Panel.measured(size.width(), size.height(), self._says_mm)
        card_px = round(CARD_MM[0] * panel.px_per_mm)
        fitting = min(size.width(), size.height()) / LEAST_SHORT_SIDE_MM
        panel = Panel(size.width(), size.height(), min(panel.px_per_mm, fitting))
        self.theme = Theme(panel, TextSize.NORMAL, Look.DEFAULT, colours_for(Look.DEFAULT, DEFAULT_BRAND))
        self.stage = Stage.CARD
        self.card_px = 0
        lower = USUAL_LOWER_MM if lower_mm is None else lower_mm
        self.lower_mm = round(max(LOWER.low, min(LOWER.high, lower)))
        self.measured: Measured | None = None
        self._held: tuple[float, int] | None = None
        self._steps = {Stage.CARD: self._row(CARD_STEPS), Stage.HEIGHT: self._row(HEIGHT_STEPS)}
        self._fits = self._button("check", "The card fits", main=True)
        self._write = self._button("check", "Write it", main=True)
        self._skip = self._button("", "Leave as it is")
        self._back = self._button("back", "Back")
        self._fits.clicked.connect(self.go_on)
        self._write.clicked.connect(self.go_on)
        self._skip.clicked.connect(self.leave)
        self._back.clicked.connect(self.go_back)
        self._take(card_px)
        self._left = (size.width() - self.card_px) / 2
        self._show_stage()

    @property
    def width_mm(self) -> float:
        """Return the width of the panel that follows from the card."""
        return round(CARD_MM[0] * self.width() / self.card_px, 1)

    @property
    def told(self) -> str:
        """Return what is known so far."""
        if self.stage is Stage.HEIGHT:
            return told_of_height(self.lower_mm)
        return told_of_card(self.width_mm, self._says_mm)

    @Slot(int)
    def step(self, by: int) -> None:
        """Move the right line by px, or the height by mm; both stay within what a site file may say."""
        if self.stage is Stage.CARD:
            self._take(self.card_px + by)
        else:
            self.lower_mm = min(LOWER.high, max(LOWER.low, self.lower_mm + by))
        self.update()

    @Slot()
    def go_on(self) -> None:
        """Take the answer; after the second one the screen ends."""
        if self.stage is Stage.CARD:
            self.stage = Stage.HEIGHT
            self._show_stage()
        else:
            self._finish(self.lower_mm)

    @Slot()
    def leave(self) -> None:
        """Write the width only."""
        if self.stage is Stage.HEIGHT:
            self._finish(None)

    @Slot()
    def go_back(self) -> None:
        """Ask for the card again."""
        self.stage = Stage.CARD
        self._show_stage()

    def _take(self, card_px: float) -> None:
        least = -(-CARD_MM[0] * self.width() // WIDTH.high)
        most = min(CARD_MM[0] * self.width() // WIDTH.low, self.width() - 2 * self.theme.margin)
        self.card_px = round(max(least, min(most, card_px)))

    def _finish(self, lower_mm: int | None) -> None:
        self.measured = Measured(self.width_mm, lower_mm)
        self._end()

    def _end(self) -> None:
        self.close()
        QApplication.exit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows change, Enter goes on, Backspace goes back, Delete leaves, Escape ends."""
        key = event.key()
        if key in ARROWS:
            self.step(ARROWS[key])
        elif event.isAutoRepeat():
            return
        elif key == Qt.Key.Key_Escape:
            self._end()
        elif key in ON:
            self.go_on()
        elif key == Qt.Key.Key_Backspace:
            self.go_back()
        elif key == Qt.Key.Key_Delete:
            self.leave()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the right line: a finger anywhere beside the buttons moves it by how far it goes."""
        if self.stage is Stage.CARD:
            self._held = (event.position().x(), self.card_px)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the line with the finger."""
        if self._held:
            began, card_px = self._held
            self._take(card_px + event.position().x() - began)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """Let the line go."""
        self._held = None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        """Put the buttons in their place again."""
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the question, and what it is about."""
        painter = painter_for(self)
        painter.fillRect(self.rect(), self.theme.colours.paper)
        self._draw_head(painter)
        area = self._area()
        if self.stage is Stage.CARD:
            height = self.card_px * CARD_MM[1] / CARD_MM[0]
            top = area.top() + max(self.theme.gap * 2, (area.height() - height) / 2)
            left = round(min(self._left, area.right() - self.card_px))
            draw_bank_card(painter, self.theme, area, QRectF(left, top, self.card_px, height))
        else:
            high = self.width_mm * self.height() / self.width()
            draw_wall(painter, self.theme, area, Mounted(self.width_mm, high, self.lower_mm))
        painter.end()

    def _draw_head(self, painter: QPainter) -> None:
        c, margin, width = self.theme.colours, self.theme.margin, self.width() - 2 * self.theme.margin
        painter.fillRect(0, 0, self.width(), self._head(), c.brand)
        top = margin
        for block in self._words():
            block.draw(painter, QRectF(margin, top, width, 0), c.on_brand)
            top += block.height(width) + self.theme.gap

    def _words(self) -> tuple[TextBlock, ...]:
        theme = self.theme
        return (
            TextBlock(TITLES[self.stage], theme.title, HEADING_LINE),
            TextBlock(HOW[self.stage], theme.text, TEXT_LINE),
            TextBlock(self.told, theme.strong, TEXT_LINE),
        )

    def _head(self) -> int:
        """Return the height of the band: room for two lines of what is told, so that nothing jumps."""
        width = self.width() - 2 * self.theme.margin
        words = self._words()
        told = TextBlock(longest(self.stage, self._says_mm), self.theme.strong, TEXT_LINE).height(width)
        return sum(block.height(width) + self.theme.gap for block in words[:2]) + told + 2 * self.theme.margin

    def _area(self) -> QRectF:
        margin = self.theme.margin
        top = self._head() + margin
        return QRectF(margin, top, self.width() - 2 * margin, max(1, self._row_tops()[0] - margin - top))

    def _row_tops(self) -> tuple[int, int]:
        last = self.height() - self.theme.margin - self.theme.control
        is_one_row = self.stage is Stage.CARD and not self.theme.panel.is_portrait
        return (last if is_one_row else last - self.theme.gap - self.theme.control), last

    def _show_stage(self) -> None:
        for stage, row in self._steps.items():
            for button in row:
                button.setVisible(stage is self.stage)
        is_second = self.stage is Stage.HEIGHT
        for button in (self._back, self._skip, self._write):
            button.setVisible(is_second)
        self._fits.setVisible(not is_second)
        self._place()
        self.update()

    def _place(self) -> None:
        steps, last = self._row_tops()
        row = (self._fits,) if self.stage is Stage.CARD else (self._back, self._skip, self._write)
        if steps == last:
            self._in_a_row((*self._steps[self.stage], *row), last)
        else:
            self._in_a_row(self._steps[self.stage], steps)
            self._in_a_row(row, last)

    def _in_a_row(self, buttons: Sequence[ActionButton], top: int) -> None:
        """Put buttons beside one another; the one that ends the question is twice as wide."""
        theme, left = self.theme, float(self.theme.margin)
        shares = [2 if button is self._fits else 1 for button in buttons]
        room = self.width() - 2 * theme.margin - theme.gap * (len(buttons) - 1)
        for button, share in zip(buttons, shares, strict=True):
            width = room * share / sum(shares)
            button.put(QRect(QPointF(left, top).toPoint(), QSize(round(width), theme.control)))
            left += width + theme.gap

    def _row(self, steps: Sequence[int]) -> tuple[ActionButton, ...]:
        group = QButtonGroup(self)
        buttons = []
        for number, by in enumerate(steps):
            button = self._button("", f"{by:+d}".replace("-", "\u2212"))
            group.addButton(button, number)
            buttons.append(button)
        group.idClicked.connect(self._on_step)
        return tuple(buttons)

    @Slot(int)
    def _on_step(self, number: int) -> None:
        self.step((CARD_STEPS if self.stage is Stage.CARD else HEIGHT_STEPS)[number])

    def _button(self, icon: str, label: str, *, main: bool = False) -> ActionButton:
        """Return a button whose `clicked` is heard here; its action belongs to visits and does nothing."""
        button = ActionButton(self.theme, icon, label, Hide(), main=main)
        button.setParent(self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the screen's
        return button


def measure(window_size: Size | None, says_mm: Size | None, lower_mm: float | None) -> Measured | None:
    """Ask until both answers are given; None after Escape or without a screen. `says_mm` is as built."""
    application = make_application()
    screen = QGuiApplication.primaryScreen()
    size = QSize(*window_size) if window_size else screen.geometry().size()
    if size.isEmpty():
        return None
    if says_mm and (size.width() > size.height()) != (says_mm[0] > says_mm[1]):
        says_mm = says_mm[::-1]
    asks = Measure(size, says_mm, lower_mm)
    if window_size:
        asks.show()
    else:
        asks.setGeometry(screen.geometry())
        asks.showFullScreen()
        asks.setGeometry(screen.geometry())
    asks.activateWindow()
    application.exec()
    return asks.measured
