import pytest

from kiosk.content.addresses import looks_like_address, names_in, words_of


@pytest.mark.parametrize(
    "text",
    [
        "4733 Mattis Road",
        "Come to 4733 mattis road at noon",
        "1200 12th Street",
        "10 N Tucker Blvd, St. Louis",
        "12 Oak St.",
        "12 Oak St, St. Louis",
        "Number 7, Hidden Court",
        "7 Hidden Court",
        "off Gravois Avenue",
        "P.O. Box 4950",
        "PO Box 63010",
        "post office box 12",
        "St. Louis, MO 63110",
        "St. Louis 63110-1234",
        "Suite 300",
        "38.627003, -90.199402",
        "4733\u00a0Mattis\u00a0Road",
        "４７３３ Mattis Road",
        "https://example.org/4733-mattis-road",
        "https://example.org/map?q=4733+Mattis+Road",
    ],
)
def test_addresses_are_recognised(text):
    assert looks_like_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "Answers 24 hours a day in St. Louis.",
        "Call 314-993-2777 in St. Louis County",
        "Text START to 88788",
        "Open since 1983. St. Martha's Hall takes in women.",
        "Court papers take 30 days in court.",
        "5 steps to a safety plan",
        "seed-dart.txt (slmpd.org/domesticabuse); twsh.org (2019-01-04, number only)",
        "The 2 of you can meet in another place.",
        "https://saintmarthas.org",
    ],
)
def test_other_texts_are_let_pass(text):
    assert not looks_like_address(text)


def test_names_are_found_in_other_spellings():
    names = (words_of("St. Martha's Hall"), words_of("The Women's Safe House"))
    for text in ("Call Saint Marthas Hall.", "at the WOMEN’S SAFE HOUSE", "st martha's hall"):
        assert names_in(text, names)
    for text in ("Martha's", "the women's house", ""):
        assert not names_in(text, names)
