"""Touch on a turned picture: what udev is told for each way that a panel may hang."""

from __future__ import annotations

import pytest

from kiosk.deploy.touch import properties

PLACES = [(0.0, 0.0), (1.0, 0.0), (0.25, 0.5), (0.9, 0.7)]


def turned_clockwise(right: float, down: float, degrees: int) -> tuple[float, float]:
    """Return where on the panel a place of the picture is."""
    for _ in range(degrees // 90):
        right, down = 1 - down, right
    return right, down


def told(tmp_path, written: str) -> str:
    site = tmp_path / "site.toml"
    site.write_text(written)
    return properties(site)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_touch_arrives_at_the_place_of_the_picture_that_is_under_the_finger(tmp_path, degrees):
    name, _, numbers = told(tmp_path, f"[panel]\nrotation = {degrees}\n").strip().partition("=")
    assert name == "LIBINPUT_CALIBRATION_MATRIX"
    a, b, c, d, e, f = map(float, numbers.split())
    for place in PLACES:
        x, y = turned_clockwise(*place, degrees)
        assert (a * x + b * y + c, d * x + e * y + f) == pytest.approx(place)


@pytest.mark.parametrize(
    "written", ["", "[panel]\n", "[panel]\nrotation = 0\n", "[panel]\nrotation = 45\n", "rotation = ["]
)
def test_where_nothing_is_turned_touch_stays_as_it_is(tmp_path, written):
    assert told(tmp_path, written) == ""
