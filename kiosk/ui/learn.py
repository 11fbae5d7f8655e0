"""The technician's screen that asks for each key of a keypad in turn. English only; no visitor sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.keypad import LEAST_CODE, MOST_CODE, Key
from kiosk.settings import DEFAULT_BRAND
from kiosk.ui.colours import colours_for
from kiosk.ui.run import make_application
from kiosk.ui.theme import HEADING_LINE, TEXT_LINE, Panel, Theme
from kiosk.ui.widgets.brush import painter_for
from kiosk.ui.widgets.text import TextBlock
from kiosk.visit.visit import Look, TextSize

LABELS: Final[Mapping[Key, str]] = {
    Key.UP: "Up",
    Key.DOWN: "Down",
    Key.LEFT: "Left",
    Key.RIGHT: "Right",
    Key.SELECT: "Select",
    Key.HIDE: "Hide",
    Key.BACK: "Back",
    Key.LISTEN: "Listen (or plug the headset in)",
    Key.REPEAT: "Say again",
    Key.PAUSE: "Pause and go on",
    Key.LOUDER: "Louder",
    Key.SOFTER: "Softer",
    Key.FASTER: "Faster",
    Key.SLOWER: "Slower",
}
HOW: Final = "Touch the screen to skip a key that is not there. Escape ends without writing."


class Lesson(QWidget):
    """Asks for one key after the other. `codes` holds what was pressed; `is_done` is False after Escape."""

    def __init__(self, size: QSize) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("Keys")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(size)
        self.codes: dict[Key, int] = {}
        self.is_done = False
        self._asked = list(Key)
        self._told = "Each key once, one after the other."

    @property
    def question(self) -> str:
        """What is asked now."""
        return f"Press the key for {LABELS[self._asked[0]]}." if self._asked else "Done."

    @property
    def told(self) -> str:
        """What came of the last key."""
        return self._told

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: ARG002, N802
        """Tab is a key like any other."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key, or say why not."""
        if event.isAutoRepeat() or not self._asked:
            return
        if event.key() == Qt.Key.Key_Escape:
            self._end()
            return
        code = event.nativeScanCode()
        taken = next((key for key, known in self.codes.items() if known == code), None)
        if not LEAST_CODE <= code <= MOST_CODE:
            self._told = f"This key has the code {code}, which cannot be used. Press another, or skip."
        elif taken:
            self._told = f"This key is already {LABELS[taken]}. Press another, or skip."
        else:
            self.codes[self._asked[0]] = code
            self._go_on(f"{LABELS[self._asked[0]]} has the code {code}.")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """Skip a key that the keypad does not have."""
        if self._asked:
            self._go_on(f"{LABELS[self._asked[0]]} is skipped.")

    def _go_on(self, told: str) -> None:
        self._told = told
        self._asked.pop(0)
        self.update()
        if not self._asked:
            self.is_done = True
            self._end()

    def _end(self) -> None:
        self.close()
        QApplication.exit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the question on top and what is known below."""
        panel = Panel.measured(self.width(), self.height(), None)
        theme = Theme(panel, TextSize.NORMAL, Look.DEFAULT, colours_for(Look.DEFAULT, DEFAULT_BRAND))
        c, margin = theme.colours, theme.margin
        width = self.width() - 2 * margin
        painter = painter_for(self)
        painter.fillRect(self.rect(), c.paper)
        asks = TextBlock(self.question, theme.title, HEADING_LINE)
        told = TextBlock(self._told, theme.text, TEXT_LINE)
        head = asks.height(width) + told.height(width) + 3 * margin
        painter.fillRect(0, 0, self.width(), head, c.brand)
        asks.draw(painter, QRectF(margin, margin, width, 0), c.on_brand)
        told.draw(painter, QRectF(margin, 2 * margin + asks.height(width), width, 0), c.on_brand)
        top = head + margin
        room = (self.height() - top - margin) / (len(Key) + 1)
        small = _fitting(theme.text, room)
        for key in Key:
            ink = c.ink if key in self.codes else c.soft
            TextBlock(LABELS[key], small, TEXT_LINE).draw(painter, QRectF(margin, top, width / 2, 0), ink)
            code = TextBlock(self._state(key), small, TEXT_LINE)
            code.draw(painter, QRectF(margin + width / 2, top, width / 2, 0), ink)
            top += round(min(room, 1.4 * TEXT_LINE * small.pixelSize()))
        TextBlock(HOW, small, TEXT_LINE).draw(painter, QRectF(margin, top, width, 0), c.ink)
        painter.end()

    def _state(self, key: Key) -> str:
        if key in self.codes:
            return str(self.codes[key])
        return "..." if key in self._asked else "skipped"


def _fitting(font: QFont, room: float) -> QFont:
    smaller = QFont(font)
    smaller.setPixelSize(max(8, min(font.pixelSize(), int(room / TEXT_LINE))))
    return smaller


def learn(window_size: tuple[int, int] | None) -> dict[Key, int] | None:
    """Show the screen until all keys are asked for; return what was pressed, None after Escape."""
    application = make_application()
    screen = QGuiApplication.primaryScreen()
    lesson = Lesson(QSize(*window_size) if window_size else screen.geometry().size())
    if window_size:
        lesson.show()
    else:
        lesson.setGeometry(screen.geometry())
        lesson.showFullScreen()
        lesson.setGeometry(screen.geometry())
    lesson.activateWindow()
    application.exec()
    return lesson.codes if lesson.is_done else None
