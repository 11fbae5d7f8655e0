"""Tiles and buttons in as many columns as their words allow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

from kiosk.ui.arrange import Piece, Stack, grid
from kiosk.ui.pages.frame import Frame
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.buttons import ActionButton, button_rows
from kiosk.ui.widgets.tiles import Tile


def columns_that_fit(pieces: Sequence[object], width: int, gap: int, most: int) -> int:
    """Return how many columns leave each piece at least the width of its longest word."""
    narrowest = [float(getattr(piece, "narrowest", float)()) for piece in pieces]
    for columns in range(most, 1, -1):
        if max(narrowest, default=0.0) <= (width - gap * (columns - 1)) / columns:
            return columns
    return 1


def fitting_grid(
    frame: Frame,
    scene: Scene,
    most: int,
    build: Callable[[bool], Sequence[Tile]],
    above: Sequence[Piece] = (),
    below: Sequence[ActionButton] = (),
) -> list[Piece]:
    """Return rows of tiles with their hints, or without them where they would need a second part.

    `build` makes the tiles with or without hints; `above` stands above them and counts, and so does `below`
    where that helps.
    """
    theme = scene.theme
    footer = button_rows(below, frame.width, theme)
    for counted, hints in product((footer, ()), (True, False)):
        tiles = build(hints)
        columns = columns_that_fit(tiles, frame.width, theme.gap, most)
        rows = [*above, *grid(tiles, columns, theme.gap, mirrored=theme.is_mirrored)]
        if frame.fits(Stack([*rows, *counted], theme.gap)):
            return rows
    return [*above, *low_grid(frame, scene, tiles, columns)]


def low_grid(frame: Frame, scene: Scene, pieces: Sequence[Piece], most: int) -> list[Piece]:
    """Return rows of at most `most` columns, none of them higher than half of the page."""
    theme = scene.theme
    for columns in range(most, 1, -1):
        rows = grid(pieces, columns, theme.gap, mirrored=theme.is_mirrored)
        if all(row.needed(frame.width) <= frame.area.height() * 0.5 for row in rows):
            return rows
    return list(pieces)
