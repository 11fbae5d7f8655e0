"""Wrapped text: what is cut keeps its marks in pairs, and no Chinese sign stands alone where it need not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from kiosk.settings import DEFAULT_BRAND
from kiosk.ui.colours import colours_for
from kiosk.ui.theme import TEXT_LINE, Panel, Theme
from kiosk.ui.widgets.text import LARGE_PX, TextBlock
from kiosk.visit.visit import Look, TextSize
from kiosk.words.numbers import (
    FIRST_STRONG_ISOLATE,
    LEFT_TO_RIGHT_ISOLATE,
    POP_ISOLATE,
    foreign,
    isolate,
    plain,
)


@pytest.fixture
def theme(qapp) -> Theme:
    colours = colours_for(Look.DEFAULT, DEFAULT_BRAND)
    return Theme(Panel.measured(1080, 1920, 268.0), TextSize.NORMAL, Look.DEFAULT, colours)


def lines_of(block: TextBlock, width: float) -> list[str]:
    block.height(width)
    lines = [block._layout.lineAt(number) for number in range(block._lines)]
    return [block.text[line.textStart() : line.textStart() + line.textLength()].strip() for line in lines]


@pytest.mark.parametrize(
    ("text", "signs", "lines"),
    [
        ("大声一点", 3.5, ["大声", "一点"]),
        ("医院和心理辅导", 6.5, ["医院和心", "理辅导"]),
        ("快一点", 3.5, ["快一点"]),
    ],
)
def test_lines_of_a_short_chinese_text_are_alike(theme, text, signs, lines):
    block = TextBlock(text, theme.text, TEXT_LINE)
    width = TextBlock(text, theme.text, TEXT_LINE).natural_width() / len(text) * signs
    assert lines_of(block, width) == lines


def test_a_text_in_another_language_is_cut_with_its_marks_in_pairs(theme):
    said = foreign(f"Call {isolate('314')} when you can speak freely, or come to the desk. They help you.")
    first, rest = TextBlock(said, theme.text, TEXT_LINE).cut(300, theme.text.pixelSize() * 3)
    assert plain(first + " " + rest) == plain(said)
    for part in (first, rest):
        assert part.startswith(FIRST_STRONG_ISOLATE)
        assert part.endswith(POP_ISOLATE)
        assert sum(map(part.count, (FIRST_STRONG_ISOLATE, LEFT_TO_RIGHT_ISOLATE))) == part.count(POP_ISOLATE)


def painted(block: TextBlock, width: float, *, whole: bool = False) -> QImage:
    """Return the text as an image; `whole` with all its letters in one shape."""
    image = QImage(round(width), block.height(width), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    if whole:
        shape = QPainterPath()
        shape.setFillRule(Qt.FillRule.WindingFill)
        for part in block._outlines():
            shape.addPath(part)
        block._shapes = [shape]
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    block.draw(painter, QRectF(image.rect()).translated(0.3, 0.6), QColor("black"))
    painter.end()
    return image


LARGE_TEXTS = [
    "AVOID Wave, fjord: “Toffee” i̇ĵ",
    "Nếu quý vị đang gặp nguy hiểm ngay bây giờ",
    "إذا كنتِ في خطر الآن، اتصلي بالشرطة",
    "سجّل",  # a mark between two letters that join
    "如果您现在有危险",
    "हिन्दी में दुभाषिया",
    "ဘေးအန္တရာယ်ရှိနေပါက",
    "ถ้าคุณตกอยู่ในอันตราย",
]


@pytest.mark.parametrize("text", LARGE_TEXTS)
def test_large_letters_look_as_if_they_were_one_shape(theme, text):
    font = theme.number(20.0)
    block = TextBlock(text, font, TEXT_LINE)
    assert font.pixelSize() > LARGE_PX
    apart, together = painted(block, 640.4), painted(block, 640.4, whole=True)
    assert apart == together
    assert apart != painted(TextBlock(text[::-1], font, TEXT_LINE), 640.4)


def test_letters_that_join_are_one_shape_and_others_are_not(theme):
    def shapes(text: str) -> int:
        block = TextBlock(text, theme.number(20.0), TEXT_LINE)
        block.height(4000)
        return len(block._outlines())

    assert shapes("HOLD ON") == len("HOLDON")
    assert shapes("بيت") == 1
