"""Rows of a picture are in memory before they are painted, and nothing in them changes."""

from __future__ import annotations

import mmap
import resource

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from kiosk.ui.memory import take_at_once

SIDE = 2048
TOP, BOTTOM = QRect(0, 0, SIDE, SIDE // 2), QRect(0, SIDE // 2, SIDE, SIDE // 2)
PAGES = SIDE * SIDE // 2 * 4 // mmap.PAGESIZE


def faults_of_painting(image: QImage, part: QRect) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    painter = QPainter(image)
    painter.fillRect(part, Qt.GlobalColor.white)
    painter.end()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_rows_that_were_taken_at_once_are_painted_without_a_fault() -> None:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    take_at_once(image, TOP)
    with_it, without = faults_of_painting(image, TOP), faults_of_painting(image, BOTTOM)
    if without < PAGES / 2:
        pytest.skip("memory comes in larger pieces here (transparent hugepages)")
    assert with_it < without / 10


def test_what_was_painted_stays_and_rows_that_are_not_there_are_left() -> None:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    before = image.copy()
    for part in (image.rect(), QRect(0, 60, 64, 400), QRect(0, 64, 64, 10), QRect(-5, -5, 2, 2), QRect()):
        take_at_once(image, part)
    assert image == before
