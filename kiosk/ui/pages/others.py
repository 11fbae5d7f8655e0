"""One function for each place but the lobby: what it shows in a scene. A forgotten place is a type error."""

from __future__ import annotations

from typing import assert_never

from kiosk.content.listing import count_in
from kiosk.content.model import Library
from kiosk.ui.pages.about import about_page
from kiosk.ui.pages.category import category_page
from kiosk.ui.pages.guide import guide_page
from kiosk.ui.pages.help import help_page
from kiosk.ui.pages.interpreter import interpreter_page, interpreters_page
from kiosk.ui.pages.language import language_page
from kiosk.ui.pages.lobby import topic_page
from kiosk.ui.pages.mine import my_code_page, my_numbers_page
from kiosk.ui.pages.resource import resource_page
from kiosk.ui.pages.staff import staff_page
from kiosk.ui.pages.take import take_page
from kiosk.ui.pages.voice import voice_page
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.page import Page
from kiosk.visit.places import (
    AboutPlace,
    CategoryPlace,
    FindPlace,
    GuidePlace,
    HelpPlace,
    InterpreterPlace,
    InterpretersPlace,
    LanguagePlace,
    MyCodePlace,
    MyNumbersPlace,
    OtherPlace,
    ResourcePlace,
    StaffPlace,
    TakePlace,
    TopicPlace,
    VoicePlace,
)


def other_page(place: OtherPlace, scene: Scene) -> Page:  # noqa: C901, PLR0911, PLR0912 - one case for each place
    """Return the page of a place; of one that left the screen during the visit, the needs instead."""
    if not _is_there(place, scene.library):
        place = HelpPlace()
    match place:
        case TopicPlace():
            return topic_page(place, scene)
        case HelpPlace():
            return help_page(place, scene)
        case CategoryPlace():
            return category_page(place, scene)
        case ResourcePlace():
            return resource_page(place, scene)
        case TakePlace():
            return take_page(place, scene)
        case MyNumbersPlace():
            return my_numbers_page(place, scene)
        case MyCodePlace():
            return my_code_page(place, scene)
        case GuidePlace():
            return guide_page(place, scene)
        case StaffPlace():
            return staff_page(place, scene)
        case InterpretersPlace():
            return interpreters_page(place, scene)
        case InterpreterPlace():
            return interpreter_page(place, scene)
        case AboutPlace():
            return about_page(place, scene)
        case LanguagePlace():
            return language_page(place, scene)
        case VoicePlace():
            return voice_page(place, scene)
        case FindPlace():
            return _find_page(place, scene)
        case _:
            assert_never(place)


def _find_page(place: FindPlace, scene: Scene) -> Page:
    from kiosk.ui.pages.find import find_page  # noqa: PLC0415 - few kiosks have so many entries

    return find_page(place, scene)


def _is_there(place: OtherPlace, library: Library) -> bool:
    """False for an entry or guide that grew too old at midnight, and for a need of which none is left."""
    if isinstance(place, ResourcePlace | TakePlace):
        return place.service in library.services
    if isinstance(place, GuidePlace):
        return place.guide in library.guides
    return not isinstance(place, CategoryPlace) or bool(count_in(library, place.category))
