"""Where a visitor can be. A place is data: a test can compare it, and nothing else remembers it.

Every place has a `part`: content that does not fit the panel goes on in the next part, reached by
"More"; nothing scrolls out of sight.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.content.model import CategoryId, GuideId, ServiceId


@dataclass(frozen=True, slots=True)
class LobbyPlace:
    """Ordinary visitor information: what the kiosk shows all day and what Hide returns to."""

    part: int = 0


@dataclass(frozen=True, slots=True)
class TopicPlace:
    """The page behind one lobby tile."""

    tile: str
    part: int = 0


@dataclass(frozen=True, slots=True)
class HelpPlace:
    """The needs, at most eight."""

    part: int = 0


@dataclass(frozen=True, slots=True)
class CategoryPlace:
    """The entries of one need; `in_writing` keeps those with text, chat or video."""

    category: CategoryId
    in_writing: bool = False
    part: int = 0


@dataclass(frozen=True, slots=True)
class ResourcePlace:
    """One entry; `choice` is the index of the way to take it along that is shown."""

    service: ServiceId
    choice: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class TakePlace:
    """The code of one entry on a page of its own, for panels too small to hold both."""

    service: ServiceId
    choice: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class MyNumbersPlace:
    """What the visitor kept during this visit."""

    part: int = 0


@dataclass(frozen=True, slots=True)
class MyCodePlace:
    """The one code that saves all kept numbers as one contact."""

    part: int = 0


@dataclass(frozen=True, slots=True)
class GuidePlace:
    """Steps or parts that explain something."""

    guide: GuideId
    part: int = 0


@dataclass(frozen=True, slots=True)
class StaffPlace:
    """The card to show to a clerk."""

    part: int = 0


@dataclass(frozen=True, slots=True)
class InterpretersPlace:
    """The languages that an interpreter can be asked for. `over_help` as in LanguagePlace."""

    over_help: bool = False
    part: int = 0


@dataclass(frozen=True, slots=True)
class InterpreterPlace:
    """The card that asks staff for an interpreter of one language."""

    code: str
    over_help: bool = False
    part: int = 0


@dataclass(frozen=True, slots=True)
class AboutPlace:
    """Who runs this screen, what it keeps (nothing) and what it cannot do."""

    part: int = 0


@dataclass(frozen=True, slots=True)
class LanguagePlace:
    """The languages by their own names. `over_help`: it was opened from a page that the strip hides."""

    over_help: bool = False
    part: int = 0


@dataclass(frozen=True, slots=True)
class VoicePlace:
    """How the voice sounds. `over_help` as in LanguagePlace."""

    over_help: bool = False
    part: int = 0


Place = (
    LobbyPlace
    | TopicPlace
    | HelpPlace
    | CategoryPlace
    | ResourcePlace
    | TakePlace
    | MyNumbersPlace
    | MyCodePlace
    | GuidePlace
    | StaffPlace
    | InterpretersPlace
    | InterpreterPlace
    | AboutPlace
    | LanguagePlace
    | VoicePlace
)


def is_ordinary(place: Place) -> bool:
    """True for the pages anyone may see over a visitor's shoulder: there the strip reads Home."""
    if isinstance(place, LanguagePlace | InterpretersPlace | InterpreterPlace | VoicePlace):
        return not place.over_help
    return isinstance(place, LobbyPlace | TopicPlace)
