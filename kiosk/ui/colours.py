"""Colours by role, in one place. No widget names a colour itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtGui import QColor

from kiosk.later import dataclass
from kiosk.visit.visit import Look


@dataclass(frozen=True)
class Colours:
    """Colours by role. Each pair (x, on_x) holds the theme's contrast; tests measure every pair."""

    paper: QColor
    card: QColor
    ink: QColor
    soft: QColor
    brand: QColor
    on_brand: QColor
    main: QColor
    on_main: QColor
    motif: QColor
    tint: QColor
    on_tint: QColor
    warm: QColor
    on_warm: QColor
    strip: QColor
    on_strip: QColor
    line: QColor
    edge: QColor
    pressed: QColor
    focus: QColor
    focus_gap: QColor


def _colours(**roles: str) -> Colours:
    return Colours(**{role: QColor(colour) for role, colour in roles.items()})


DEFAULT: Final = _colours(
    paper="#F5F1E8",
    card="#FFFFFF",
    ink="#1B2730",
    soft="#212E38",
    brand="#173F4E",
    on_brand="#FFFFFF",
    main="#173F4E",
    on_main="#FFFFFF",
    motif="#2C5767",
    tint="#E3ECEC",
    on_tint="#123643",
    warm="#FBEBDD",
    on_warm="#552811",
    strip="#24323C",
    on_strip="#FFFFFF",
    line="#DDD6C6",
    edge="#8B8371",
    pressed="#E8F0F0",
    focus="#B4540A",
    focus_gap="#FFFFFF",
)
HIGH_LIGHT: Final = _colours(
    paper="#FFFFFF",
    card="#FFFFFF",
    ink="#000000",
    soft="#000000",
    brand="#000000",
    on_brand="#FFFFFF",
    main="#000000",
    on_main="#FFFFFF",
    motif="#000000",
    tint="#FFFFFF",
    on_tint="#000000",
    warm="#FFFFFF",
    on_warm="#000000",
    strip="#000000",
    on_strip="#FFFFFF",
    line="#000000",
    edge="#000000",
    pressed="#FFFFFF",
    focus="#0050D0",
    focus_gap="#FFFFFF",
)
HIGH_DARK: Final = _colours(
    paper="#000000",
    card="#000000",
    ink="#FFFFFF",
    soft="#FFFFFF",
    brand="#000000",
    on_brand="#FFFFFF",
    main="#FFFFFF",
    on_main="#000000",
    motif="#000000",
    tint="#000000",
    on_tint="#FFFFFF",
    warm="#000000",
    on_warm="#FFFFFF",
    strip="#000000",
    on_strip="#FFFFFF",
    line="#FFFFFF",
    edge="#FFFFFF",
    pressed="#000000",
    focus="#FFD23F",
    focus_gap="#000000",
)
LOW_GLARE: Final = _colours(
    paper="#14191C",
    card="#1B2226",
    ink="#D9D3C6",
    soft="#D2CCBF",
    brand="#1F3138",
    on_brand="#E0DACD",
    main="#C3D2D0",
    on_main="#14191C",
    motif="#2B424B",
    tint="#17282D",
    on_tint="#D5DAD2",
    warm="#2F2015",
    on_warm="#EAD6C0",
    strip="#0B0E10",
    on_strip="#D9D3C6",
    line="#333D42",
    edge="#78858B",
    pressed="#2A363B",
    focus="#E8A85C",
    focus_gap="#14191C",
)
LOOKS: Final = {
    Look.DEFAULT: DEFAULT,
    Look.HIGH_LIGHT: HIGH_LIGHT,
    Look.HIGH_DARK: HIGH_DARK,
    Look.LOW_GLARE: LOW_GLARE,
}


def colours_for(look: Look, brand: str) -> Colours:
    """Return the colours of a theme; the site's brand colour takes part in the default one only."""
    if look is not Look.DEFAULT:
        return LOOKS[look]
    base = QColor(brand)
    return replace(DEFAULT, brand=base, main=base, motif=base.lighter(145))
