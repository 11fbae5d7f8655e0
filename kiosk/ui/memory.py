"""Asks the kernel for the memory of a picture at once, and not a page of 4 kB at a time as it is painted.

A picture of 3840x2160 has 8,100 such pages, and each first touch is a fault. Together those take longer than
the painting does.
"""

from __future__ import annotations

import ctypes
import mmap
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

MADV_POPULATE_WRITE: Final = 23  # madvise(2), since Linux 5.14; Python has no name for it


def take_at_once(image: QImage, part: QRect) -> None:
    """Have the rows of `part` in memory; device px. Where the kernel cannot, painting takes them."""
    rows = part.intersected(image.rect())
    if rows.isEmpty():
        return
    line = image.bytesPerLine()
    begin = ctypes.addressof(ctypes.c_char.from_buffer(image.bits()))
    first = (begin + rows.top() * line) // mmap.PAGESIZE * mmap.PAGESIZE
    last = begin + (rows.bottom() + 1) * line
    ctypes.CDLL(None).madvise(ctypes.c_void_p(first), ctypes.c_size_t(last - first), MADV_POPULATE_WRITE)
