"""The whole behaviour of the kiosk as one function: what a visit becomes by an action."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.content.model import ServiceId
from kiosk.visit.actions import (
    Action,
    AskStillHere,
    Back,
    Continue,
    Drop,
    End,
    Hide,
    Keep,
    Open,
    SetLanguage,
    SetLook,
    SetRate,
    SetSize,
    SetSpeech,
    SetVolume,
    Turn,
    UseKeys,
)
from kiosk.visit.places import Place
from kiosk.visit.visit import LONGEST_TRAIL, MOST_KEPT, MOST_RATE, MOST_VOLUME, Visit


def step(visit: Visit, action: Action) -> Visit:  # noqa: C901, PLR0911, PLR0912 - one case for each action
    """Return the visit after `action`. Hide and End carry nothing over: they start from nothing."""
    match action:
        case Hide():
            return Visit()
        case End(trail):
            return Visit(trail=trail)
        case Open(place):
            return replace(visit, trail=_walked(visit.trail, place), asking=False)
        case Turn(place):
            return replace(visit, trail=(*visit.trail[:-1], place), asking=False)
        case Back():
            return replace(visit, trail=visit.trail[:-1] or visit.trail)
        case Keep(service):
            return replace(visit, kept=_with(visit.kept, service))
        case Drop(service):
            return replace(visit, kept=tuple(kept for kept in visit.kept if kept != service))
        case SetLanguage(language):
            return replace(visit, language=language)
        case SetSize(size):
            return replace(visit, size=size)
        case SetLook(look):
            return replace(visit, look=look)
        case SetSpeech(speaks):
            return replace(visit, speaks=speaks)
        case SetRate(rate):
            return replace(visit, rate=max(1, min(rate, MOST_RATE)))
        case SetVolume(volume):
            return replace(visit, volume=max(1, min(volume, MOST_VOLUME)))
        case UseKeys():
            return replace(visit, by_keys=True)
        case AskStillHere():
            return replace(visit, asking=True)
        case Continue():
            return replace(visit, asking=False)
        case _:
            assert_never(action)


def _walked(trail: tuple[Place, ...], place: Place) -> tuple[Place, ...]:
    """Add a place; the first one stays when the trail is cut, so that Back always ends in the lobby."""
    longer = (*trail, place)
    return longer if len(longer) <= LONGEST_TRAIL else (longer[0], *longer[2:])


def _with(kept: tuple[ServiceId, ...], service: ServiceId) -> tuple[ServiceId, ...]:
    if service in kept or len(kept) >= MOST_KEPT:
        return kept
    return (*kept, service)
