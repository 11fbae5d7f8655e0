"""Finds touch screens in /proc/bus/input/devices, by the rules of the kernel's event codes.

A touch screen points straight at what it shows (INPUT_PROP_DIRECT) and has places (ABS_MT_POSITION_X, or
ABS_X with BTN_TOUCH). A touchpad has no INPUT_PROP_DIRECT; a pen has BTN_TOOL_PEN and one place only.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Final

DIRECT: Final = 1
ABS_X: Final = 0x00
MT_POSITION_X: Final = 0x35
BTN_TOUCH: Final = 0x14A
BTN_TOOL_PEN: Final = 0x140
WORD_BITS: Final = ctypes.sizeof(ctypes.c_long) * 8
"""The kernel writes these bits in words as long as the `long` of whoever reads."""
_NAME: Final = re.compile(r'^N: Name="(.*)"', re.MULTILINE)
_BITS: Final = re.compile(r"^B: (\w+)=([0-9a-fA-F ]+)$", re.MULTILINE)


def touch_screens(devices: str, word_bits: int = WORD_BITS) -> tuple[str, ...]:
    """Return the names of all touch screens."""
    return tuple(_touch_screens(devices, word_bits))


def _touch_screens(devices: str, word_bits: int) -> Iterator[str]:
    for device in re.split(r"\n\s*\n", devices):
        bits = {kind: _number(words, word_bits) for kind, words in _BITS.findall(device)}
        places, keys = bits.get("ABS", 0), bits.get("KEY", 0)
        is_direct = bool(bits.get("PROP", 0) >> DIRECT & 1)
        many = places >> MT_POSITION_X & 1
        one = places >> ABS_X & 1 and keys >> BTN_TOUCH & 1 and not keys >> BTN_TOOL_PEN & 1
        if is_direct and (many or one):
            name = _NAME.search(device)
            yield name[1] if name else "without a name"


def _number(words: str, word_bits: int) -> int:
    """Return one number of words that stand with the highest first."""
    number = 0
    for word in words.split():
        number = number << word_bits | int(word, 16)
    return number
