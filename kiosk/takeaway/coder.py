"""The library that makes codes, with a look around between its steps: one code takes up to 30 ms."""

from __future__ import annotations

from collections.abc import Callable

import qrcode
from qrcode.constants import ERROR_CORRECT_M


class Coder(qrcode.QRCode):  # type: ignore[type-arg]  # of pictures, which it makes none
    """Makes the modules of one code at error correction M, without the quiet zone.

    `between` is called before each of the eight masks is tried, and before the best is taken.
    """

    def __init__(self, between: Callable[[], object]) -> None:
        super().__init__(error_correction=ERROR_CORRECT_M, border=0)
        self._between = between

    def makeImpl(self, test: bool, mask_pattern: int) -> None:  # noqa: N802 - the library's name
        """Look around, then fill in the modules under one mask."""
        self._between()
        super().makeImpl(test, mask_pattern)
