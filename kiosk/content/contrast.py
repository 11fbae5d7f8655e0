"""How well two colours can be told apart, by the formula of WCAG 2."""

from __future__ import annotations

import re

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def contrast(first: str, second: str) -> float:
    """The contrast ratio, from 1 to 21, of two colours "#RRGGBB". Raises ValueError for another form."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def is_colour(text: str) -> bool:
    """True for "#RRGGBB"."""
    return _COLOUR.fullmatch(text) is not None


def _luminance(colour: str) -> float:
    if not is_colour(colour):
        raise ValueError(f'"{colour}" is not a colour; write it as "#173F4E"')
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
