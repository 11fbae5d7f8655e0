"""The steps of a guide: a number in a circle, a heading, a sentence; some lead to an entry."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from kiosk.ui.arrange import Piece
from kiosk.ui.icons import draw_icon
from kiosk.ui.theme import HEADING_LINE, Theme
from kiosk.ui.widgets.brush import Column, body, draw_card, from_lead, heading, painter_for
from kiosk.ui.widgets.cards import Card, Note
from kiosk.ui.widgets.tap import Tap
from kiosk.ui.widgets.text import TextBlock
from kiosk.ui.widgets.tiles import Tone
from kiosk.visit.actions import Action


class StepFace:
    """What a step looks like, whether it can be touched or not."""

    def __init__(self, theme: Theme, number: int | None, title: str, text: str) -> None:
        self._theme = theme
        c = theme.colours
        said = [body(theme, text, c.soft)] if text else []
        self._texts = Column([heading(theme, title, c.ink), *said], theme.mm(1))
        self._circle_px = theme.mm(14.0 if theme.is_roomy else 8.5) if number else 0
        self._number = TextBlock(str(number or ""), theme.step_number, HEADING_LINE, centred=True)

    def height(self, width: float) -> int:
        """Return the height in px at `width` px."""
        return max(self._circle_px, self._texts.height(width - self._lead()))

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the circle in the middle of the height and the texts beside it."""
        theme, c = self._theme, self._theme.colours
        if self._circle_px:
            top = rect.top() + (rect.height() - self._circle_px) / 2
            box = QRectF(rect.left(), top, self._circle_px, self._circle_px)
            box = from_lead(theme, rect, box)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.main)
            painter.drawEllipse(box)
            high = self._number.height(box.width())
            box.adjust(0, (box.height() - high) / 2, 0, 0)
            self._number.draw(painter, box, c.on_main)
        lead = self._lead()
        inner = QRectF(rect.left() + lead, rect.top(), rect.width() - lead, rect.height())
        high = self._texts.height(inner.width())
        inner.moveTop(rect.top() + max(0.0, (rect.height() - high) / 2))
        self._texts.draw(painter, from_lead(theme, rect, inner))

    def _lead(self) -> int:
        return self._circle_px + self._theme.mm(5 if self._theme.is_roomy else 2.5) if self._circle_px else 0


class StepCard(Card):
    """A step to read."""

    def __init__(self, theme: Theme, number: int | None, title: str, text: str) -> None:
        super().__init__(theme, f"{number or ''} {title}. {text}".strip(), grows=1.0)
        self._face_of_step = StepFace(theme, number, title, text)
        self._said = (number, title, text)
        self.tallest = theme.mm(74)

    def split(self, width: int, height: int) -> list[Piece]:
        """Return the step's title, then what it says."""
        number, title, text = self._said
        rest = Note(self.theme, text, tone=Tone.PLAIN).split(width, height)
        return [StepCard(self.theme, number, title, ""), *rest]

    def content_height(self, width: float) -> int:
        """Return the height in px of the step."""
        return self._face_of_step.height(width)

    def draw_content(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the step."""
        self._face_of_step.draw(painter, rect)


class StepTap(Tap):
    """A step that opens the entry it speaks of."""

    def __init__(self, theme: Theme, number: int | None, title: str, text: str, action: Action) -> None:
        super().__init__(theme, f"{number or ''} {title}".strip(), action, text)
        self._face_of_step = StepFace(theme, number, title, text)
        self._said = (number, title, text)
        self.tallest = theme.mm(74)

    def split(self, width: int, height: int) -> list[Piece]:
        """Return the step's title, which opens its entry, then what it says."""
        number, title, text = self._said
        rest = Note(self.theme, text, tone=Tone.PLAIN).split(width, height)
        return [StepTap(self.theme, number, title, "", self.action), *rest]

    def needed(self, width: int) -> int:
        """Return the least height in px."""
        inner = self._face_of_step.height(width - 2 * self.theme.padding - self._chevron_room())
        return max(self.theme.mm(20), inner + 2 * (self.theme.padding * 4 // 5))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the card, the step and the chevron."""
        theme, c, pad = self.theme, self.theme.colours, self.theme.padding
        rect = QRectF(self.rect())
        painter = painter_for(self)
        draw_card(painter, rect, self.fill(c.card), c.edge, self.edge_width(), theme.mm(4.5))
        inner = rect.adjusted(pad, pad * 0.8, -pad - self._chevron_room(), -pad * 0.8)
        self._face_of_step.draw(painter, from_lead(theme, rect, inner))
        size = theme.small_icon
        chevron = QRectF(rect.width() - pad - size, (rect.height() - size) / 2, size, size)
        name = "back" if theme.is_mirrored else "forward"
        draw_icon(painter, name, from_lead(theme, rect, chevron), c.ink)
        painter.end()

    def _chevron_room(self) -> int:
        return self.theme.small_icon + self.theme.mm(3)
