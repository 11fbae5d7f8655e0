"""The pages of the peer as sections of HTML: lobby, topics, needs, entries and guides of a house.

The words, their order and the opening hours come from the kiosk's own functions. Hours are those of the
moment the page is made; a page in use would have to work them out in the browser.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kiosk.content.model import Guide, Phone, PhoneKind, Service
from kiosk.takeaway.payload import Choice, Way, choices_of, printed
from kiosk.ui.pages.hours import badge, service_badge, weekly
from kiosk.ui.pages.take import way_icon, way_label
from kiosk.ui.scene import Scene
from kiosk.words.clock import day_of
from peer.drawing import code_svg, icon
from peer.layout import Box, Layout

ARCH = (
    '<svg class="arch" viewBox="0 0 200 130"><path d="M2 130V100a98 98 0 0 1 196 0v30M22 130V105a78 78 0 0 1 '
    '156 0v25M48 130v-20a52 52 0 0 1 104 0v20"/></svg>'
)
Target = tuple[str, Box]
"""What a press on a place opens: the id of a section (or "way N"), and the place."""


class Sections:
    """Writes sections for one scene and one layout; each method returns HTML and what can be pressed."""

    def __init__(self, scene: Scene, layout: Layout) -> None:
        self._scene = scene
        self._words = scene.words
        self._layout = layout

    def page(self, id_: str, title: str, lead: str, inner: str, banner_mm: float) -> str:
        """Return one whole section: banner, `inner`, strip."""
        words, layout = self._words, self._layout
        top = f"<b>{self._site()}</b>"
        if id_ != "lobby":
            label = f"{icon('back')}{escape(words('page.back'))}"
            top = f'<b></b><div class="back" style="{layout.back.css}">{label}</div>'
        ordinary = id_ == "lobby" or id_.startswith("t-")
        name, word = ("home", words("strip.home")) if ordinary else ("hide", words("strip.hide"))
        label = f"{icon(name)}<span>{escape(word)}</span>"
        strip = f'<div class="strip" style="height:{layout.strip.height}px">{label}</div>'
        high = f"height:{layout.mm(banner_mm)}px"
        banner = f"{ARCH}{top}<h1>{escape(title)}</h1><p>{escape(lead)}</p>"
        return (
            f'<section class="page" id="{id_}"><header class="banner" style="{high}">{banner}</header>'
            f"{inner}{strip}</section>\n"
        )

    def _site(self) -> str:
        return escape(self._words.text(self._scene.settings.name))

    def tile(self, box: Box, go: str, name: str, title: str, hint: str, *more: str) -> str:
        """Return one tile that opens the section `go`."""
        kinds = " ".join(["tile", *more])
        return (
            f'<div class="{kinds}" data-go="{go}" style="{box.css}">{icon(name)}<div><h2>{escape(title)}</h2>'
            f"<p>{escape(hint)}</p></div></div>"
        )

    def row(self, box: Box, go: str, title: str, line: str, *, state: str = "", name: str = "") -> str:
        """Return one row of a list that opens the section `go`."""
        mark = f'<span class="badge">{escape(state)}</span>' if state else ""
        before = icon(name, "icon") if name else ""
        return (
            f'<div class="row" data-go="{go}" style="{box.css}">{before}<div><h2>{escape(title)}</h2>'
            f"<p>{escape(line)}</p>{mark}</div>{icon('forward')}</div>"
        )

    def button(self, box: Box, name: str, label: str, attributes: str, kinds: str = "button") -> str:
        """Return a button in a place."""
        return f'<div class="{kinds}" {attributes} style="{box.css}">{icon(name)}{escape(label)}</div>'

    def note(self, box: Box, name: str, text: str) -> str:
        """Return a tinted note in a place."""
        return f'<div class="note" style="{box.css}">{icon(name)}<span>{escape(text)}</span></div>'

    def service_row(self, box: Box, go: str, service: Service) -> str:
        """Return the row of an entry."""
        words = self._words
        line = words.text(service.hint or service.summary)
        state = service_badge(service, self._scene)
        return self.row(box, go, words.name(service.name), line, state=state)

    def entry(self, id_: str, service: Service) -> tuple[str, list[Target]]:
        """Return the page of an entry: numbers, the code with its ways, the facts."""
        words, layout = self._words, self._layout
        choices = choices_of(service)
        area = layout.body(76)
        take = None
        if choices and not layout.is_portrait:  # beside the numbers, where there is no height below them
            area, take = layout.tiles(area, 2, 2, 1000.0)
        numbers, area = layout.split(area, layout.mm(18 + 29 * max(1, len(service.phones))))
        if choices and not take:
            take, area = layout.split(area, layout.mm(max(120, 66 + 18 * len(choices))))
        parts = [self._numbers(numbers, service)]
        pressed: list[Target] = []
        if take:
            html, pressed = self._take(take, service, choices)
            parts.append(html)
        parts.append(self._facts(area, service))
        summary = words.text(service.summary)
        return self.page(id_, words.name(service.name), summary, "".join(parts), 76), pressed

    def _numbers(self, box: Box, service: Service) -> str:
        words = self._words
        lines = [self._line(phone) for phone in service.phones]
        others = [self._scene.library.services.get(id_) for id_ in service.instead]
        if not lines:
            lines = [escape(words("resource.no_number"))] if service.instead else []
            lines += [escape(f"{words.name(o.name)}: {o.phones[0].number}") for o in others if o and o.phones]
        several = " several" if len(lines) > 1 else ""
        return f'<div class="card numbers{several}" style="{box.css}">{"".join(lines)}</div>'

    def _line(self, phone: Phone) -> str:
        words = self._words
        label = words.text(phone.label) if phone.label else ""
        if phone.kind is PhoneKind.TEXT:
            keyed = words("resource.text_to", keyword=phone.keyword or "")
            label = keyed if phone.keyword else words("resource.text_any")
        state = badge(phone, self._scene) or words("resource.no_hours")
        remark = words("resource.spells", vanity=phone.shown_as) if phone.shown_as else ""
        said = f'{escape(label)}<span class="badge">{escape(state)}</span>'
        return f'<div class="line"><p>{said}</p><strong>{phone.number}</strong>{escape(remark)}</div>'

    def _take(self, box: Box, service: Service, choices: Sequence[Choice]) -> tuple[str, list[Target]]:
        """Return the card with one code shown, and a button for each way."""
        layout = self._layout
        pad = layout.mm(5)
        half = (box.width - 3 * pad) // 2
        code_side = min(half, box.height - layout.mm(24))
        parts, pressed = [f'<div class="card" style="{box.css}"></div>'], []
        step = layout.mm(15) + layout.mm(3)
        for number, choice in enumerate(choices):
            now = " now" if number == 0 else ""
            way = f'data-way="{number}"'
            place = Box(box.left + 2 * pad + half, box.top + pad + number * step, half, layout.mm(15))
            label = way_label(choice, service, self._scene)
            parts.append(self.button(place, way_icon(choice.way), label, way, f"button choice{now}"))
            pressed.append((f"way {number}", place))
            code = Box(box.left + pad, box.top + pad, half, box.height - 2 * pad)
            drawing = code_svg(choice.payload, code_side)
            text = escape(printed(choice.payload))
            parts.append(
                f'<div class="code choice{now}" {way} style="{code.css}">{drawing}<p>{text}</p></div>'
            )
            top = box.top + pad + len(choices) * step
            trace = Box(place.left, top, half, box.top + box.height - pad - top)
            parts.append(self._trace(trace, choice.way, now, way))
        return "".join(parts), pressed

    def _trace(self, box: Box, way: Way, now: str, attribute: str) -> str:
        text = escape(self._words(f"trace.{way.value}"))
        return f'<div class="choice{now}" {attribute}><div class="note" style="{box.css}">{text}</div></div>'

    def _facts(self, box: Box, service: Service) -> str:
        words = self._words
        known = [
            ("eligibility", service.eligibility),
            ("offers", service.offers),
            ("cost", service.cost),
            ("languages", service.languages),
            ("area", service.area),
            ("address", service.address),
        ]
        facts = [(words(f"resource.fact_{name}"), words.text(text)) for name, text in known if text]
        hours = dict.fromkeys(weekly(phone, self._scene) for phone in service.phones if phone.schedules)
        facts += [(words("resource.fact_hours"), text) for text in hours]
        if service.website:
            facts.append((words("resource.fact_website"), service.website.removeprefix("https://")))
        facts += [(words("guide.caution"), words.text(caution)) for caution in service.cautions]
        read = words("resource.checked_read", date=day_of(words, service.checked))
        facts.append((words("resource.fact_checked"), read))
        listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts)
        tight = " tight" if sum(len(text) for _, text in facts) > 330 else ""
        return f'<dl class="card facts{tight}" style="{box.css}">{listed}</dl>'

    def guide(self, id_: str, guide: Guide) -> str:
        """Return the page of a guide: its steps and cautions in one card."""
        words, layout = self._words, self._layout
        area = layout.body(76)
        said = [(words.text(step.title), words.text(step.text)) for step in guide.steps]
        said += [(words("guide.caution"), words.text(caution)) for caution in guide.cautions]
        steps = "".join(f"<li><h2>{escape(a)}</h2><p>{escape(b)}</p></li>" for a, b in said)
        kinds = "card steps" + ("" if guide.numbered else " plain")
        kinds += " tight" if sum(len(b) for _, b in said) > 700 else ""
        inner = f'<ol class="{kinds}" style="{area.css}">{steps}</ol>'
        return self.page(id_, words.text(guide.title), words.text(guide.lead), inner, 76)
