"""What stands first under a need: 911, day and night, open now, hours unknown, closed; then the files' order.

A page shows the first few of them, so that it takes as long with 100,000 entries as with ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import IntEnum

from kiosk.content.hours import MIDNIGHT, is_open
from kiosk.content.model import CategoryId, Library, Phone, PhoneKind, Service

MOST_LISTED = 20
"""The most entries of one need that are listed: four parts of a page. Nobody looks through more."""


class Rank(IntEnum):
    """Where an entry stands in a list, first to last."""

    EMERGENCY = 0
    ALWAYS = 1
    OPEN = 2
    UNKNOWN = 3
    CLOSED = 4


def rank(service: Service, when: datetime) -> Rank:
    """Where the entry stands at `when`, an aware datetime in the site's zone. Texts alone: unknown."""
    lasting = lasting_rank(service)
    if lasting <= Rank.ALWAYS:
        return lasting
    return Rank.OPEN if any(is_open(line.schedules, when) for line in spoken_lines(service)) else lasting


def lasting_rank(service: Service) -> Rank:
    """Where the entry stands while none of its lines with hours is open."""
    lines = spoken_lines(service)
    if service.is_emergency:
        return Rank.EMERGENCY
    if any(line.open_24h for line in lines):
        return Rank.ALWAYS
    return Rank.CLOSED if lines and all(line.schedules for line in lines) else Rank.UNKNOWN


def spoken_lines(service: Service) -> list[Phone]:
    """The lines for voice, video and TTY: what "open now" is about."""
    return [phone for phone in service.phones if phone.kind is not PhoneKind.TEXT]


def listed(
    library: Library,
    category: CategoryId,
    when: datetime,
    most: int = MOST_LISTED,
    *,
    in_writing: bool = False,
) -> tuple[Service, ...]:
    """The first `most` entries of a need at `when`, or of those that answer in writing or sign."""
    if library.index:
        return library.index.listed(category, when, most, in_writing=in_writing)
    services = members(library, category, in_writing=in_writing)
    return tuple(sorted(services, key=lambda service: rank(service, when))[:most])


def count_in(library: Library, category: CategoryId, *, in_writing: bool = False) -> int:
    """How many entries a need has, or how many of them answer in writing or sign."""
    if library.index:
        return library.index.count_in(category, in_writing=in_writing)
    return sum(1 for _ in members(library, category, in_writing=in_writing))


def members(library: Library, category: CategoryId, *, in_writing: bool) -> Iterator[Service]:
    """Every entry of a need, in the order of the files; reads the whole directory."""
    for service in library.services.values():
        if belongs(service, category, in_writing=in_writing):
            yield service


def belongs(service: Service, category: CategoryId, *, in_writing: bool) -> bool:
    """Whether an entry stands under a need, or in the list of those that answer in writing or sign."""
    return category in service.categories and (service.answers_in_writing_or_sign or not in_writing)


def list_id(category: str, in_writing: bool) -> str:
    """The id under which a list of entries is found."""
    return f"{category}/{'writing' if in_writing else 'all'}"


def open_spans(service: Service) -> list[tuple[int, int]]:
    """Return when any line is open, in minutes of the week, as spans that do not touch."""
    if lasting_rank(service) <= Rank.ALWAYS:
        return []
    spans = sorted(
        (day * MIDNIGHT + each.opens_at, day * MIDNIGHT + each.closes_at)
        for line in spoken_lines(service)
        for each in line.schedules
        for day in each.byday
    )
    merged: list[tuple[int, int]] = []
    for opens_at, closes_at in spans:
        if merged and opens_at <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes_at))
        else:
            merged.append((opens_at, closes_at))
    return merged
