"""Frozen values as JSON and back: what a built directory holds in its rows.

The form follows the dataclasses themselves, so nothing has to be kept in step by hand. A value that is its
field's default is left out. What is read is checked against the types: a text where a number belongs is a
ValueError, never a value.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
Decode = Callable[[object], object]


def json_of(value: object) -> str:
    """The JSON of a value made of dataclasses, tuples, days, words and numbers; always the same."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def value_of(kind: type[Value], body: str) -> Value:
    """The value of this kind that `json_of` wrote. Raises ValueError for anything else."""
    form: Any = kind
    return cast("Value", _decoder(form)(json.loads(body)))


def _plain(value: object) -> object:
    if is_dataclass(value):
        shown = ((field.name, getattr(value, field.name), field.default) for field in fields(value))
        return {name: _plain(each) for name, each, default in shown if default is MISSING or each != default}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"a {type(value).__name__} has no form in a built directory")


@cache
def _decoder(kind: Any) -> Decode:  # noqa: ANN401 - a type, or a form of types
    kind = getattr(kind, "__supertype__", kind)  # a NewType is its type
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {types.UnionType, Union}:
        return _optional(_decoder(next(each for each in inner if each is not types.NoneType)))
    if origin is tuple:
        return _many(_decoder(inner[0])) if inner[-1] is Ellipsis else _pair(tuple(map(_decoder, inner)))
    if is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, StrEnum):
        return cast("Decode", kind)
    if kind is date:
        return lambda value: date.fromisoformat(str(value))
    return _exactly(kind)


def _exactly(kind: type) -> Decode:
    def decode(value: object) -> object:
        if type(value) is not kind:  # exactly: True is an int to Python
            raise ValueError(f"{kind.__name__} expected")
        return value

    return decode


def _optional(decode: Decode) -> Decode:
    return lambda value: None if value is None else decode(value)


def _many(decode: Decode) -> Decode:
    return lambda value: tuple(map(decode, _list(value)))


def _pair(each: tuple[Decode, ...]) -> Decode:
    return lambda value: tuple(decode(one) for decode, one in zip(each, _list(value), strict=True))


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("list expected")  # noqa: TRY004 - one error for all that does not fit
    return value


def _record(kind: Any) -> Decode:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(kind)
    known = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    required = {field.name for field in fields(kind) if field.default is MISSING}

    def decode(value: object) -> object:
        if not isinstance(value, dict) or not required <= value.keys() <= known.keys():
            raise ValueError(f"{kind.__name__} expected")
        return kind(**{name: known[name](each) for name, each in value.items()})

    return decode
