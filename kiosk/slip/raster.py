"""The dots of a slip as bytes: bands for a receipt printer, or a picture for a queue. No time, no name."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

DOTS_PER_M: Final = 7992  # 203 dpi, as receipt printers have it

# ESC/POS (Epson's reference): real-time "clear the buffers", reset, feed, cut where there is a cutter.
CLEAR: Final = bytes.fromhex("10 14 08 01 03 14 01 06 02 08")
RESET: Final = b"\x1b@"
FEED_AND_CUT: Final = b"\x1bd\x04" + b"\x1dVB\x00"
BAND: Final = b"\x1dv0\x00"
BAND_ROWS: Final = 24  # a printer without much memory prints while it reads

_INVERTED: Final = bytes(255 - value for value in range(256))


@dataclass(frozen=True, slots=True, repr=False)
class Raster:
    """Rows of `width` dots, eight to a byte, the leftmost in the highest bit; a set bit is black."""

    width: int
    rows: bytes

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.rows) // (self.width // 8)


def emptied(width: int) -> bytes:
    """Return what makes a receipt printer forget whatever an abandoned slip left in it.

    The zeros are the rest of a band that was cut short, on printers that do not know CLEAR.
    """
    return CLEAR + bytes(width // 8 * BAND_ROWS) + RESET


def as_bands(raster: Raster) -> bytes:
    """Return a slip for a receipt printer: everything older dropped, the dots, a cut."""
    return emptied(raster.width) + b"".join(_bands(raster)) + FEED_AND_CUT


def as_png(raster: Raster) -> bytes:
    """Return a slip as a PNG picture of one bit to a dot, with its size on paper and nothing else."""
    across = raster.width // 8
    white_is_one = raster.rows.translate(_INVERTED)
    rows = [b"\x00" + white_is_one[at : at + across] for at in range(0, len(white_is_one), across)]
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", raster.width, raster.height, 1, 0, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", DOTS_PER_M, DOTS_PER_M, 1)),
        (b"IDAT", zlib.compress(b"".join(rows))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, inside) for kind, inside in parts)


def _bands(raster: Raster) -> Iterator[bytes]:
    across = raster.width // 8
    for top in range(0, raster.height, BAND_ROWS):
        band = raster.rows[top * across : (top + BAND_ROWS) * across]
        yield BAND + struct.pack("<HH", across, len(band) // across) + band


def _chunk(kind: bytes, inside: bytes) -> bytes:
    return struct.pack(">I", len(inside)) + kind + inside + struct.pack(">I", zlib.crc32(kind + inside))
