"""`dataclass`, whose methods are made when the first of them is needed.

Making all of one class takes 0.5 ms, a hundred times as long as the class itself: Python compiles six small
functions. The first page needs few of the actions and places that there are, and of what it makes hardly more
than `__init__`, which takes 0.1 ms by itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, TypeVar

__all__ = ("dataclass", "making")
FACTS: Final = ("__match_args__", "__dataclass_fields__", "__dataclass_params__")
BEGUN: Final = ("__init__", *FACTS)
"""What is made for the first object."""
METHODS: Final = ("__eq__", "__hash__", "__setattr__", "__delattr__")
Made = TypeVar("Made")
_waiting: dict[type, Callable[[], object]] = {}
"""What makes each class that is still to be made."""


def _dataclass(*, frozen: bool, repr: bool = True) -> Callable[[type[Made]], type[Made]]:  # noqa: A002
    """Do what `dataclasses.dataclass` does, but not before anything can tell.

    The class has no methods of its own with such names; with `repr=False` it has its own `__repr__`. Only one
    thread may ask.
    """
    names = (*BEGUN, *METHODS, "__repr__") if repr else (*BEGUN, *METHODS)

    def wait(made: type[Made]) -> type[Made]:
        fields = {n: value for n, value in vars(made).items() if isinstance(value, dataclasses.Field)}

        def make() -> None:
            for name in names:
                delattr(made, name)
            for name, value in fields.items():  # beginning has put defaults in their places
                setattr(made, name, value)
            dataclasses.dataclass(frozen=frozen, repr=repr)(made)

        for name in names:
            setattr(made, name, (_First if name == "__init__" else _Later)(made, name))
        _waiting[made] = make
        return made

    return wait


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass


def making() -> Iterator[None]:
    """Make what is still to be made, a class at a time: before processes are forked that would each do it."""
    while _waiting:
        _, make = _waiting.popitem()
        make()
        yield


class _Later:
    """Stands where something of a class will be; whoever looks it up there gets the real one."""

    def __init__(self, made: type, name: str) -> None:
        self._made = made
        self._name = name

    def __get__(self, one: object, kind: type | None = None) -> object:
        if make := _waiting.pop(self._made, None):
            make()
        return getattr(kind if one is None else one, self._name)


class _First(_Later):
    """Stands where `__init__` will be: the first object needs nothing else of its class."""

    def __get__(self, one: object, kind: type | None = None) -> object:
        if self._made in _waiting:
            _begin(self._made)
        return getattr(kind if one is None else one, self._name)


def _begin(made: type) -> None:
    for name in (*BEGUN, "__setattr__"):
        delattr(made, name)
    dataclasses.dataclass(eq=False, repr=False)(made)
    made.__setattr__ = _set_once  # type: ignore[method-assign, assignment]


def _set_once(one: object, name: str, value: object) -> None:
    """Set what `__init__` sets, which is all there is, and nothing after it."""
    if name in one.__dict__ or name not in type(one).__dataclass_fields__:  # type: ignore[attr-defined]
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
    one.__dict__[name] = value
