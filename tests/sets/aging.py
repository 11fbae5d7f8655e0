"""Directories made up by hypothesis in which things leave: numbers, and what names or leads to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from hypothesis import strategies as st

from kiosk.content.model import Guide, GuideId, Library, Phone, Service, ServiceId, Step
from tests.sets.made import NEEDS, library_of, services, text

NEWEST = date(2026, 11, 20)
checked = st.integers(0, 40).map(lambda days: NEWEST - timedelta(days=days)) | st.just(date(2024, 2, 29))
numbers = st.sampled_from(["3145550100", "3145550101", "8665668267", "88788", "988", "211", "911"])
says = st.sampled_from(
    ["Help.", "Call 314-555-0100.", "Call 1-314-555-0101 or 88788", "Spell 1-866-5-MOVANS", "Call 211."]
)


@st.composite
def aging_phones(draw, phone: Phone) -> Phone:
    digits = draw(numbers)
    return replace(
        phone,
        digits=digits,
        shown_as="1-866-5-MOVANS" if digits == "8665668267" else None,
        open_24h=phone.open_24h and draw(st.booleans()),
        checked=draw(checked),
    )


@st.composite
def aging_services(draw, ids: list[ServiceId]) -> Service:
    service = draw(services())
    lone = draw(st.booleans())
    return replace(
        service,
        phones=tuple(draw(aging_phones(phone)) for phone in service.phones),
        checked=draw(checked),
        website=None if lone else service.website,
        instead=tuple(draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))),
        hint=text("hint", draw(says)),
        offers=text("offers", draw(says)),
        cautions=(text("caution.0", draw(says)), text("caution.1", draw(says))),
    )


@st.composite
def aging_libraries(draw) -> Library:
    """Up to nine entries with guides, and sometimes more of the same kinds than are listed."""
    ids = [ServiceId(f"entry-{n}") for n in range(9)]
    kinds = draw(st.lists(aging_services(ids), min_size=1, max_size=9))
    picks = draw(st.lists(st.integers(0, len(kinds) - 1), max_size=50))
    library = library_of([*kinds, *(kinds[pick] for pick in picks)])
    steps = st.builds(
        Step, st.just(text("step")), says.map(lambda each: text("step.text", each)), st.sampled_from(ids)
    )
    guides = [
        Guide(GuideId(f"guide-{n}"), text("guide"), text("lead"), "book", NEEDS[:2], True, tuple(found), ())
        for n, found in enumerate(draw(st.lists(st.lists(steps, max_size=2), max_size=3)))
    ]
    return replace(library, guides=MappingProxyType({guide.id: guide for guide in guides}))
