"""The line through readings is that of the textbook, and its interval holds what it should."""

from __future__ import annotations

import random

import pytest

from tests.bench.slope import slope, student_975


@pytest.mark.parametrize(
    ("freedom", "wanted"), [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (98, 1.984)]
)
def test_points_of_student_are_those_of_the_tables(freedom, wanted):
    assert student_975(freedom) == pytest.approx(wanted, rel=0.002)


def test_a_line_without_scatter_is_found_exactly():
    line = slope([0, 1, 2, 5], [3, 5, 7, 13])
    assert (line.rise, line.low, line.high, line.at_start) == pytest.approx((2, 2, 2, 3))


def test_the_interval_holds_the_true_slope_in_about_95_of_100_cases():
    dice, held = random.Random(5), 0
    for _ in range(1000):
        line = slope(range(12), [0.7 * x + dice.gauss(0, 3) for x in range(12)])
        held += line.low <= 0.7 <= line.high
    assert 930 <= held <= 970


def test_too_few_readings_are_refused():
    with pytest.raises(ValueError, match="three readings"):
        slope([1, 2], [1, 2])
