"""What is found, in which order, and that nothing anybody writes or types can break it."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.sets import packed, positions, set_of, unpacked
from kiosk.find.folded import asked_words, words_of
from kiosk.find.index import FindRow, Found, Narrowing, Query, search, values, write
from kiosk.find.made import InMemory

ROWS = (
    FindRow(
        "911",
        "911",
        texts={"en": "Police, fire or ambulance"},
        numbers=("911",),
        needs=("danger",),
        day_and_night=True,
        emergency=True,
    ),
    FindRow(
        "harbor",
        "Harbor House",
        texts={"en": "A place to stay. Legal help too.", "es": "Refugio y abogados"},
        numbers=("3145550101",),
        needs=("stay",),
        areas=("St. Louis County",),
        languages=("es",),
    ),
    FindRow(
        "legal",
        "Legal Desk",
        also=("Elm Street Group",),
        texts={"en": "Lawyers for orders", "zh": "法律援助"},
        numbers=("3145550102",),
        needs=("legal",),
        areas=("St. Louis County", "City of St. Louis"),
        in_writing=True,
        open_hours=((0, 60),),
    ),
    FindRow(
        "line",
        "Night Line",
        texts={"en": "Paralegal advice, day and night"},
        numbers=("8005550103",),
        needs=("talk", "legal"),
        day_and_night=True,
    ),
)
TEXT = st.text(max_size=30)


def index(rows) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", factory=InMemory)
    write(connection, rows)
    return connection


@pytest.fixture(scope="module")
def shelf():
    return index(ROWS)


def found(shelf, typed, words="en", limit=9, offset=0, **narrowing) -> tuple[str, ...]:
    return search(shelf, Query(typed, words), Narrowing(**narrowing), limit, offset).services


@pytest.mark.parametrize(
    ("typed", "services"),
    [
        ("legal", ("legal", "harbor", "line")),  # in the name, a beginning elsewhere, inside a word
        ("LEG", ("legal", "harbor", "line")),
        ("h", ("harbor",)),
        ("house", ("harbor",)),
        ("elm group", ("legal",)),
        ("desk legal", ("legal",)),
        ("legal zebra", ()),
        ("911", ("911",)),
        ("314-555-0102", ("legal",)),
        ("5550102", ("legal",)),
        ("1 314 555 0102", ("legal",)),
        ("0102", ("legal",)),
        ("1-800-555-0103", ("line",)),
        ("amb", ("911",)),
        ("***", ()),
        ("", ("911", "line", "harbor", "legal")),
        ("   ", ("911", "line", "harbor", "legal")),
    ],
)
def test_what_is_found_in_which_order(shelf, typed, services):
    assert found(shelf, typed) == services


def test_each_language_finds_its_own_words_and_english_and_no_others(shelf):
    assert found(shelf, "abogados", "es") == ("harbor",)
    assert found(shelf, "lawyers", "es") == ("legal",)
    assert found(shelf, "abogados", "en") == ()
    assert found(shelf, "法律", "zh") == ("legal",)
    assert found(shelf, "律援", "zh") == ("legal",)


@pytest.mark.parametrize(
    ("narrowing", "services"),
    [
        ({"need": "legal"}, ("line", "legal")),
        ({"area": "City of St. Louis"}, ("legal",)),
        ({"language": "es"}, ("harbor",)),
        ({"in_writing": True}, ("legal",)),
        ({"day_and_night": True}, ("911", "line")),
        ({"open_at": 59}, ("911", "line", "legal")),
        ({"open_at": 60}, ("911", "line")),
        ({"need": "legal", "open_at": 60}, ("line",)),
        ({"need": "nothing"}, ()),
    ],
)
def test_narrowing(shelf, narrowing, services):
    assert found(shelf, "", **narrowing) == services


def test_day_and_night_comes_first_among_equals():
    shelf = index([FindRow("a", "Help Alpha"), FindRow("b", "Help Beta", day_and_night=True)])
    assert found(shelf, "help") == ("b", "a")


def test_a_part_is_cut_out_of_the_same_order(shelf):
    assert found(shelf, "legal", limit=1, offset=1) == ("harbor",)
    assert found(shelf, "legal", limit=2, offset=2) == ("line",)
    assert search(shelf, Query("legal"), Narrowing(), 1).total == 3


def test_choices_are_counted(shelf):
    assert values(shelf, "area") == [("City of St. Louis", 1), ("St. Louis County", 2)]


def test_searching_writes_nothing_and_opens_no_file(tmp_path):
    path = tmp_path / "index.db"
    with sqlite3.connect(path) as connection:
        write(connection, ROWS)
    connection.close()
    before = path.read_bytes()
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        shelf = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        assert found(shelf, "legal") == ("legal", "harbor", "line")
        shelf.close()
        assert [each.name for each in tmp_path.iterdir()] == ["index.db"]
        assert path.read_bytes() == before
    finally:
        tmp_path.chmod(0o700)


def test_an_empty_directory_finds_nothing():
    assert search(index([]), Query("x"), Narrowing(), 5) == Found((), 0)


def test_many_words_that_begin_alike_are_joined_rightly():
    rows = [FindRow(f"s{n:03}", f"Word{n:03}x", texts={"en": f"text{n:03}"}) for n in range(200)]
    shelf = index(rows)
    for typed, total in (
        ("w", 200),
        ("word", 200),
        ("word1", 100),
        ("word12", 10),
        ("text", 200),
        ("ord", 200),
    ):
        assert search(shelf, Query(typed), Narrowing(), 3).total == total


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=5), TEXT)
def test_no_text_in_any_field_and_nothing_typed_can_break_it(texts, typed):
    rows = [
        FindRow(
            service=f"s{n}",
            name=name,
            also=(more,),
            numbers=(more,),
            texts={"en": text, "es": name, more: more},
            needs=(text,),
            areas=(more,),
            own_area=text,
            languages=(name,),
        )
        for n, (name, more, text) in enumerate(texts)
    ]
    shelf = index(rows)
    for narrowing in (Narrowing(), Narrowing(need=typed), Narrowing(area=typed), Narrowing(language=typed)):
        result = search(shelf, Query(typed, typed), narrowing, 3)
        assert len(result.services) == min(3, result.total)


@given(st.lists(TEXT, min_size=1, max_size=6), st.data())
def test_every_beginning_of_every_word_finds_its_row(names, data):
    shelf = index([FindRow(f"s{n}", name) for n, name in enumerate(names)])
    for number, name in enumerate(names):
        for word in words_of(name):
            typed = word[: data.draw(st.integers(1, len(word)))]
            expected = all(any(w.startswith(a) for w in words_of(name)) for a in asked_words(typed))
            result = search(shelf, Query(typed), Narrowing(), len(names)).services
            assert not expected or f"s{number}" in result


@given(st.sets(st.integers(0, 5000)))
def test_a_set_comes_back_as_it_was(rows):
    assert set(positions(unpacked(packed(set_of(rows))))) == rows
