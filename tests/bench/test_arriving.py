"""When a screen has become a picture, and what the watcher spends on finding that out."""

from __future__ import annotations

import ctypes
import threading
import time

import arriving
import numpy as np
import pytest
from arriving import BANDS, Arrival

PAGE, WHITE, LOBBY = 1, 255, 7
QUIET_S = 0.05


@pytest.fixture
def screen():
    return np.full((128, 64, 4), PAGE, np.uint8)


def picture(screen, colour):
    return np.full(screen.shape, colour, np.uint8)


def eye_on(screen, *covers):
    return Arrival(screen, picture(screen, LOBBY), covers=[picture(screen, cover) for cover in covers])


def read(eye, *acts, limit_s=1.0):
    """Let the acts be done 20 ms one after the other while the eye looks; return its reading."""

    def act():
        for each in acts:
            time.sleep(0.02)
            each()

    done = threading.Thread(target=act)
    begun = time.perf_counter()
    done.start()
    reading = eye.run(begun, QUIET_S, limit_s)
    done.join()
    return reading


def painting(screen, colour, rows=slice(None)):
    def paint():
        screen[rows] = colour

    return paint


@pytest.mark.parametrize("last", [0, 63, -1], ids=["first row", "a row", "last row"])
def test_a_picture_is_there_when_the_last_pixel_is(screen, last):
    others = [row for row in range(128) if row != last % 128]
    reading = read(eye_on(screen), painting(screen, LOBBY, others), painting(screen, LOBBY))
    assert not reading.timed_out
    assert reading.last_ms >= 40
    assert reading.error_ms < reading.last_ms - 20, "it was seen to differ after the first act"


def test_a_picture_that_does_not_stay_is_not_there(screen):
    acts = (painting(screen, LOBBY), painting(screen, PAGE, 5), painting(screen, LOBBY))
    assert read(eye_on(screen), *acts).last_ms >= 60


def test_a_picture_that_never_comes_is_told(screen):
    reading = read(eye_on(screen), painting(screen, LOBBY, slice(1, None)), limit_s=0.1)
    assert reading.timed_out
    assert reading.last_ms is None


def test_what_was_there_from_the_beginning_has_not_come(screen):
    screen[:] = LOBBY
    reading = read(eye_on(screen), limit_s=0.1)
    assert reading.timed_out
    assert reading.last_ms is None
    assert read(eye_on(screen), painting(screen, PAGE), painting(screen, LOBBY)).last_ms >= 40


def test_a_picture_that_comes_before_the_second_look_has_come(screen):
    eye = eye_on(screen)
    since = time.perf_counter()
    screen[:] = LOBBY
    assert eye.run(since, QUIET_S, 1.0).last_ms > 0


@pytest.mark.parametrize(("first", "least_ms"), [(WHITE, 20), (PAGE, 40)], ids=["overlay", "none"])
def test_a_page_is_covered_by_what_comes_first(screen, first, least_ms):
    eye = eye_on(screen, WHITE)
    begun = time.perf_counter()
    reading = read(eye, painting(screen, first), painting(screen, LOBBY))
    covered_ms = (eye.covered - begun) * 1e3
    assert covered_ms >= least_ms
    assert reading.last_ms >= 40
    if first == WHITE:
        assert covered_ms < reading.last_ms


def test_a_screen_that_stays_costs_a_band_a_look(screen, monkeypatch):
    """To compare all of it at each look made what was watched slower."""
    sizes: list[int] = []

    class Libc:
        @staticmethod
        def memcmp(one: int, other: int, size: int) -> bool:
            sizes.append(size)
            return ctypes.string_at(one, size) != ctypes.string_at(other, size)

    monkeypatch.setattr(arriving, "_libc", Libc)
    eye = eye_on(screen)
    looks = 5
    for _ in range(looks - 1):
        eye._look()
    assert sizes == [screen.nbytes // BANDS] * looks
    screen[:] = LOBBY
    eye._look()
    assert sum(sizes[looks:]) == screen.nbytes
