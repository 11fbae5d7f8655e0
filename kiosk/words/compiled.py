"""The bytes of a .mo, written here rather than by a library, whose name and version would stand in them."""

from __future__ import annotations

import struct
from collections.abc import Sequence


def machine_object(words: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Return the GNU .mo of sorted pairs: header, two tables of (length, offset), then the texts."""
    keys, texts = [key for key, _ in words], [text for _, text in words]
    first = 28 + 16 * len(words)
    tables, body = b"", b""
    for part in (*keys, *texts):
        tables += struct.pack("<II", len(part), first + len(body))
        body += part + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(words), 28, 28 + 8 * len(words), 0, first) + tables + body
