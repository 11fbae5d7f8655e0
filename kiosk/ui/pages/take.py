"""Take it with you: one code at a time, what it holds, and the trace the chosen way leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.content.model import Phone, PhoneKind, Service
from kiosk.takeaway.code import entry_modules
from kiosk.takeaway.payload import Choice, Way, choices_of, printed
from kiosk.ui.arrange import ANY_HEIGHT, Filler, Piece, Side, Stack
from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.old import notes_of
from kiosk.ui.pages.slip import slip_buttons, slip_notes
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.buttons import ActionButton
from kiosk.ui.widgets.cards import Note
from kiosk.ui.widgets.code_view import CodeView
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.payload import PayloadText
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.tiles import Tone
from kiosk.visit.actions import Turn
from kiosk.visit.places import ResourcePlace, TakePlace
from kiosk.words.numbers import isolate

ICONS = {Way.CALL: "phone", Way.TEXT: "message", Way.CONTACT: "contact", Way.WEB: "link"}


def take_page(place: TakePlace, scene: Scene) -> Page:
    """Return one code on a page of its own, for panels too small to hold it beside the number."""
    service = scene.library.services[place.service]
    choices = choices_of(service)
    choice = choices[min(place.choice, len(choices) - 1)]
    theme = scene.theme
    frame = Frame(place, scene, way_label(choice, service, scene))
    payload = PayloadText(theme, printed(choice.payload))
    notes = [*notes_of(scene, held_by(choice, service)), _trace(choice, scene)]
    bands = code_bands(frame, scene, _view(choice, service, scene), payload, notes)
    return frame.code_page(bands)


def code_bands(
    frame: Frame, scene: Scene, view: CodeView, payload: PayloadText, told: Sequence[Note]
) -> list[Piece]:
    """Return code, payload and what is told of it on one part where they fit, and the way to a slip.

    Where they do not, the notes come first: they are to be read before the code is used.
    """
    theme = scene.theme
    buttons, notes = slip_buttons(scene), slip_notes(scene)
    if theme.panel.is_portrait:
        face = Stack([Filler(theme.gap), view, payload, Filler(theme.gap)], theme.gap)
        card = Surface(theme, face, grows=1.0)
        card.tallest = theme.mm(230)
        whole: list[Piece] = [card, *told, *buttons, *notes]
        fits = frame.fits(Stack(whole, theme.gap))
        return whole if fits else [*notes, *told, view, payload, *buttons]
    code = Surface(theme, view, pad=0)
    weights = (view.side(), max(1, frame.width - view.side() - theme.gap))
    beside = Stack([payload, *told, *buttons, *notes], theme.gap)
    body = Side([code, beside], theme.gap, weights=weights, mirrored=theme.is_mirrored)
    return [body] if frame.fits(body) else [*notes, *told, code, payload, *buttons]


def code_card(place: ResourcePlace, scene: Scene, service: Service) -> Piece:
    """Return the card of a resource page: the code and its payload, the ways, the trace."""
    theme = scene.theme
    choices = choices_of(service)
    shown = min(place.choice, len(choices) - 1)
    buttons = [
        ActionButton(
            theme,
            way_icon(choice.way),
            way_label(choice, service, scene),
            Turn(replace(place, choice=index)),
            main=index == shown,
        )
        for index, choice in enumerate(choices)
    ]
    choice = choices[shown]
    view = _view(choice, service, scene)
    payload = PayloadText(theme, printed(choice.payload))
    space = theme.mm(2)
    code = Stack([Filler(space), view, payload, Filler(space)], space)
    slip: list[Piece] = [*slip_buttons(scene), *slip_notes(scene)]
    ways = Stack([*buttons, _trace(choice, scene), *slip], theme.mm(3))
    inner = Side([code, ways], theme.mm(6), weights=(1.0, 1.0), mirrored=theme.is_mirrored)
    card = Surface(theme, inner, grows=1.0)
    card.tallest = theme.mm(150) if theme.panel.is_portrait else ANY_HEIGHT
    return card


def held_by(choice: Choice, service: Service) -> tuple[Phone, ...]:
    """Return the numbers that a code holds."""
    if choice.way is Way.CONTACT:
        return tuple(phone for phone in service.phones if phone.kind is not PhoneKind.TEXT)
    return (choice.phone,) if choice.phone else ()


def way_label(choice: Choice, service: Service, scene: Scene) -> str:
    """Return what a way is called; with the number where an entry has more than one."""
    calls = [other for other in choices_of(service) if other.way is Way.CALL]
    if choice.way is Way.CALL and len(calls) > 1 and choice.phone:
        return scene.words("way.call_number", number=isolate(choice.phone.number))
    return scene.words(f"way.{choice.way.value}")


def way_icon(way: Way) -> str:
    """Return the icon of a way."""
    return ICONS[way]


def _view(choice: Choice, service: Service, scene: Scene) -> CodeView:
    purpose = scene.words(
        "take.purpose", way=way_label(choice, service, scene), name=scene.words.name(service.name)
    )
    return CodeView(scene.theme, entry_modules(choice.payload, scene.between), purpose)


def _trace(choice: Choice, scene: Scene) -> Note:
    return Note(scene.theme, scene.words(f"trace.{choice.way.value}"), tone=Tone.TINT, grows=0.0)
