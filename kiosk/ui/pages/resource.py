"""One entry: the number as the hero, the code beside it where there is room, then the facts."""

from __future__ import annotations

from dataclasses import replace

from kiosk.content.age import is_old, is_old_entry
from kiosk.content.model import How, Phone, PhoneKind, Service
from kiosk.takeaway.payload import can_be_kept, choices_of
from kiosk.ui.arrange import Piece, Side, Stack
from kiosk.ui.pages.frame import Frame
from kiosk.ui.pages.hours import badge, weekly
from kiosk.ui.pages.old import call_first
from kiosk.ui.pages.slip import slip_notes
from kiosk.ui.pages.take import code_card, way_icon, way_label
from kiosk.ui.scene import Scene
from kiosk.ui.theme import NUMBER_MM
from kiosk.ui.widgets.buttons import ActionButton, button_rows
from kiosk.ui.widgets.cards import Facts, Heading, Note
from kiosk.ui.widgets.numbers import Line, NumberCard
from kiosk.ui.widgets.page import Page
from kiosk.ui.widgets.tiles import Row, Tone
from kiosk.visit.actions import Keep, Open
from kiosk.visit.places import MyNumbersPlace, ResourcePlace, TakePlace
from kiosk.visit.visit import MOST_KEPT, TextSize
from kiosk.words.clock import day_of
from kiosk.words.numbers import isolate


def resource_page(place: ResourcePlace, scene: Scene) -> Page:
    """Return the entry on one page with its code, or in parts with the code one tap away."""
    service = scene.library.services[place.service]
    words, theme = scene.words, scene.theme
    summary = words.text(service.summary)
    tight = theme.is_cramped or _says_more_of_numbers(service, scene)
    frame = Frame(place, scene, words.name(service.name), "" if tight else summary)
    numbers = _numbers(service, scene) if service.phones else _instead(service, scene)
    above = Stack([Heading(theme, summary), *numbers[:1]], theme.gap)
    if not (tight or theme.is_roomy or frame.fits_with_more(above)):
        tight, frame = True, Frame(place, scene, words.name(service.name))  # the number before the summary
    keep = _keep(service, scene)
    facts = _facts(service, scene)
    cautions = _cautions(service, scene)
    choices = choices_of(service)
    if choices and theme.is_roomy:
        card = code_card(place, scene, service)
        found = _with_code(frame, scene, numbers, [card, *keep], cautions, facts)
        if found:
            return frame.page(found)
    buttons = [*_ways(place, scene, service), *keep]
    bands = [
        *slip_notes(scene),
        *numbers,
        *([Heading(theme, summary)] if tight else []),
        *button_rows(buttons, frame.width, theme),
        *cautions,
        *_facts_in_parts(frame, scene, facts),
    ]
    return frame.page(bands)


def _says_more_of_numbers(service: Service, scene: Scene) -> bool:
    """Return True where a small panel has room for a number and its warning, but not for more above it."""
    return not scene.theme.is_roomy and any(is_old(phone, scene.today) for phone in service.phones)


def _with_code(
    frame: Frame,
    scene: Scene,
    numbers: list[Piece],
    code: list[Piece],
    cautions: list[Piece],
    facts: list[tuple[str, str]],
) -> list[Piece]:
    """Return the bands of a page that holds the code itself; none when the panel is too small for it."""
    theme = scene.theme
    known = Facts(theme, facts, grows=0.5)
    if not theme.panel.is_portrait:
        left = Stack([*numbers, *cautions, known], theme.gap)
        whole = Side([left, Stack(code, theme.gap)], theme.gap, mirrored=theme.is_mirrored)
        return [whole] if frame.fits(whole) else []
    known.tallest = max(theme.mm(120), known.needed(frame.width))
    if not frame.fits_with_more(Stack([*numbers, *code], theme.gap)):
        return []
    return [*numbers, *code, *cautions, known]


def _numbers(service: Service, scene: Scene) -> list[Piece]:
    """Return all numbers in one card, or in a card each where panels are small."""
    theme = scene.theme
    largest = NUMBER_MM
    if theme.is_roomy:
        largest *= 2.4 if service.is_emergency else 1.6 if service.phones[0].is_short else 1.0
    lines = _said_once([_line(phone, scene) for phone in service.phones])
    groups = [lines] if theme.is_roomy else [[line] for line in lines]
    cards: list[Piece] = []
    for group in groups:
        card = NumberCard(theme, group, largest_mm=largest, grows=0.6)
        card.tallest = theme.mm(180 if service.is_emergency else 95)
        cards.append(card)
    return cards


def _said_once(lines: list[Line]) -> list[Line]:
    """Say why to call first with the first number only; the others keep the two words."""
    told: set[str] = set()
    short = []
    for line in lines:
        title, text = line.caution or ("", "")
        caution = (title, "" if text in told else text) if title else None
        short.append(replace(line, caution=caution))
        told.add(text)
    return short


