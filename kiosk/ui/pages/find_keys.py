"""The keyboard of Find as pieces of a page."""

from __future__ import annotations

from kiosk.find.letters import ERASE, SPACE, SWITCH, Key, begins_at_the_right, keyboard
from kiosk.ui.arrange import Piece, Side, Space, Stack
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.keyboard import KeyCap, size_for
from kiosk.visit.actions import Erase, SetLetters, Type
from kiosk.visit.places import FindPlace
from kiosk.visit.visit import TextSize

LEAST_KEY_MM = 12.8
OWN_NAMES = {"ar": "\u0627\u0628\u062a"}
"""What the key says that returns to the letters of the language: its first three."""


def most_columns(scene: Scene, width: int) -> int:
    """Return how many keys that a finger can hit stand beside one another in `width` px."""
    gap = scene.theme.gap
    return (width + gap) // (scene.theme.mm(LEAST_KEY_MM) + gap)


def columns_of(place: FindPlace, scene: Scene, width: int) -> int:
    """Return how many columns the keyboard has in `width` px."""
    rows = keyboard(scene.words.language, place.latin, most_columns(scene, width))
    return max(sum(wide for _, wide in row) for row in rows)


def key_rows(place: FindPlace, scene: Scene, width: int) -> Stack:
    """Return the keyboard, all its letters of one width; shorter rows stand in the middle."""
    language, most = scene.words.language, most_columns(scene, width)
    rows = keyboard(language, place.latin, most)
    columns = max(sum(wide for _, wide in row) for row in rows)
    mirrored = begins_at_the_right(language, place.latin, most)
    cell = (width - scene.theme.gap * (columns - 1)) / columns
    labels = [_label(sign, place, scene) for row in rows for sign, wide in row]
    size = size_for(scene.theme, labels, cell)
    return Stack([_row(row, cell, width, place, scene, size, mirrored) for row in rows], scene.theme.gap)


def _row(
    row: list[Key], cell: float, width: int, place: FindPlace, scene: Scene, size: TextSize, mirrored: bool
) -> Side:
    gap = scene.theme.gap
    caps: list[Piece] = [_cap(sign, place, scene, size) for sign, _ in row]
    weights = [cell * wide + gap * (wide - 1) for _, wide in row]
    free = (width - sum(weights) - gap * (len(row) - 1)) / 2
    if free > gap:
        caps = [Space(), *caps, Space()]
        weights = [free - gap, *weights, free - gap]
    return Side(caps, gap, weights=weights, mirrored=mirrored)


def _cap(sign: str, place: FindPlace, scene: Scene, size: TextSize) -> KeyCap:
    theme, words = scene.theme, scene.words
    if sign == SPACE:
        return KeyCap(theme, "", words("find.space"), Type(" "), icon="space", quiet=True)
    if sign == ERASE:
        return KeyCap(theme, "", words("find.backspace"), Erase(), icon="erase", quiet=True)
    if sign == SWITCH:
        name = words("find.own_letters" if place.latin else "find.latin")
        label = _label(sign, place, scene)
        return KeyCap(theme, label, name, SetLetters(not place.latin), size=size, quiet=True)
    return KeyCap(theme, _label(sign, place, scene), sign, Type(sign), size=size)


def _label(sign: str, place: FindPlace, scene: Scene) -> str:
    """Return what stands on a key; nothing on those with an icon."""
    if sign in {SPACE, ERASE}:
        return ""
    if sign == SWITCH:
        return OWN_NAMES[scene.words.language] if place.latin else "AZ"
    return sign.upper()
