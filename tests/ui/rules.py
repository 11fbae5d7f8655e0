"""The rules with numbers, measured on a page. Each returns sentences; a good page returns none."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.ui.theme import CAPITALS_MM, Panel
from kiosk.ui.widgets.banner import Banner, BannerText
from kiosk.ui.widgets.brush import Badge, Column
from kiosk.ui.widgets.buttons import ActionButton, Pill, Strip
from kiosk.ui.widgets.cards import Facts, Heading, Note
from kiosk.ui.widgets.changing import Changing
from kiosk.ui.widgets.code_view import CodeView
from kiosk.ui.widgets.keyboard import KeyCap
from kiosk.ui.widgets.numbers import NumberCard
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.payload import PayloadText
from kiosk.ui.widgets.poster import Poster
from kiosk.ui.widgets.steps import StepCard, StepTap
from kiosk.ui.widgets.still_here import StillHere
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.tap import Tap
from kiosk.ui.widgets.text import TextBlock
from kiosk.ui.widgets.tiles import Row, Tile
from kiosk.ui.widgets.typed import TypedLine
from kiosk.visit.visit import TextSize

LEAST_GAP_MM = 3.0
LEAST_TARGET_MM = 12.7
LEAST_TILE_MM = 20.0
LEAST_STRIP_MM = 20.0
FREE_ABOVE_STRIP_MM = 2.0
MOST_ROWS = 5
LEAST_PRINT_MM = 4.8  # Section 508, 402.4: the floor below every other size
PX = 1.0  # what rounding to whole pixels may cost
ONE_LINE = (Pill, Strip)  # their labels never wrap

Text = tuple[TextBlock, float]


def faults_of(page: Page, panel: Panel, size: TextSize) -> list[str]:
    """Everything on this page that breaks a rule, as "rule: what, measured"."""
    found: list[str] = []
    for rule in (_places, _strip, _gaps, _targets, _names, _rows, _overlaps, _heights, _words, _codes):
        found += [f"{rule.__name__.strip('_')}: {fault}" for fault in rule(page, panel)]
    found += [f"capitals: {fault}" for fault in _capitals(page, panel, size)]
    return found


def strip_of(page: Page) -> Strip:
    return page.findChild(Strip)


def rect_of(widget: QWidget, page: Page) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def said(widget: QWidget) -> str:
    text = widget.accessibleName() or (widget.text() if isinstance(widget, QLabel) else "")
    return f"{type(widget).__name__} {text[:32]!r}"


def _mm(px: float, panel: Panel) -> str:
    return f"{px / panel.px_per_mm:.1f} mm"


def _taps(page: Page) -> list[Tap]:
    return [tap for tap in page.findChildren(Tap) if not isinstance(tap, Strip)]


def _places(page: Page, panel: Panel) -> Iterator[str]:
    """Nothing lies outside the page, on the strip, or right above it; nothing was left without a place."""
    strip = strip_of(page)
    limit = rect_of(strip, page).top() - FREE_ABOVE_STRIP_MM * panel.px_per_mm + PX
    for widget in page.findChildren(QWidget):
        rect = rect_of(widget, page)
        if not page.rect().contains(rect):
            yield f"{said(widget)} outside the page: {rect.getRect()} in {page.width()}x{page.height()}"
        if widget is not strip and rect.top() + rect.height() > limit:
            yield f"{said(widget)} ends {_mm(rect.top() + rect.height() - limit, panel)} too low"


def _strip(page: Page, panel: Panel) -> Iterator[str]:
    strip = strip_of(page)
    rect = rect_of(strip, page)
    if rect != page.strip_rect() or rect.width() != page.width() or rect.bottom() != page.height() - 1:
        yield f"not at the bottom edge in full width: {rect.getRect()}"
    if rect.height() < LEAST_STRIP_MM * panel.px_per_mm - PX:
        yield f"only {_mm(rect.height(), panel)} high"


def _gaps(page: Page, panel: Panel) -> Iterator[str]:
    least = LEAST_GAP_MM * panel.px_per_mm - PX
    for one, two in combinations(_taps(page), 2):
        a, b = rect_of(one, page), rect_of(two, page)
        across = max(a.left(), b.left()) - min(a.left() + a.width(), b.left() + b.width())
        down = max(a.top(), b.top()) - min(a.top() + a.height(), b.top() + b.height())
        apart = math.hypot(max(0, across), max(0, down))
        if apart < least:
            yield f"{said(one)} and {said(two)} {_mm(apart, panel)} apart"


def _targets(page: Page, panel: Panel) -> Iterator[str]:
    for tap in _taps(page):
        least = LEAST_TILE_MM if isinstance(tap, Tile | Row | StepTap) else LEAST_TARGET_MM
        if tap.height() < least * panel.px_per_mm - PX:
            yield f"{said(tap)} {_mm(tap.height(), panel)} high, not {least}"
        if tap.width() < least * panel.px_per_mm - PX:
            yield f"{said(tap)} {_mm(tap.width(), panel)} wide, not {least}"


def _names(page: Page, panel: Panel) -> Iterator[str]:
    for tap in page.findChildren(Tap):
        if not tap.accessibleName().strip() or not tap.text().strip():
            yield f"{type(tap).__name__} at {rect_of(tap, page).getRect()} has no name"
    for label in page.findChildren(QLabel):
        if not label.text().strip():
            yield f"{type(label).__name__} at {rect_of(label, page).getRect()} says nothing"


def _rows(page: Page, panel: Panel) -> Iterator[str]:
    count = len(page.findChildren(Row))
    if count > MOST_ROWS:
        yield f"{count} entries on one page"


def _overlaps(page: Page, panel: Panel) -> Iterator[str]:
    """No two things cover one another, but for what is made to hold others."""
    holders = (Banner, Surface, StillHere, Changing)
    leaves = [w for w in page.findChildren(QWidget) if not isinstance(w, holders)]
    for one, two in combinations(leaves, 2):
        a, b = rect_of(one, page), rect_of(two, page)
        if a.intersects(b):
            both = a.intersected(b)
            yield f"{said(one)} and {said(two)} by {both.width()}x{both.height()} px"
    for banner in page.findChildren(Banner):
        for leaf in leaves:
            if leaf.parent() is page and rect_of(leaf, page).intersects(rect_of(banner, page)):
                yield f"{said(leaf)} on the banner"


def _heights(page: Page, panel: Panel) -> Iterator[str]:
    for widget in page.findChildren(QWidget):
        if not hasattr(widget, "needed"):
            continue
        needed = widget.needed(widget.width())
        if needed > widget.height():
            yield f"{said(widget)} has {widget.height()} of {needed} px ({_mm(widget.height(), panel)})"
    for text in page.findChildren(BannerText):
        needed = text.block.height(text.width())
        if needed > text.height():
            yield f"{said(text)} has {text.height()} of {needed} px"


def _words(page: Page, panel: Panel) -> Iterator[str]:
    """No word sticks out of the place it is painted in; what cannot wrap stands on one line."""
    for widget in page.findChildren(QWidget):
        if isinstance(widget, Tap) and widget.narrowest() > widget.width() + PX:
            yield f"{said(widget)} has {widget.width()} px, its longest word needs {widget.narrowest():.0f}"
        for block, width in texts_of(widget):
            if width <= 0 or (over := _sticks_out(block, width)) > PX:
                over = over if width > 0 else -width
                yield f"{said(widget)}: {block.text[:24]!r} sticks out by {over:.0f} px of {width:.0f}"
            if isinstance(widget, ONE_LINE) and block.natural_width() > width + PX:
                yield f"{said(widget)}: {block.text!r} needs {block.natural_width():.0f} px of {width:.0f}"


def _codes(page: Page, panel: Panel) -> Iterator[str]:
    for view in page.findChildren(CodeView):
        if view.width() < view.side() - PX:
            yield f"code of {view.side()} px in a width of {view.width()} ({_mm(view.width(), panel)})"


def _capitals(page: Page, panel: Panel, size: TextSize) -> Iterator[str]:
    """Capitals are as high as the visitor asked for; controls, titles and payloads have their own."""
    covered = (
        page.findChild(StillHere) is not None
    )  # it stands over the resting lobby, which is in normal text
    for widget in page.findChildren(QWidget):
        least = CAPITALS_MM[TextSize.NORMAL if covered and not isinstance(widget, StillHere) else size]
        if isinstance(widget, Pill | Strip | KeyCap):
            least = CAPITALS_MM[TextSize.NORMAL]
        if isinstance(widget, BannerText | PayloadText):
            least = LEAST_PRINT_MM
        for block, _ in texts_of(widget):
            high = QFontMetricsF(block.font).capHeight()
            if high < least * panel.px_per_mm * 0.98 - PX / 2:
                yield f"{said(widget)}: {block.text[:24]!r} {high / panel.px_per_mm:.2f} mm, not {least}"


def _sticks_out(block: TextBlock, width: float) -> float:
    """Return by how many px the longest line is longer than `width`."""
    block._wrap(width)
    layout = block._layout
    lines = [layout.lineAt(i).naturalTextWidth() for i in range(layout.lineCount())]
    return max(lines, default=0.0) - width


def texts_of(widget: QWidget) -> Iterator[Text]:  # noqa: C901, PLR0912 - one case for each widget
    """Every text of a widget with the width in px that it is painted in."""
    wide = float(widget.width())
    match widget:
        case BannerText():
            yield widget.block, wide
        case Tile():
            yield from _column(widget._texts, widget._text_width(widget.width()))
        case Row():
            width = widget._text_width(widget.width())
            yield from _column(widget._texts, width)
            yield from _badge(widget._badge, width)
        case ActionButton():
            yield widget._label.block, wide - widget._room()
        case Pill() if widget._label.text:
            icon = widget._icon_px + widget.theme.mm(2) if widget._icon else 0
            yield widget._label, wide - icon - 2 * PX
        case Strip():
            yield widget._label, wide - widget.theme.mm(14)
        case StepTap():
            room = wide - 2 * widget.theme.padding - widget._chevron_room()
            yield from _column(widget._face_of_step._texts, room - widget._face_of_step._lead())
        case StepCard():
            room = wide - 2 * widget.theme.padding
            yield from _column(widget._face_of_step._texts, room - widget._face_of_step._lead())
        case Note():
            yield from _column(widget._texts, wide - 2 * widget.theme.padding - widget._lead())
        case NumberCard():
            yield from _numbers(widget, wide - 2 * widget.theme.padding)
        case Facts():
            yield from _facts(widget, wide - 2 * widget.theme.padding)
        case Poster():
            inner = wide - 2 * widget.theme.padding
            widget.content_height(inner)
            yield widget._block, inner
        case Heading() | PayloadText():
            yield widget._block, wide
        case StillHere():
            yield from _column(widget._texts, wide - 2 * widget._theme.padding)
        case KeyCap():
            yield widget.label, wide
        case TypedLine():
            yield from widget.blocks()
        case Pill() | Banner() | Surface() | CodeView() | Changing():
            return
        case _:
            raise AssertionError(f"no rule knows the texts of {type(widget).__name__}")


def _column(column: Column, width: float) -> Iterator[Text]:
    for paragraph in column.paragraphs:
        yield paragraph.block, width


def _badge(badge: Badge | None, width: float) -> Iterator[Text]:
    if badge:
        yield badge._words.block, badge.size(width)[0] - 2 * badge._theme.mm(3)


def _numbers(card: NumberCard, width: float) -> Iterator[Text]:
    for index in card._indexes():
        if label := card._labels[index]:
            yield label.block, width
        yield from _badge(card._badges[index], width)
        yield card._number(index, width), width
        if remark := card._remarks[index]:
            yield remark.block, width


def _facts(card: Facts, width: float) -> Iterator[Text]:
    first = card._first_column(width)
    for label, value in card._pairs:
        yield label.block, first or width
        yield value.block, width - first
