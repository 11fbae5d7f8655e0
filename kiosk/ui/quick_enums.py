"""Makes large enums in a third of the time, with the Python whose `enum` module this was written against.

At its start Qt for Python asks `enum` for 170 classes of 2,700 members, among them 500 keys and 650 languages
and countries. Python 3.11 takes 10 us for each: it looks through the bases of the class for the name, and
raises and catches an exception to see that the value is new. Where neither can be, four assignments make the
same member; `tests/ui/test_quick_enums.py` compares all that can be asked of one.
"""

from __future__ import annotations

import enum
import sys
from typing import Any, Final

KNOWN: Final = (3, 11)
"""The Python, that of Debian 12, whose way of keeping members is known here; others make all themselves."""
MANY: Final = 8

_make: Final = enum.EnumType._create_  # type: ignore[attr-defined]


def make_enums_quickly() -> None:
    """From now on `enum.Enum(name, members)` and its like make many plain members quickly."""
    if sys.version_info[:2] == KNOWN:
        enum.EnumType._create_ = create  # type: ignore[attr-defined]


def create(kind: type[enum.Enum], name: str, members: Any, **place: Any) -> Any:
    """Return what `kind(name, members, **place)` returns."""
    if place.get("module") is None:  # it is the caller's, whose frame is as far from here as it is from there
        place["module"] = sys._getframe(2).f_globals.get("__name__")  # noqa: SLF001 - as `enum` does
    if not _is_plain(kind, members):
        return _make(kind, name, members, **place)
    first, *others = members
    made = _make(kind, name, [first], **place)
    _add(made, others)
    return made


def _is_plain(kind: type[enum.Enum], members: Any) -> bool:
    """Tell whether these are many different names of numbers, none of which the class has already."""
    if not isinstance(members, list | tuple) or len(members) < MANY or issubclass(kind, enum.Flag):
        return False
    if not all(isinstance(member, tuple) and type(member[1]) is int for member in members):
        return False
    names = {name for name, _ in members}
    if len(names) < len(members) or any(name.startswith("_") for name in names):
        return False
    return all(names.isdisjoint(vars(base)) for base in kind.__mro__)


def _add(made: Any, members: list[tuple[str, int]]) -> None:
    by_name, by_value, order = made._member_map_, made._value2member_map_, made._member_names_
    new, takes_value = made._new_member_, made._use_args_
    for name, value in members:
        member = by_value.get(value)
        if member is None:  # else it is another name of the same
            member = new(made, value) if takes_value else new(made)
            member._value_, member._name_, member.__objclass__ = value, name, made
            member._sort_order_ = len(order)
            by_value[value] = member
            order.append(name)
        type.__setattr__(made, name, member)  # the class's own refuses only what is a member already
        by_name[name] = member
