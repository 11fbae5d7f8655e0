"""When a page counts as covered, and what the watcher spends on finding that out."""

from __future__ import annotations

import ctypes

import numpy as np
import pytest
import stage
from stage import Clearing

PAGE, WHITE, LOBBY = 1, 255, 7


@pytest.fixture
def screen():
    return np.full((64, 64, 4), PAGE, np.uint8)


@pytest.fixture
def compared(monkeypatch):
    """The sizes, in bytes, of what was compared with a cover."""
    sizes: list[int] = []

    class Libc:
        @staticmethod
        def memcmp(one: int, other: int, size: int) -> bool:
            sizes.append(size)
            return ctypes.string_at(one, size) != ctypes.string_at(other, size)

    monkeypatch.setattr(stage, "_libc", Libc)
    return sizes


def eye_on(screen, *covers):
    return Clearing(screen, 0.0, [np.full(screen.shape, cover, np.uint8) for cover in covers])


@pytest.mark.parametrize("cover", [WHITE, LOBBY])
def test_a_page_is_covered_when_the_whole_screen_is_one_of_its_covers(screen, cover):
    eye = eye_on(screen, WHITE, LOBBY)
    eye._poll()
    screen[:-1] = cover
    eye._poll()
    assert not eye.cleared, "a row of the page is still there"
    screen[-1] = cover
    eye._poll()
    assert eye.cleared >= eye._last > 0


def test_the_first_cover_counts(screen):
    eye = eye_on(screen, WHITE, LOBBY)
    screen[:] = WHITE
    eye._poll()
    first = eye.cleared
    screen[:] = LOBBY
    eye._poll()
    assert 0 < first == eye.cleared < eye._last


def test_a_screen_that_stays_is_not_compared_with_covers(screen, compared):
    eye = eye_on(screen, WHITE)
    for _ in range(3):
        eye._poll()
    assert compared == []
    screen[0] = WHITE
    for _ in range(3):
        eye._poll()
    assert compared == [screen.nbytes]


def test_of_a_program_that_covers_in_place_nothing_is_compared(screen, compared):
    eye = eye_on(screen)
    screen[:] = LOBBY
    eye._poll()
    assert eye.cleared == 0
    assert compared == []
