"""The top of every page: way back, controls, title and lead, on the site's colour with its motif."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.later import dataclass
from kiosk.ui.theme import HEADING_LINE, TEXT_LINE, Theme, capital_ratio
from kiosk.ui.widgets.brush import draw_ground, from_lead, painter_for
from kiosk.ui.widgets.buttons import Pill
from kiosk.ui.widgets.text import TextBlock
from kiosk.visit.actions import Action

LEAST_TITLE_MM = 4.8  # 508 402.4: what must be read is no smaller


@dataclass(frozen=True)
class Control:
    """One control of the banner; `short` replaces `label` where there is little room."""

    icon: str
    label: str
    name: str
    action: Action
    short: str = ""


class BannerText(QLabel):
    """A text of the banner, painted by it; a label so that a screen reader finds it. A title is a heading.

    `interface` is kept here for `kiosk.ui.assistive`.
    """

    def __init__(self, parent: QWidget, block: TextBlock, theme: Theme, kind: str) -> None:
        super().__init__(parent)
        self.block = block
        self.is_heading = kind == "title"
        self.interface: object = None
        self._theme = theme
        self._ink = theme.colours.on_brand
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(block.text)
        if self.is_heading:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a new page is read from here

    def inked(self) -> QRect:
        """Return the part of it where letters stand."""
        width = min(self.width(), math.ceil(self.block.natural_width()) + 1)
        rect = QRectF(0, 0, width, self.height())
        return from_lead(self._theme, QRectF(self.rect()), rect).toRect()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the text."""
        painter = painter_for(self)
        self.block.draw(painter, QRectF(self.rect()), self._ink)
        painter.end()


