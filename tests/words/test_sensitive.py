import pytest

from kiosk.words.sensitive import telling_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Abuse and violence", ("abuse", "violence")),
        ("For victims: a Hotline", ("victims", "hotline")),
        ("Protection orders", ("protection order",)),
        ("Orden de protección", ("orden de proteccion",)),
        ("Ayuda para víctimas", ("victimas",)),
        ("DV Shelter", ("dv", "shelter")),
        ("Stalking, rape, assault", ("stalking", "rape", "assault")),
        ("Nasilje i uhođenje; sklonište", ("nasilje", "uhođenje", "skloniste")),
        ("Bạo lực và chỗ tạm lánh", ("bao luc", "tam lanh")),
        ("家庭暴力热线", ("暴力", "热线")),
        ("مأوى لضحايا العنف", ("ماوى", "ضحايا", "عنف")),
    ],
)
def test_words_that_tell(text, words):
    assert telling_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "City of St. Louis · Visitor information",
        "Help and community services",
        "Police records and reports",
        "Grapes, rapid, batteries, dartboard",
        "Health, family, housing, legal",
        "Info AL",
        "Pomoć i usluge u zajednici",
        "Trợ giúp và dịch vụ cộng đồng",
        "帮助和社区服务",
        "المساعدة وخدمات المجتمع",
    ],
)
def test_words_that_do_not(text):
    assert telling_words(text) == ()
