"""What typing and narrowing make of the place where somebody looks for something."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.visit.actions import Clear, Erase, Finding, Narrow, See, SetLetters, Type
from kiosk.visit.places import MOST_TYPED, FindPlace


def after(place: FindPlace, action: Finding) -> FindPlace:
    """Return the place after `action`; what is found is shown from its first part."""
    match action:
        case Type(letter):
            return replace(place, typed=_typed(place.typed, letter), part=0)
        case Erase():
            return replace(place, typed=place.typed[:-1], part=0)
        case Clear():
            return FindPlace()
        case Narrow(narrowed, view):
            return replace(place, narrowed=narrowed, view=view, part=0)
        case See(view):
            return replace(place, view=view, part=0)
        case SetLetters(latin):
            return replace(place, latin=latin)
        case _:
            assert_never(action)


def _typed(before: str, letter: str) -> str:
    """Return what is typed now: no space at the beginning, none after another, nothing beyond the most."""
    if letter.isspace():
        letter = " " if before and not before.endswith(" ") else ""
    return (before + letter)[:MOST_TYPED]
