"""Directories made up by hypothesis: entries with every kind of line, hours by day and by night."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from hypothesis import strategies as st

from kiosk.content.model import (
    Category,
    CategoryId,
    Guide,
    GuideId,
    How,
    Library,
    Organization,
    OrganizationId,
    Phone,
    PhoneKind,
    Schedule,
    Service,
    ServiceId,
    StaffCard,
    Step,
    Text,
)

NEEDS = (CategoryId("danger"), CategoryId("talk"), CategoryId("empty"))
DAY = date(2026, 11, 20)
days = st.sampled_from([DAY, date(2026, 3, 1), date(2025, 9, 1)])
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


def text(id_: str, english: str = "Words") -> Text:
    return Text(id_, english)


@st.composite
def schedules(draw) -> Schedule:
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    opens_at = draw(st.sampled_from([0, 1, 510, 720, 1439]) | st.integers(0, 1439))
    closes_at = draw(st.sampled_from([1440]) | st.integers(opens_at + 1, 1440))
    return Schedule(tuple(sorted(days)), opens_at, closes_at)


@st.composite
def phones(draw) -> Phone:
    always = draw(st.booleans())
    return Phone(
        kind=draw(st.sampled_from(PhoneKind)),
        digits=draw(st.sampled_from(["911", "988", "3145550100"])),
        number="314-555-0100",
        source=draw(words),
        checked=draw(days),
        how=draw(st.sampled_from(How)),
        label=draw(st.none() | words.map(lambda english: text("label", english))),
        open_24h=always,
        schedules=() if always else tuple(draw(st.lists(schedules(), max_size=3))),
    )


@st.composite
def services(draw) -> Service:
    return Service(
        id=ServiceId("?"),
        organization=OrganizationId("only"),
        name=draw(words),
        categories=tuple(draw(st.lists(st.sampled_from(NEEDS[:2]), min_size=1, unique=True))),
        summary=text("summary", draw(words)),
        checked=draw(days),
        phones=tuple(draw(st.lists(phones(), max_size=3))),
        website=draw(st.none() | st.just("https://example.org")),
        has_chat=draw(st.booleans()),
        cautions=tuple(
            text(f"caution.{n}", each) for n, each in enumerate(draw(st.lists(words, max_size=2)))
        ),
        is_confidential=draw(st.booleans()),
    )


@st.composite
def libraries(draw) -> Library:
    """A few kinds of entries, and up to a hundred of them, so that more are in a need than are listed."""
    kinds = draw(st.lists(services(), min_size=1, max_size=6))
    picks = draw(st.lists(st.integers(0, len(kinds) - 1), max_size=100))
    return library_of([kinds[pick] for pick in picks])


def library_of(kinds: list[Service]) -> Library:
    entries = [
        replace(kind, id=ServiceId(f"entry-{n}"), organization=OrganizationId("only"))
        for n, kind in enumerate(kinds)
    ]
    ids = tuple(entry.id for entry in entries)
    step = Step(text("step"), text("step.text"), ids[0] if ids else None)
    guide = Guide(GuideId("one"), text("guide"), text("lead"), "book", NEEDS[:1], True, (step,), ())
    return Library(
        organizations=MappingProxyType(
            {OrganizationId("only"): Organization(OrganizationId("only"), "Only", None, ids)}
        ),
        services=MappingProxyType({entry.id: entry for entry in entries}),
        categories=MappingProxyType(
            {need: Category(need, text("title"), text("hint"), text("lead"), "care") for need in NEEDS}
        ),
        guides=MappingProxyType({guide.id: guide}),
        staff_card=StaffCard(text("request"), text("note")),
    )
