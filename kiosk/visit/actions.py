"""What a visitor, or the clock, can do. A page emits one of these and knows nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.content.model import ServiceId
from kiosk.visit.places import LobbyPlace, Place
from kiosk.visit.visit import Look, TextSize


@dataclass(frozen=True, slots=True)
class Open:
    """Go on to a place; Back returns from it."""

    place: Place


@dataclass(frozen=True, slots=True)
class Turn:
    """Show another part, way or filter of the same place; Back does not count it."""

    place: Place


@dataclass(frozen=True, slots=True)
class Back:
    """Return to the place before."""


@dataclass(frozen=True, slots=True)
class Hide:
    """Show the lobby and drop everything."""


@dataclass(frozen=True, slots=True)
class End:
    """The visit is over; the next one begins on `trail`."""

    trail: tuple[Place, ...] = (LobbyPlace(),)


@dataclass(frozen=True, slots=True)
class Keep:
    """Put an entry into My numbers."""

    service: ServiceId


@dataclass(frozen=True, slots=True)
class Drop:
    """Take an entry out of My numbers."""

    service: ServiceId


@dataclass(frozen=True, slots=True)
class Print:
    """Print a slip of what this page shows."""


@dataclass(frozen=True, slots=True)
class PrintFails:
    """The printer did not take the slip."""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Show everything in another language (BCP 47 code)."""

    language: str


@dataclass(frozen=True, slots=True)
class SetSize:
    """Show everything in another text size."""

    size: TextSize


@dataclass(frozen=True, slots=True)
class SetLook:
    """Show everything in another colour theme."""

    look: Look


@dataclass(frozen=True, slots=True)
class SetSpeech:
    """Turn the voice on or off."""

    speaks: bool


@dataclass(frozen=True, slots=True)
class SetRate:
    """Speak at another pace, from 1 (slow); beyond its ends nothing changes."""

    rate: int


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Speak louder or softer, from 1 (soft); beyond its ends nothing changes."""

    volume: int


@dataclass(frozen=True, slots=True)
class UseKeys:
    """A key was used: this visitor gets the longer time before Still here?"""


@dataclass(frozen=True, slots=True)
class AskStillHere:
    """Nobody touched the screen for a while: cover it with the lobby and ask."""


@dataclass(frozen=True, slots=True)
class Continue:
    """The visitor is still here: go on where they were."""


Action = (
    Open
    | Turn
    | Back
    | Hide
    | End
    | Keep
    | Drop
    | Print
    | PrintFails
    | SetLanguage
    | SetSize
    | SetLook
    | SetSpeech
    | SetRate
    | SetVolume
    | UseKeys
    | AskStillHere
    | Continue
)