def _line(phone: Phone, scene: Scene) -> Line:
    words = scene.words
    label = words.text(phone.label) if phone.label else ""
    if phone.kind is PhoneKind.TEXT:
        text = (
            words("resource.text_to", keyword=phone.keyword) if phone.keyword else words("resource.text_any")
        )
        label = text
    elif phone.kind is not PhoneKind.VOICE:
        label = " · ".join(filter(None, (words(f"resource.{phone.kind.value}"), label)))
    remark = words("resource.spells", vanity=phone.shown_as) if phone.shown_as else ""
    state = badge(phone, scene)
    if phone.is_emergency:
        remark = words("resource.emergency_phone")
    elif not state and phone.kind is PhoneKind.VOICE:
        state = words("resource.no_hours")
    return Line(
        label,
        state,
        isolate(phone.number),
        remark,
        call_first(scene, phone.kind) if is_old(phone, scene.today) else None,
    )


def _instead(service: Service, scene: Scene) -> list[Piece]:
    """Return what to use when an entry has no number of its own; first, if it is old, that it is."""
    words, theme = scene.words, scene.theme
    others = [scene.library.services[id_] for id_ in service.instead if id_ in scene.library.services]
    ask = Note(theme, words("old.ask_first"), icon="question", tone=Tone.WARM)
    old: list[Piece] = [ask] if is_old_entry(service, scene.today) else []
    if not others:
        return old
    rows: list[Piece] = []
    icon = "phone" if theme.is_roomy else ""
    for other in others:
        crowded = theme.size is TextSize.LARGEST and not theme.is_roomy
        number = isolate(other.phones[0].number) if other.phones and not crowded else ""
        first = words("old.call_first") if number and is_old_entry(other, scene.today) else ""
        rows.append(Row(theme, words.name(other.name), number, Open(ResourcePlace(other.id)), first, icon))
    return [*old, Heading(theme, words("resource.no_number"), strong=True), *rows]


def _keep(service: Service, scene: Scene) -> list[ActionButton]:
    words, theme, kept = scene.words, scene.theme, scene.visit.kept
    if not can_be_kept(service):
        return []
    if service.id in kept:
        return [ActionButton(theme, "check", words("resource.kept"), Open(MyNumbersPlace()))]
    if len(kept) >= MOST_KEPT:
        return [ActionButton(theme, "list", words("resource.full"), Open(MyNumbersPlace()))]
    return [ActionButton(theme, "plus", words("resource.keep"), Keep(service.id), main=True)]


def _ways(place: ResourcePlace, scene: Scene, service: Service) -> list[ActionButton]:
    """Return one button for each way, leading to a page with its code."""
    targets = [TakePlace(place.service, choice=i) for i in range(len(choices_of(service)))]
    return [
        ActionButton(scene.theme, way_icon(choice.way), way_label(choice, service, scene), Open(target))
        for choice, target in zip(choices_of(service), targets, strict=True)
    ]


def _cautions(service: Service, scene: Scene) -> list[Piece]:
    words = scene.words
    if not service.cautions:
        return []
    text = "\n".join(words.text(caution) for caution in service.cautions)
    return [Note(scene.theme, text, icon="danger", tone=Tone.WARM)]


def _facts(service: Service, scene: Scene) -> list[tuple[str, str]]:
    """Return label and value of everything known, the day it was checked last."""
    words = scene.words
    known = [
        ("eligibility", service.eligibility),
        ("offers", service.offers),
        ("cost", service.cost),
        ("languages", service.languages),
        ("area", service.area),
        ("address", service.address),
    ]
    facts = [(words(f"resource.fact_{name}"), words.text(text)) for name, text in known if text]
    hours = [weekly(phone, scene) for phone in service.phones if phone.schedules]
    facts += [(words("resource.fact_hours"), text) for text in dict.fromkeys(hours)]
    if service.has_chat:
        facts.append((words("resource.fact_chat"), words("resource.chat_at_website")))
    if service.website:
        facts.append((words("resource.fact_website"), service.website.removeprefix("https://")))
    facts += _about_organization(service, scene)
    called = bool(service.phones) and all(phone.how is How.CALLED for phone in service.phones)
    checked = words(
        "resource.checked_called" if called else "resource.checked_read", date=day_of(words, service.checked)
    )
    return [*facts, (words("resource.fact_checked"), checked)]


def _about_organization(service: Service, scene: Scene) -> list[tuple[str, str]]:
    words = scene.words
    organization = scene.library.organizations[service.organization]
    facts = []
    if service.programme:
        facts.append((words("resource.fact_programme"), words.name(service.programme)))
    if organization.name != service.name:
        facts.append((words("resource.fact_organization"), words.name(organization.name)))
    elif organization.alternate_name:
        facts.append((words("resource.fact_alternate"), words.name(organization.alternate_name)))
    return facts


def _facts_in_parts(frame: Frame, scene: Scene, facts: list[tuple[str, str]]) -> list[Piece]:
    """Return the facts in one card, or in several where one would not fit a part."""
    cards: list[Piece] = []
    chunk: list[tuple[str, str]] = []
    for fact in facts:
        longer = Facts(scene.theme, [*chunk, fact])
        if chunk and longer.needed(frame.width) > frame.area.height() * 0.55:
            cards.append(Facts(scene.theme, chunk))
            chunk = []
        chunk.append(fact)
    return [*cards, Facts(scene.theme, chunk)]