class Banner(QWidget):
    """Back or the site's name, controls, title, lead. On low panels all of it stands in one row.

    Where the panel reaches higher than everybody can, the controls stand below the texts.
    """

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        back: Control | None,
        controls: Sequence[Control],
        title: str,
        lead: str,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.is_low = theme.is_low
        self._title = self._text(title if not (self.is_low and not back) else name, theme, "title")
        self._name = self._text(name, theme, "strong") if not back and not self.is_low else None
        self._lead = self._text(lead, theme, "text") if lead and not self.is_low else None
        self._back, self._controls = back, tuple(controls)
        self._pills: list[Pill] = []
        self._back_pill: Pill | None = None

    @property
    def heading(self) -> BannerText:
        """The title of the page."""
        return self._title

    def texts(self) -> list[str]:
        """Return what stands in it to be read, the title first."""
        return [part.text() for part in (self._title, self._name, self._lead) if part]

    def needed(self, width: int) -> int:
        """Build the controls for `width` px and return the height in px."""
        self._fit(width)
        if not self.theme.is_roomy:
            low = self.theme.is_low
            self._shrink_title(self._title_room(width) if low else width - 2 * self.theme.margin)
        theme = self.theme
        pad = _pad(theme)
        if self.is_low:
            return max(theme.control, self._title.block.height(self._title_room(width))) + 2 * pad
        height = theme.control + self._title_height(width)
        if theme.panel.reach_top:
            named = self._name.block.height(width - 2 * theme.margin) + theme.gap if self._name else 0
            above = max(theme.panel.reach_top, height - theme.control + named + 2 * pad)
            return above + theme.control + pad
        between = theme.mm(10.0 if theme.panel.is_portrait and theme.is_roomy else 4.0)
        return height + between + 2 * pad

    def _title_height(self, width: int) -> int:
        """Return the height in px of title and lead."""
        inner = width - 2 * self.theme.margin
        lead = self._lead.block.height(inner) + self.theme.mm(1) if self._lead else 0
        return self._title.block.height(inner) + lead

    def put(self, rect: QRect) -> None:
        """Take this place and arrange what is inside."""
        self.setGeometry(rect)
        theme, pad = self.theme, _pad(self.theme)
        if self.is_low:
            top = (rect.height() - theme.control) // 2
            left, right = self._put_controls(rect, top)
            height = self._title.block.height(right - left)
            self._place(self._title, left, (rect.height() - height) // 2, right - left, height)
        elif theme.panel.reach_top:
            top = rect.height() - pad - theme.control
            self._put_controls(rect, top)
            if self._name:
                inner = rect.width() - 2 * theme.margin
                self._place(self._name, theme.margin, pad, inner, self._name.block.height(inner))
            self._put_texts(rect, top - pad)
        else:
            left, right = self._put_controls(rect, pad)
            if self._name:
                height = self._name.block.height(right - left)
                above = pad + (theme.control - height) // 2
                self._place(self._name, left, above, right - left, height)
            self._put_texts(rect, rect.height() - pad)

    def _put_controls(self, rect: QRect, top: int) -> tuple[int, int]:
        """Arrange the controls in one row and return where the room between them begins and ends."""
        theme = self.theme
        left = theme.margin
        if self._back_pill:
            self._place(self._back_pill, left, top, self._back_pill.natural_width(), theme.control)
            left += self._back_pill.natural_width() + theme.gap
        right = rect.width() - theme.margin
        for pill in reversed(self._pills):
            right -= pill.natural_width()
            self._place(pill, right, top, pill.natural_width(), theme.control)
            right -= theme.gap
        return left, right

    def _put_texts(self, rect: QRect, bottom: int) -> None:
        """Arrange the lead, and the title above it, over `bottom`."""
        theme = self.theme
        inner = rect.width() - 2 * theme.margin
        if self._lead:
            height = self._lead.block.height(inner)
            bottom -= height
            self._place(self._lead, theme.margin, bottom, inner, height)
            bottom -= theme.mm(1)
        height = self._title.block.height(inner)
        self._place(self._title, theme.margin, bottom - height, inner, height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the ground and the motif."""
        painter = painter_for(self)
        c = self.theme.colours
        draw_ground(painter, self.rect(), c.brand)
        if c.motif not in (c.brand, c.on_brand):
            self._paint_motif(painter)
        if c.brand == c.paper:
            line = self.theme.mm(0.5)
            draw_ground(painter, QRect(0, self.height() - line, self.width(), line), c.line)
        painter.end()

    def _paint_motif(self, painter: QPainter) -> None:
        """Draw the site's motif: an arch standing on the lower edge, or rings around its corner."""
        theme = self.theme
        if theme.motif == "none" or self.is_low:
            return
        painter.setPen(QPen(theme.colours.motif, theme.mm(1.6)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        height = float(self.height())
        for step in (1.28, 1.0, 0.7):
            if theme.motif == "arch":
                wide, high = height * step * 1.15, height * step
                left = self.width() * 0.66 - wide / 2
                box = QRectF(left, height - high, wide, 2 * high)
                box = from_lead(theme, QRectF(self.rect()), box)
                painter.drawArc(box, 0, 180 * 16)
            else:
                painter.drawEllipse(QPointF(self.width() * 0.82, height * 0.5), height * step, height * step)

    def _text(self, text: str, theme: Theme, kind: str) -> BannerText:
        fonts = {"title": theme.title, "strong": theme.control_label, "text": theme.text}
        line = TEXT_LINE if kind == "text" else HEADING_LINE
        return BannerText(self, TextBlock(text, fonts[kind], line, direction=theme.direction), theme, kind)

    def _fit(self, width: int) -> None:
        """Build the controls with their labels; with short ones where the row would be too wide."""
        if self._pills or self._back_pill:
            return
        for shortness in range(4):
            for pill in self._all_pills():
                pill.setParent(None)
            self._back_pill = self._pill(self._back, shortness) if self._back else None
            self._pills = [self._pill(control, shortness) for control in self._controls]
            if self._room_left(width) >= self._least_room(width):
                break
        beside = self._name and not self.theme.panel.reach_top
        if self._name and beside and self._name.block.height(self._title_room(width)) > self.theme.control:
            # No room beside the controls: the site's name takes the place of the welcome.
            self._title.setParent(None)
            self._title = self._text(self._name.text(), self.theme, "title")
            self._name.setParent(None)
            self._name = None

    def _least_room(self, width: int) -> float:
        """Return the width in px that the text beside the controls needs."""
        if self._name and not self.theme.panel.reach_top:
            return self._name.block.widest_word() * 1.05
        return max(self._title.block.widest_word() * 1.05, width * 0.3) if self.is_low else 0.0

    def _shrink_title(self, room: int) -> None:
        """Give a long title of a small panel a smaller size until it stands on two lines."""
        block = self._title.block
        least = LEAST_TITLE_MM * self.theme.panel.px_per_mm / capital_ratio()
        for shrink in (0.93, 0.86, 0.74, 0.64):
            if block.height(room) <= 2.5 * HEADING_LINE * block.font.pixelSize():
                break
            font = QFont(self.theme.title)
            font.setPixelSize(max(math.ceil(least), round(font.pixelSize() * shrink)))
            block = TextBlock(block.text, font, HEADING_LINE, direction=self.theme.direction)
        self._title.block = block

    def _pill(self, control: Control, shortness: int) -> Pill:
        """Return a control: with its label, a short one, that without an icon, or the least of it."""
        label = control.short if shortness else control.label
        label = label.removesuffix(" \u2026") if shortness == 3 else label
        icon = "" if shortness >= 2 and label else control.icon
        name = control.name if label.casefold() in control.name.casefold() else f"{control.name} {label}"
        pill = Pill(self.theme, icon, label, name, control.action)
        pill.setParent(self)
        pill.chosen.connect(self.chosen)
        return pill

    def _all_pills(self) -> list[Pill]:
        return [*([self._back_pill] if self._back_pill else []), *self._pills]

    def _room_left(self, width: int) -> int:
        """Return the width in px that back and controls leave; below 0, they do not fit."""
        used = sum(pill.natural_width() + self.theme.gap for pill in self._all_pills())
        return width - 2 * self.theme.margin - used

    def _title_room(self, width: int) -> int:
        return max(1, self._room_left(width))

    def _place(self, widget: QWidget, left: int, top: int, width: int, height: int) -> None:
        rect = QRectF(left, top, width, height)
        widget.setGeometry(from_lead(self.theme, QRectF(self.rect()), rect).toRect())


def _pad(theme: Theme) -> int:
    """Return the space above and below in px."""
    return theme.mm(7.0 if theme.is_roomy else 1.8 if theme.is_low else 3.0)
