"""`dataclass`, whose methods are made when the first of them is needed.

Making those of one class takes 0.2 ms, forty times as long as the class itself. The first page needs few of
the actions and places that there are; making all of them was a twentieth of the time to it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

__all__ = ("dataclass", "make_all")
Made = TypeVar("Made")
_waiting: list[type] = []


def _dataclass(*, frozen: bool, repr: bool = True) -> Callable[[type[Made]], type[Made]]:  # noqa: A002
    """Do what `dataclasses.dataclass` does, but not before anything can tell.

    The class has no methods of its own with such names; with `repr=False` it has its own `__repr__`. Only one
    thread may ask.
    """

    def wait(made: type[Made]) -> type[Made]:
        for name in _names(repr):
            setattr(made, name, _Later(made, name, frozen, repr))
        _waiting.append(made)
        return made

    return wait


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass


def make_all() -> None:
    """Make what is still to be made, before processes are forked that would each do it for themselves."""
    while _waiting:
        dataclasses.fields(_waiting[-1])  # asking for anything makes it


def _names(with_repr: bool) -> tuple[str, ...]:
    methods = ("__init__", "__eq__", "__hash__", "__setattr__", "__delattr__")
    facts = ("__match_args__", "__dataclass_fields__", "__dataclass_params__")
    return (*methods, *facts, "__repr__") if with_repr else (*methods, *facts)


class _Later:
    """Stands where something of a class will be; whoever looks it up there gets the real one."""

    def __init__(self, made: type, name: str, frozen: bool, with_repr: bool) -> None:
        self._made = made
        self._name = name
        self._frozen = frozen
        self._with_repr = with_repr

    def __get__(self, one: object, kind: type | None = None) -> object:
        if self._made in _waiting:
            _waiting.remove(self._made)
            for name in _names(self._with_repr):
                delattr(self._made, name)
            dataclasses.dataclass(frozen=self._frozen, repr=self._with_repr)(self._made)
        return getattr(kind if one is None else one, self._name)
