"""`dataclass`, whose methods are made when the first of them is needed.

Making those of one class takes 0.2 ms, forty times as long as the class itself. The first page needs few of
the actions and places that there are; making all of them was a twentieth of the time to it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

__all__ = ("dataclass", "make_all")
METHODS: Final = ("__init__", "__eq__", "__hash__", "__setattr__", "__delattr__")
FACTS: Final = ("__match_args__", "__dataclass_fields__", "__dataclass_params__")
Made = TypeVar("Made")
_waiting: dict[type, Callable[[], object]] = {}
"""What makes each class that is still to be made."""


def _dataclass(*, frozen: bool, repr: bool = True) -> Callable[[type[Made]], type[Made]]:  # noqa: A002
    """Do what `dataclasses.dataclass` does, but not before anything can tell.

    The class has no methods of its own with such names; with `repr=False` it has its own `__repr__`. Only one
    thread may ask.
    """
    names = (*METHODS, *FACTS, "__repr__") if repr else (*METHODS, *FACTS)

    def wait(made: type[Made]) -> type[Made]:
        def make() -> None:
            for name in names:
                delattr(made, name)
            dataclasses.dataclass(frozen=frozen, repr=repr)(made)

        for name in names:
            setattr(made, name, _Later(made, name))
        _waiting[made] = make
        return made

    return wait


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass


def make_all() -> None:
    """Make what is still to be made, before processes are forked that would each do it for themselves."""
    while _waiting:
        _, make = _waiting.popitem()
        make()


class _Later:
    """Stands where something of a class will be; whoever looks it up there gets the real one."""

    def __init__(self, made: type, name: str) -> None:
        self._made = made
        self._name = name

    def __get__(self, one: object, kind: type | None = None) -> object:
        if make := _waiting.pop(self._made, None):
            make()
        return getattr(kind if one is None else one, self._name)
