"""What was typed, in ordinary letters in one line: to be read by the visitor, not from across the room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel

from kiosk.ui.arrange import ANY_HEIGHT
from kiosk.ui.icons import draw_icon
from kiosk.ui.theme import TEXT_LINE, Theme
from kiosk.ui.widgets.brush import draw_card, from_lead, painter_for
from kiosk.ui.widgets.text import TextBlock


class TypedLine(QLabel):
    """A field with what was typed and a bar where the next letter comes, or `hint` while nothing was typed.

    `count` stands at its end. Of a long text the end is shown.
    """

    def __init__(self, theme: Theme, hint: str) -> None:
        super().__init__()
        self._theme = theme
        self._hint = hint
        self._typed = ""
        self._count = ""
        self.grows = 0.0
        self.tallest = ANY_HEIGHT
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.say("", "")

    def say(self, typed: str, count: str) -> None:
        """Show this from now on."""
        self._typed, self._count = typed, count
        self.setText(f"{typed or self._hint} {count}".strip())
        self.update()

    def needed(self, width: int) -> int:  # noqa: ARG002 - a piece like any other
        """Return the least height in px."""
        theme = self._theme
        return max(theme.control, self._block("x").height(1000.0) + theme.mm(2))

    def put(self, rect: QRect) -> None:
        """Take this place."""
        self.setGeometry(rect)

    def blocks(self) -> list[tuple[TextBlock, float]]:
        """Return the texts that are shown, each with the width in px that it has."""
        count = self._block(self._count, strong=True)
        aside = count.natural_width() + self._pad() if self._count else 0.0
        room = self.width() - 2 * self._pad() - self._icon_room() - aside
        main = self._fitting(room)
        return [(main, room), *([(count, aside)] if self._count else [])]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the field, what was typed, the bar, and the count."""
        theme, c, pad = self._theme, self._theme.colours, self._pad()
        rect = QRectF(self.rect())
        painter = painter_for(self)
        draw_card(painter, rect, c.card, c.line, max(1.0, theme.mm(0.5)), theme.mm(2.6))
        size = float(theme.mm(7))
        icon = QRectF(pad, (rect.height() - size) / 2, size, size)
        draw_icon(painter, "find", from_lead(theme, rect, icon), c.soft)
        (main, room), *rest = self.blocks()
        left, wide = pad + self._icon_room(), main.natural_width() + 1
        high = main.height(wide)
        box = QRectF(left, (rect.height() - high) / 2, min(wide, room), high)
        main.draw(painter, from_lead(theme, rect, box), c.ink if self._typed else c.soft)
        if self._typed:
            tall = main.font.pixelSize() * 1.1
            bar = QRectF(left + wide + theme.mm(0.6), (rect.height() - tall) / 2, max(2, theme.mm(0.5)), tall)
            painter.fillRect(from_lead(theme, rect, bar), c.ink)
        for count, aside in rest:
            high = count.height(aside)
            box = QRectF(
                rect.width() - pad - count.natural_width() - 1, (rect.height() - high) / 2, aside, high
            )
            count.draw(painter, from_lead(theme, rect, box), c.on_tint)
        painter.end()

    def _fitting(self, room: float) -> TextBlock:
        """Return the end of what was typed that fits; of the hint, its beginning."""
        whole = self._typed or self._hint
        block = self._block(whole)
        while block.natural_width() > room - self._theme.mm(2) and len(whole) > 1:
            whole = whole[1:] if self._typed else whole.rpartition(" ")[0] or whole[:-1]
            block = self._block(f"…{whole}" if self._typed else f"{whole} …")
        return block

    def _block(self, text: str, *, strong: bool = False) -> TextBlock:
        theme = self._theme
        return TextBlock(text, theme.strong if strong else theme.text, TEXT_LINE, direction=theme.direction)

    def _pad(self) -> int:
        return self._theme.mm(4 if self._theme.is_roomy else 3)

    def _icon_room(self) -> int:
        return self._theme.mm(7) + self._theme.mm(3)
