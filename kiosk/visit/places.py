"""Where a visitor can be. A place is data: a test can compare it, and nothing else remembers it.

Every place has a `part`: content that does not fit the panel goes on in the next part, reached by
"More"; nothing scrolls out of sight.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kiosk.content.model import CategoryId, GuideId, ServiceId
from kiosk.later import dataclass

MOST_TYPED: Final = 40


@dataclass(frozen=True)
class LobbyPlace:
    """Ordinary visitor information: what the kiosk shows all day and what Hide returns to."""

    part: int = 0


@dataclass(frozen=True)
class TopicPlace:
    """The page behind one lobby tile."""

    tile: str
    part: int = 0


@dataclass(frozen=True)
class HelpPlace:
    """The needs, at most eight."""

    part: int = 0


@dataclass(frozen=True)
class CategoryPlace:
    """The entries of one need; `in_writing` keeps those with text, chat or video."""

    category: CategoryId
    in_writing: bool = False
    part: int = 0


@dataclass(frozen=True)
class ResourcePlace:
    """One entry; `choice` is the index of the way to take it along that is shown."""

    service: ServiceId
    choice: int = 0
    part: int = 0


@dataclass(frozen=True)
class TakePlace:
    """The code of one entry on a page of its own, for panels too small to hold both."""

    service: ServiceId
    choice: int = 0
    part: int = 0


@dataclass(frozen=True)
class MyNumbersPlace:
    """What the visitor kept during this visit."""

    part: int = 0


@dataclass(frozen=True)
class MyCodePlace:
    """The one code that saves all kept numbers as one contact."""

    part: int = 0


@dataclass(frozen=True)
class GuidePlace:
    """Steps or parts that explain something."""

    guide: GuideId
    part: int = 0


@dataclass(frozen=True)
class StaffPlace:
    """The card to show to a clerk."""

    part: int = 0


@dataclass(frozen=True)
class InterpretersPlace:
    """The languages that an interpreter can be asked for. `over_help` as in LanguagePlace."""

    over_help: bool = False
    part: int = 0


@dataclass(frozen=True)
class InterpreterPlace:
    """The card that asks staff for an interpreter of one language."""

    code: str
    over_help: bool = False
    part: int = 0


@dataclass(frozen=True)
class AboutPlace:
    """Who runs this screen, what it keeps (nothing) and what it cannot do."""

    part: int = 0


@dataclass(frozen=True)
class LanguagePlace:
    """The languages by their own names. `over_help`: it was opened from a page that the strip hides."""

    over_help: bool = False
    part: int = 0


@dataclass(frozen=True)
class VoicePlace:
    """How the voice sounds. `over_help` as in LanguagePlace."""

    over_help: bool = False
    part: int = 0


class FindView(StrEnum):
    """What Find shows: the keyboard, the list alone, the ways to narrow, or the choices of one of them."""

    TYPE = "type"
    LIST = "list"
    NARROW = "narrow"
    NEED = "need"
    AREA = "area"
    LANGUAGE = "language"


@dataclass(frozen=True, repr=False)
class Narrowed:
    """What is found must also be of this need, serve this area (its English), answer in this language (its
    code), be open now, or be reached by text, chat or video.
    """

    need: CategoryId | None = None
    area: str | None = None
    language: str | None = None
    open_now: bool = False
    in_writing: bool = False

    def __repr__(self) -> str:
        """Say nothing of what was chosen."""
        return "Narrowed(...)"


@dataclass(frozen=True, repr=False)
class FindPlace:
    """Finding by typing. What was typed (at most MOST_TYPED signs) and chosen is here and nowhere else.

    `latin` shows A to Z where the language has letters of its own: names are written with them.
    """

    typed: str = ""
    narrowed: Narrowed = Narrowed()
    view: FindView = FindView.TYPE
    latin: bool = False
    part: int = 0

    def __repr__(self) -> str:
        """Say nothing, so that no log or traceback can tell what was typed."""
        return "FindPlace(...)"


OtherPlace = (
    TopicPlace
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
    | FindPlace
)
"""All that lies behind the lobby."""
Place = LobbyPlace | OtherPlace


def is_ordinary(place: Place) -> bool:
    """True for the pages anyone may see over a visitor's shoulder: there the strip reads Home."""
    if isinstance(place, LanguagePlace | InterpretersPlace | InterpreterPlace | VoicePlace):
        return not place.over_help
    return isinstance(place, LobbyPlace | TopicPlace)
