"""What the visitor kept: numbers to copy by hand, and one code that saves them all as one contact."""

from __future__ import annotations

from kiosk.content.age import is_old
from kiosk.content.model import PhoneKind, Service
from kiosk.takeaway.code import LARGEST_SHARED_VERSION, modules
from kiosk.takeaway.payload import printed, shared_contact
from kiosk.ui.arrange import Piece, Side, Stack
from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.old import notes_of
from kiosk.ui.pages.slip import slip_buttons, slip_notes
from kiosk.ui.pages.take import code_bands
from kiosk.ui.scene import Scene
from kiosk.ui.widgets.buttons import ActionButton
from kiosk.ui.widgets.cards import Heading, Note
from kiosk.ui.widgets.code_view import CodeView
from kiosk.ui.widgets.numbers import Line, NumberCard
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.payload import PayloadText
from kiosk.ui.widgets.tiles import Tone
from kiosk.visit.actions import Drop, Open
from kiosk.visit.places import MyCodePlace, MyNumbersPlace
from kiosk.words.numbers import isolate


def my_numbers_page(place: MyNumbersPlace, scene: Scene) -> Page:
    """Return the kept entries, each with its numbers and a way to take it out."""
    words, theme = scene.words, scene.theme
    kept, notes = kept_services(scene), slip_notes(scene)
    lead = "" if theme.is_cramped and kept else words("mine.lead")
    frame = Frame(place, scene, words("mine.title"), lead, lead_matters=not notes)
    if not kept:
        return frame.page([Note(theme, words("mine.empty"), tone=Tone.PLAIN)])
    numbers = [band for service in kept for band in _bands(service, scene, frame)]
    code = ActionButton(theme, "code", words("mine.code"), Open(MyCodePlace()), main=True)
    below = [] if lead else [Heading(theme, words("mine.lead"))]
    return frame.page([*notes, *numbers, *below], [code, *slip_buttons(scene)])


def my_code_page(place: MyCodePlace, scene: Scene) -> Page:
    """Return one code with every kept number, its payload and its trace."""
    words, theme = scene.words, scene.theme
    frame = Frame(place, scene, words("mine.code"), words("take.lead"), lead_matters=not slip_notes(scene))
    kept = kept_services(scene)
    if not kept:
        return frame.page([Note(theme, words("mine.empty"), tone=Tone.PLAIN)])
    payload = shared_contact(kept, words.english["mine.contact_name"])  # a code holds A to Z only
    found = modules(payload, LARGEST_SHARED_VERSION, scene.between)
    view = CodeView(theme, found, words("mine.purpose", count=len(kept)))
    held = (phone for service in kept for phone in service.phones if phone.kind is not PhoneKind.TEXT)
    told = [*notes_of(scene, held), Note(theme, words("trace.contact"), tone=Tone.TINT)]
    bands = code_bands(frame, scene, view, PayloadText(theme, printed(payload)), told)
    return frame.code_page(bands)


def kept_services(scene: Scene) -> list[Service]:
    """Return the kept entries that the directory still has."""
    services = scene.library.services
    return [services[id_] for id_ in scene.visit.kept if id_ in services]


def _bands(service: Service, scene: Scene, frame: Frame) -> list[Piece]:
    """Return the numbers of an entry with its name, which stands above them on low panels.

    Name and numbers stay on one part where one can hold them. 911 is its own name.
    """
    words, theme, width = scene.words, scene.theme, frame.width
    is_named = service.name not in {phone.number for phone in service.phones}
    lines = [
        Line(
            words.name(service.name) if index == 0 and is_named and not theme.is_low else "",
            words("old.call_first") if is_old(phone, scene.today) else "",
            isolate(phone.number),
        )
        for index, phone in enumerate(p for p in service.phones if p.kind is not PhoneKind.TEXT)
    ]
    card = NumberCard(theme, lines, largest_mm=9.5)
    name = words("mine.remove_name", name=words.name(service.name))
    remove = ActionButton(theme, "remove", words("mine.remove"), Drop(service.id), name=name)
    aside = max(remove.narrowest(), width * 0.2, min(remove.natural_width(), width * 0.28))
    if not theme.is_low and card.shrinks(width - theme.gap - aside):
        return [Stack([card, remove], theme.gap, grows=0.0)]
    numbers = Side(
        [card, remove],
        theme.gap,
        weights=(width - theme.gap - aside, aside),
        grows=0.0,
        mirrored=theme.is_mirrored,
    )
    if not (theme.is_low and is_named):
        return [numbers]
    together = Stack([Heading(theme, words.name(service.name), strong=True), numbers], theme.gap, grows=0.0)
    return [together] if frame.fits_with_more(together) else [*together.pieces]
