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
    Finding,
    Hide,
    Keep,
    Open,
    Pause,
    Presenting,
    Print,
    PrintFails,
    SetLanguage,
    SetLook,
    SetRate,
    SetSize,
    SetSpeech,
    SetVolume,
    Turn,
    UseKeys,
)
from kiosk.visit.finding import after
from kiosk.visit.places import FindPlace, LanguagePlace, Place, VoicePlace
from kiosk.visit.visit import LONGEST_TRAIL, MOST_KEPT, MOST_RATE, MOST_VOLUME, Paper, Visit


def step(visit: Visit, action: Action) -> Visit:  # noqa: C901, PLR0911, PLR0912 - one case for each action
    """Return the visit after `action`. Hide and End carry nothing over: they start from nothing."""
    if isinstance(action, Finding):
        return _found(visit, action)
    if isinstance(action, Presenting):
        return _presented(visit, action)
    match action:
        case Hide():
            return Visit()
        case End(trail):
            return Visit(trail=trail)
        case Open(place):
            return replace(visit, trail=_walked(visit.trail, place), asking=False, paper=Paper.NONE)
        case Turn(place):
            return replace(visit, trail=(*visit.trail[:-1], place), asking=False, paper=Paper.NONE)
        case Back():
            return replace(visit, trail=visit.trail[:-1] or visit.trail, paper=Paper.NONE)
        case Keep(service):
            return replace(visit, kept=_with(visit.kept, service))
        case Drop(service):
            return replace(visit, kept=tuple(kept for kept in visit.kept if kept != service))
        case Print():
            return replace(visit, trail=_at_first_part(visit.trail), paper=Paper.COMING)
        case PrintFails():
            return replace(visit, paper=Paper.FAILED) if visit.paper is Paper.COMING else visit
        case Pause():
            return visit
        case UseKeys():
            return replace(visit, by_keys=True)
        case AskStillHere():
            return replace(visit, asking=True)
        case Continue():
            return replace(visit, asking=False)
        case _:
            assert_never(action)


def _presented(visit: Visit, action: Presenting) -> Visit:
    """Show or say everything in another way."""
    match action:
        case SetLanguage(language):
            return replace(visit, language=language, trail=_without_picker(visit.trail))
        case SetSize(size):
            return replace(visit, size=size)
        case SetLook(look):
            return replace(visit, look=look)
        case SetSpeech(speaks):
            return replace(visit, speaks=speaks, trail=visit.trail if speaks else _without_voice(visit.trail))
        case SetRate(rate):
            return replace(visit, rate=max(1, min(rate, MOST_RATE)))
        case SetVolume(volume):
            return replace(visit, volume=max(1, min(volume, MOST_VOLUME)))
        case _:
            assert_never(action)


def _found(visit: Visit, action: Finding) -> Visit:
    """Type or narrow where the visitor is: no letter is a step that Back would take."""
    if not isinstance(visit.place, FindPlace):
        return visit
    return replace(visit, trail=(*visit.trail[:-1], after(visit.place, action)), asking=False)


def _walked(trail: tuple[Place, ...], place: Place) -> tuple[Place, ...]:
    """Add a place; the first one stays when the trail is cut, so that Back always ends in the lobby."""
    longer = (*trail, place)
    return longer if len(longer) <= LONGEST_TRAIL else (longer[0], *longer[2:])


def _at_first_part(trail: tuple[Place, ...]) -> tuple[Place, ...]:
    """Turn to where the page says what becomes of the slip."""
    return (*trail[:-1], replace(trail[-1], part=0))


def _without_picker(trail: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return to where the languages were asked for."""
    return trail[:-1] if len(trail) > 1 and isinstance(trail[-1], LanguagePlace) else trail


def _without_voice(trail: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return from the page that changes the voice when there is none any more."""
    return trail[:-1] if len(trail) > 1 and isinstance(trail[-1], VoicePlace) else trail


def _with(kept: tuple[ServiceId, ...], service: ServiceId) -> tuple[ServiceId, ...]:
    if service in kept or len(kept) >= MOST_KEPT:
        return kept
    return (*kept, service)
