import pytest

from kiosk.content.contrast import contrast, is_colour


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#ff0000", "#FFFFFF", 4.0),
        ("#173F4E", "#FFFFFF", 11.31),
    ],
)
def test_known_ratios(first, second, ratio):
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


@pytest.mark.parametrize("wrong", ["", "#FFF", "173F4E", "#173F4G", "#173F4E ", "teal"])
def test_other_forms_are_no_colour(wrong):
    assert not is_colour(wrong)
    with pytest.raises(ValueError, match="not a colour"):
        contrast(wrong, "#000000")
