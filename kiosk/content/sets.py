"""Sets of rows as one long integer, and as few bytes of it as the table needs."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_SHORT = 64  # bytes: below this, compressing costs more than it saves
_MOST = 1 << 24  # bytes of a set, so that damage cannot ask for more memory than there is
_HEAD = 5  # one byte whether it is compressed, four for how many zero bytes were left out before


def set_of(rows: Iterable[int]) -> int:
    """Return the set of these row numbers."""
    numbers = list(rows)
    found = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        found[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(found, "little")


def packed(rows: int) -> bytes:
    """Return a set as bytes."""
    skipped = max(0, (rows & -rows).bit_length() - 1) // 8
    rest = rows >> (8 * skipped)
    plain = rest.to_bytes((rest.bit_length() + 7) // 8, "little")
    is_long = len(plain) > _SHORT
    head = bytes([is_long]) + skipped.to_bytes(4, "little")
    return head + (zlib.compress(plain, 1) if is_long else plain)


def unpacked(stored: bytes) -> int:
    """Return the set that `packed` made these bytes of. Raises zlib.error or ValueError for damaged ones."""
    body = stored[_HEAD:]
    skipped = int.from_bytes(stored[1:_HEAD], "little")
    if len(stored) < _HEAD or skipped > _MOST:
        raise ValueError("the index is damaged")
    plain = zlib.decompress(body) if stored[0] else body
    return int.from_bytes(plain, "little") << (8 * skipped)


def positions(rows: int) -> Iterator[int]:
    """Yield the row numbers of a set, the lowest first."""
    bits = bin(rows)[:1:-1]
    at = bits.find("1")
    while at != -1:
        yield at
        at = bits.find("1", at + 1)
