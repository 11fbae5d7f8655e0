import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.content.scan import scan
from kiosk.content.source import LARGEST_FILE, _without_controls, parse_source, read_source

from .conftest import HERE

GOOD = (HERE / "good/organizations/lake.toml").read_bytes()
LINES = st.sampled_from(
    [*GOOD.splitlines(), b"[a", b"[[a.b]]", b'k = "', b"k = [", b"]", b'"""', b"{", b"\xff", b"="]
)


@given(st.binary(max_size=200) | st.lists(LINES, max_size=12).map(b"\n".join))
@example(b"k = " + b"[" * 5000)
@example(b"k = " + b"9" * 5000)
@example(b"\xef\xbb\xbf")
@example(b"\r")
@example(b"a = 1\n[[a]]\n")
@example(b"[a]\n[[a]]\n")
@example(b"a = 1979-13-45")
def test_any_bytes_give_a_table_or_faults(raw):
    source = parse_source(raw, "any.toml")
    assert source.root is not None or source.faults
    for fault in source.faults:
        assert 1 <= fault.line <= raw.count(b"\n") + 1
        assert ";" in fault.message


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=3))
def test_a_damaged_file_never_raises(place, bytes_):
    parse_source(GOOD[:place] + bytes_ + GOOD[place + 1 :], "damaged.toml")


def test_every_key_header_and_list_text_has_its_line():
    root = parse_source(GOOD, "lake.toml").root
    first, second = root.tables["service"]
    (phone,) = first.tables["phone"]
    text = GOOD.decode().split("\n")
    assert text[first.line - 1] == "[[service]]"
    assert text[phone.line - 1] == "[[service.phone]]"
    assert text[phone.line_of("shown_as") - 1].startswith("shown_as")
    assert [text[phone.line_of("hours", item) - 1].strip() for item in (0, 1)] == [
        '"Mon-Fri 8:30-16:00",',
        '"Sat 9:00-12:00",',
    ]
    assert text[second.line_of("status") - 1] == 'status = "closed"'
    assert phone.line_of("no such key") == phone.line


def test_windows_line_ends_are_let_pass():
    source = parse_source(GOOD.replace(b"\n", b"\r\n"), "lake.toml")
    assert source.faults == ()
    assert source.root == parse_source(GOOD, "lake.toml").root


def test_comments_are_kept_with_their_lines():
    found = scan('# one\na = "# none" # two\n[b] # three\nc = [ # four\n "x", # five\n]\n').comments
    assert [(line, words.strip()) for line, words in found] == [
        (1, "one"),
        (2, "two"),
        (3, "three"),
        (4, "four"),
        (5, "five"),
    ]


def test_a_file_that_is_not_there_or_no_file_is_a_fault(tmp_path):
    for path, words in ((tmp_path / "none.toml", "missing"), (tmp_path, "cannot be opened")):
        source = read_source(path, "some.toml")
        assert source.root is None
        assert words in source.faults[0].message


def test_a_huge_file_is_refused_unread():
    assert "larger than" in parse_source(b"#" * (LARGEST_FILE + 1), "huge.toml").faults[0].message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "cp1252", "latin-1"])
def test_other_encodings_are_named(encoding):
    raw = 'name = "José"\n'.encode(encoding)
    assert parse_source(raw, "odd.toml").faults


def test_every_control_character_but_tab_and_line_end_is_taken_out():
    letters = [chr(code) for code in range(0x3000)]
    left = [" " if unicodedata.category(each) == "Cc" and each not in "\t\n" else each for each in letters]
    assert _without_controls("".join(letters)) == "".join(left)
