"""Reads URF, the raster that printers of IPP Everywhere and AirPrint take: pages of gray or colour."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np

SYNC = b"UNIRAST\0"
START, HEADER = 12, 32
REST_IS_WHITE = 128


def pages(stream: bytes) -> Iterator[np.ndarray]:
    """Yield each page as height x width bytes, 255 for white."""
    assert stream.startswith(SYNC)
    at = START
    while at < len(stream):
        bits, width, height = struct.unpack_from(">B11xII", stream, at)
        pixel = bits // 8
        at += HEADER
        lines: list[bytes] = []
        while len(lines) < height:
            times = stream[at] + 1
            line, at = _line(stream, at + 1, width * pixel, pixel)
            lines += [line] * times
        shown = np.frombuffer(b"".join(lines), np.uint8).reshape(height, width, pixel)
        yield np.ascontiguousarray(shown.mean(axis=2).astype(np.uint8))


def _line(stream: bytes, at: int, across: int, pixel: int) -> tuple[bytes, int]:
    """Return one line, and where the next begins: runs of a pixel, and pixels as they are."""
    line = b""
    while len(line) < across:
        count = stream[at]
        at += 1
        if count == REST_IS_WHITE:
            line += b"\xff" * (across - len(line))
        elif count < REST_IS_WHITE:
            line += stream[at : at + pixel] * (count + 1)
            at += pixel
        else:
            length = (257 - count) * pixel
            line += stream[at : at + length]
            at += length
    return line, at
