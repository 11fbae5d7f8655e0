"""Enums that are made quickly are those that Python makes."""

from __future__ import annotations

import copy
import enum
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.quick_enums import KNOWN, _is_plain, _make, create

ROOT = Path(__file__).parents[2]
KINDS = (enum.Enum, enum.IntEnum, enum.StrEnum, enum.Flag, enum.IntFlag)

if sys.version_info[:2] != KNOWN:
    pytest.skip("this Python makes all enums itself", allow_module_level=True)


def told(made) -> list[object]:
    """All that can be asked of an enum, of its members, and of what it does with a value it has not."""
    kept = {
        name: dict(found) if name == "_member_map_" else found
        for name, found in vars(made).items()
        if name not in {"__dict__", "__weakref__", "__doc__", *made.__members__}
    }
    listed = [repr(kept[name]) for name in sorted(kept) if "method" not in repr(kept[name])]
    members = [
        (name, repr(one), str(one), f"{one}", one.name, one.value, one._sort_order_, hash(one))
        for name, one in made.__members__.items()
    ]
    same = [
        made(one.value) is one and made[name] is one and getattr(made, name) is one and one in made
        for name, one in made.__members__.items()
    ]
    kept_up = [copy.deepcopy(one) is one and type(one) is made and one.__objclass__ is made for one in made]
    return [
        sorted(kept),
        listed,
        members,
        same,
        kept_up,
        list(made.__members__),
        [*map(repr, made)],
        len(made),
    ]


def both(kind, members) -> tuple[object, object]:
    place = {"module": __name__, "qualname": "Made"}
    return create(kind, "Made", members, **place), _make(kind, "Made", members, **place)


@given(
    st.sampled_from((enum.Enum, enum.IntEnum)),
    st.lists(
        st.tuples(st.from_regex(r"[A-Z][A-Za-z]{0,4}", fullmatch=True), st.integers(-3, 40)),
        min_size=8,
        max_size=30,
        unique_by=lambda member: member[0],
    ),
)
def test_it_is_the_enum_that_python_makes(kind, members):
    assert _is_plain(kind, members)
    quick, slow = both(kind, members)
    assert told(quick) == told(slow)
    with pytest.raises(ValueError, match="not a valid"):
        quick(41)
    with pytest.raises(AttributeError, match="cannot reassign"):
        setattr(quick, members[-1][0], 3)
    with pytest.raises(TypeError, match="cannot extend"):

        class More(quick):
            pass


PLAIN = [(f"A{n}", n) for n in range(9)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_python_makes_in_its_own_way_is_left_to_it(kind):
    assert _is_plain(kind, PLAIN) == (kind in {enum.Enum, enum.IntEnum, enum.StrEnum})


@pytest.mark.parametrize(
    "members",
    [
        [*PLAIN, ("name", 3)],
        [*PLAIN, ("real", 3)],
        [*PLAIN, ("_hidden", 3)],
        [*PLAIN, ("A1", 3)],
        [*PLAIN, ("text", "3")],
        [*PLAIN, ("true", True)],
        [*PLAIN, ("list", [])],
        dict(PLAIN),
        "A B C D E F G H I",
        [name for name, _ in PLAIN],
        PLAIN[:7],
    ],
    ids=str,
)
def test_what_is_not_plain_is_left_to_python(members):
    assert not _is_plain(enum.IntEnum, members)


NAMES_NO_MODULE = """
import enum
import kiosk.ui
print(enum.Enum("Made", [(letter, ord(letter)) for letter in "ABCDEFGHI"]).__module__)
"""


def test_a_caller_that_names_no_module_has_its_own():
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            NAMES_NO_MODULE,
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout == "__main__\n"


OF_QT = """
import enum, pickle, sys
if sys.argv[1] == "quick":
    import kiosk.ui
from PySide6 import QtCore, QtGui, QtWidgets
for module in QtCore, QtGui, QtWidgets:
    for name in sorted(dir(module)):
        for of in sorted(vars(getattr(module, name)) if isinstance(getattr(module, name), type) else ()):
            made = vars(getattr(module, name))[of]
            if isinstance(made, enum.EnumType):
                print(made.__module__, made.__qualname__, made.__mro__[1:], [*made])
                for key, one in made.__members__.items():
                    print(key, repr(one), str(one), one.value, hash(one), one._sort_order_)
                    assert made(one.value) is one
                    assert issubclass(made, enum.Flag) or pickle.loads(pickle.dumps(one)) is one
"""


def test_all_enums_of_qt_are_what_they_were():
    quick, slow = (
        subprocess.run(
            [sys.executable, "-c", OF_QT, how],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": "0"},
        ).stdout
        for how in ("quick", "slow")
    )
    assert quick.count("\n") > 5000
    assert quick == slow


MADE_BY_PYTHON = """
import enum
made = enum.EnumType._create_
members = []
def count(kind, name, names, **place):
    members.append(len(names))
    return made(kind, name, names, **place)
enum.EnumType._create_ = count
import kiosk.ui.quick_enums
kiosk.ui.quick_enums._make = count
import kiosk.ui.served
print(sum(members))
"""


def test_most_members_are_made_quickly():
    found = subprocess.run(
        [sys.executable, "-c", MADE_BY_PYTHON], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert int(found.stdout) < 1300
