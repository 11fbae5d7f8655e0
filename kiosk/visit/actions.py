"""What a visitor, or the clock, can do. A page emits one of these and knows nothing else."""

from __future__ import annotations

from kiosk.content.model import ServiceId
from kiosk.later import dataclass
from kiosk.visit.places import FindView, LobbyPlace, Narrowed, Place
from kiosk.visit.visit import Look, TextSize


@dataclass(frozen=True)
class Open:
    """Go on to a place; Back returns from it."""

    place: Place


@dataclass(frozen=True)
class Turn:
    """Show another part, way or filter of the same place; Back does not count it."""

    place: Place


@dataclass(frozen=True)
class Back:
    """Return to the place before."""


@dataclass(frozen=True)
class Hide:
    """Show the lobby and drop everything."""


@dataclass(frozen=True)
class End:
    """The visit is over; the next one begins on `trail`."""

    trail: tuple[Place, ...] = (LobbyPlace(),)


@dataclass(frozen=True)
class Keep:
    """Put an entry into My numbers."""

    service: ServiceId


@dataclass(frozen=True)
class Drop:
    """Take an entry out of My numbers."""

    service: ServiceId


@dataclass(frozen=True)
class Print:
    """Print a slip of what this page shows."""


@dataclass(frozen=True)
class PrintFails:
    """The printer did not take the slip."""


@dataclass(frozen=True)
class SetLanguage:
    """Show everything in another language (BCP 47 code)."""

    language: str


@dataclass(frozen=True)
class SetSize:
    """Show everything in another text size."""

    size: TextSize


@dataclass(frozen=True)
class SetLook:
    """Show everything in another colour theme."""

    look: Look


@dataclass(frozen=True)
class SetSpeech:
    """Turn the voice on or off."""

    speaks: bool


@dataclass(frozen=True)
class SetRate:
    """Speak at another pace, from 1 (slow); beyond its ends nothing changes."""

    rate: int


@dataclass(frozen=True)
class SetVolume:
    """Speak louder or softer, from 1 (soft); beyond its ends nothing changes."""

    volume: int


@dataclass(frozen=True)
class Pause:
    """Let what is said wait, or go on; nothing of the visit changes."""


@dataclass(frozen=True)
class UseKeys:
    """A key was used: this visitor gets the longer time before Still here?"""


@dataclass(frozen=True)
class AskStillHere:
    """Nobody touched the screen for a while: cover it with the lobby and ask."""


@dataclass(frozen=True)
class Continue:
    """The visitor is still here: go on where they were."""


@dataclass(frozen=True, repr=False)
class Type:
    """Add a letter, digit or space to what is looked for."""

    letter: str

    def __repr__(self) -> str:
        """Say nothing of what was typed."""
        return "Type(...)"


@dataclass(frozen=True)
class Erase:
    """Take the last sign away again."""


@dataclass(frozen=True)
class Clear:
    """Begin anew: nothing typed, nothing narrowed."""


@dataclass(frozen=True, repr=False)
class Narrow:
    """Look only for what is also like this, and show the keyboard or the list again."""

    narrowed: Narrowed
    view: FindView = FindView.TYPE

    def __repr__(self) -> str:
        """Say nothing of what was chosen."""
        return "Narrow(...)"


@dataclass(frozen=True)
class See:
    """Show another view of Find, from its first part."""

    view: FindView


@dataclass(frozen=True)
class SetLetters:
    """Type with A to Z, or with the letters of the language."""

    latin: bool


Finding = SetLetters | Type | Erase | Clear | Narrow | See
Presenting = SetLanguage | SetSize | SetLook | SetSpeech | SetRate | SetVolume
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
    | Pause
    | UseKeys
    | AskStillHere
    | Continue
    | Presenting
    | Finding
)
