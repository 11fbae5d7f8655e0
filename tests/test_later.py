"""Classes made later are what `dataclasses` makes at once, and nobody can tell before either."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.later import _waiting, dataclass, making

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Lamp:
    """Seen by name, so that one can be pickled."""

    room: str
    watts: int = 40
    seen: list[str] = dataclasses.field(default_factory=list, compare=False)


@dataclasses.dataclass(frozen=True)
class AtOnce:
    """The same, made at once."""

    room: str
    watts: int = 40
    seen: list[str] = dataclasses.field(default_factory=list, compare=False)


@pytest.fixture
def lamp() -> Iterator[type[Lamp]]:
    """A class that is still to be made."""

    @dataclass(frozen=True)
    class Fresh:
        """A lamp."""

        room: str
        watts: int = 40

    yield Fresh
    _waiting.pop(Fresh, None)


def refused(change: Callable[..., object], *what: object) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        change(*what)


ASKED = {
    "compared": lambda kind: object.__new__(kind) == 3,
    "hashed": lambda kind: hash(kind("hall")),
    "shown": lambda kind: repr(kind("hall")),
    "deleted from": lambda kind: refused(delattr, object.__new__(kind), "room"),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("has_one", [False, True])
def test_whatever_is_asked_first_makes_it(lamp, ask, has_one):
    if has_one:
        lamp("cellar")
    assert lamp in _waiting
    ask(lamp)
    assert lamp not in _waiting
    one = lamp("hall", watts=60)
    assert one == lamp(room="hall", watts=60)
    assert one != lamp("hall")
    assert hash(one) == hash(lamp("hall", 60))
    assert repr(one).endswith("Fresh(room='hall', watts=60)")
    assert dataclasses.replace(one, watts=5).watts == 5
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.room = "cellar"
    match one:
        case lamp(room, watts):
            assert (room, watts) == ("hall", 60)


FIRST_ASKED = {
    "fields": dataclasses.fields,
    "matched": lambda kind: kind.__match_args__,
    "asked what it is": dataclasses.is_dataclass,
    "written to": lambda kind: refused(setattr, object.__new__(kind), "room", "cellar"),
}


@pytest.mark.parametrize("ask", FIRST_ASKED.values(), ids=FIRST_ASKED)
def test_what_the_first_object_brings_along_makes_it_where_there_is_none(lamp, ask):
    ask(lamp)
    assert lamp not in _waiting
    assert lamp("hall", watts=60) == lamp(room="hall", watts=60)


def test_the_first_object_has_what_it_needs_and_cannot_be_changed(lamp):
    one = lamp("hall")
    assert lamp in _waiting, "more was made than one object takes"
    assert (one.room, one.watts, lamp.watts) == ("hall", 40, 40)
    assert [field.name for field in dataclasses.fields(one)] == ["room", "watts"]
    assert dataclasses.replace(one, watts=5).watts == 5
    with pytest.raises(TypeError, match="room"):
        lamp()
    for name in ("room", "watts", "colour"):
        with pytest.raises(dataclasses.FrozenInstanceError, match=name):
            setattr(one, name, "red")
    assert lamp in _waiting
    assert one == lamp("hall", 40)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.room = "cellar"


def test_what_a_field_says_of_itself_is_not_lost_with_the_first_object():
    @dataclass(frozen=True)
    class Shelf:
        """A shelf."""

        room: str
        books: list[str] = dataclasses.field(default_factory=list, compare=False, repr=False)
        height: int = dataclasses.field(default=2)

    first = Shelf("hall")
    assert first.books == []
    assert first.height == Shelf.height == 2
    assert Shelf in _waiting
    assert first == Shelf("hall", ["one"]), "what is not compared is"
    assert "books" not in repr(first)
    second = Shelf("hall")
    assert second.books == []
    assert second.books is not first.books
    assert second.height == 2


def test_it_has_the_methods_and_facts_that_it_would_have_at_once():
    one, other = Lamp("hall"), AtOnce("hall")
    repr(one)  # from here on all of it is there
    ours, theirs = vars(Lamp), vars(AtOnce)
    same = set(theirs) - {"__module__", "__doc__", "__dict__", "__weakref__"}
    assert same <= set(ours)
    for name in ("__init__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__repr__"):
        assert ours[name].__code__.co_names == theirs[name].__code__.co_names
    assert one.seen == other.seen == []
    assert Lamp.__match_args__ == AtOnce.__match_args__
    assert Lamp.watts == AtOnce.watts == 40


def test_a_class_says_of_itself_only_what_it_wants_to():
    @dataclass(frozen=True, repr=False)
    class Letter:
        """What somebody typed."""

        sign: str

        def __repr__(self) -> str:
            return "Letter(...)"

    assert repr(Letter("k")) == "Letter(...)"


HANDED_OVER = """
import pickle, sys
from tests.test_later import Lamp, _waiting
one, other = pickle.loads(bytes.fromhex(sys.argv[1]))
assert Lamp in _waiting
assert one == other and one is not other
assert hash(one) == hash(other)
"""


def test_what_another_process_made_is_equal_before_this_one_has_made_any():
    lamps = pickle.dumps((Lamp("hall", 60), copy.copy(Lamp("hall", 60))))
    subprocess.run([sys.executable, "-c", HANDED_OVER, lamps.hex()], cwd=ROOT, check=True)


def test_all_can_be_made_one_after_the_other(lamp):
    assert len(list(making())) > 0
    assert not _waiting
    assert dataclasses.is_dataclass(lamp)
