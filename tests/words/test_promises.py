import pytest

from kiosk.words.promises import broken_promises


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You are safe here.", ("safe",)),
        ("SAFELY and Securely", ("safely", "securely")),
        (
            "Private, untraceable, anonymous: it erases everything.",
            ("private", "untraceable", "anonymous", "erases"),
        ),
        ("We respect your privacy", ("privacy",)),
        ("you are safe at home", ("safe",)),
        ("a Safe Secure place", ("safe", "secure")),
    ],
)
def test_english_promises(text, words):
    assert broken_promises(text, "en") == words


@pytest.mark.parametrize(
    "text",
    [
        "A safe place to stay",
        "Make a safety plan.",
        "I would like to talk to someone in private.",
        "Call Safe Connections or The Women's Safe House.",
        "Missouri Safe at Home",
        "This is unsafe.",
    ],
)
def test_names_and_set_phrases_promise_nothing(text):
    assert broken_promises(text, "en") == ()


def test_further_names_are_let_pass_as_written():
    assert broken_promises("Call Private Ryan House", "en", ["Private Ryan House"]) == ()
    assert broken_promises("call private ryan house", "en", ["Private Ryan House"]) == ("private",)
    assert broken_promises("It is Private", "en", ["Private"]) == ("private",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Es seguro y anónimo.", ("seguro", "anonimo")),
        ("Borra todo, en privado", ("borra", "privado")),
        ("Un lugar seguro donde quedarse", ()),
        ("Quisiera hablar con alguien en privado.", ()),
        ("¿No está segura? Un plan de seguridad", ()),
        ("It is safe", ("safe",)),
    ],
)
def test_spanish_promises(text, words):
    assert broken_promises(text, "es") == words


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Ovo je sigurno i anonimno.", "bs", ("sigurno", "anonimno")),
        ("Sigurno mjesto za boravak, sigurnosni plan", "bs", ()),
        ("Nơi này an toàn và bảo mật", "vi", ("an toan", "bao mat")),
        ("Một chỗ ở an toàn. Kế hoạch an toàn.", "vi", ()),
        ("lan toàn quốc", "vi", ()),
        ("这里很安全，完全匿名。", "zh", ("安全", "匿名")),
        ("安全的住处和安全计划", "zh", ()),
        ("هذا المكان آمن والخصوصية مضمونة", "ar", ("امن", "خصوصية", "مضمونة")),
        ("مكان آمن للإقامة. ضع خطة أمان.", "ar", ()),
        ("Safe 安全", "zh", ("safe", "安全")),
    ],
)
def test_promises_in_the_other_languages(text, language, words):
    assert broken_promises(text, language) == words


def test_a_language_without_a_list_keeps_the_english_words():
    assert broken_promises("100% secure", "fr") == ("secure",)
