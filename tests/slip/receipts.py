"""A receipt printer in a test: it understands the bytes that a slip is made of, and nothing else."""

from __future__ import annotations

import numpy as np
import zxingcpp

from kiosk.slip.raster import BAND, CLEAR, FEED_AND_CUT, RESET


def papers(stream: bytes, width: int) -> list[np.ndarray]:
    """Return the slips that were cut, each as height x width bytes, 255 for white. A strange byte fails."""
    across, found, rows, at = width // 8, [], [], 0
    while at < len(stream):
        rest = stream[at:]
        if rest.startswith((CLEAR, RESET)):
            rows = []
            at += len(CLEAR if rest.startswith(CLEAR) else RESET)
        elif rest.startswith(b"\x00"):
            at += 1
        elif rest.startswith(BAND):
            assert int.from_bytes(rest[4:6], "little") == across
            size = across * int.from_bytes(rest[6:8], "little")
            assert len(rest) >= 8 + size
            rows.append(np.unpackbits(np.frombuffer(rest[8 : 8 + size], np.uint8)).reshape(-1, width))
            at += 8 + size
        else:
            assert rest.startswith(FEED_AND_CUT), rest[:8]
            found.append((255 * (1 - np.vstack(rows))).astype(np.uint8))
            rows = []
            at += len(FEED_AND_CUT)
    assert rows == []
    return found


def codes_on(paper: np.ndarray) -> list[bytes]:
    """Return what the codes on a slip say."""
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(paper), try_invert=False, formats=zxingcpp.BarcodeFormat.QRCode
    )
    return [code.bytes for code in found]
