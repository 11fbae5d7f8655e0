"""A built directory (`store`) as it is shown on one day by which something has left (`by_day`).

As much is read as a page needs, however much has left: of the rows that grow with the directory, one for each
list that is shown, and a bit of it for each entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, islice
from typing import Generic, TypeVar

from kiosk.content.age import guide_with, owner_with
from kiosk.content.by_day import (
    FACE,
    GUIDE_LEAVES,
    MEMBERS,
    OPEN,
    RANKED,
    SHOWN,
    Faces,
    Leaves,
    Shown,
    day_id,
    face_id,
    minute_id,
    service_in,
)
from kiosk.content.hours import minute_of_week
from kiosk.content.listing import MOST_LISTED, Rank, list_id
from kiosk.content.model import Ages, CategoryId, Guide, GuideId, Index, Library, Names, Service, ServiceId
from kiosk.content.rows import DamagedError, Rows, decoded
from kiosk.content.sets import positions
from kiosk.content.store import kind_in

Id = TypeVar("Id", bound=str)
Value = TypeVar("Value")


def library_on(day: date, whole: Library, index: Index, rows: Rows, edition: str) -> Library:
    """Return what is shown on `day`; `whole` itself where nothing would be left. Raises DamagedError.

    `index` is that of `whole`. No day may come before the newest check: nothing leaves on it.
    """
    by_day = _ByDay(rows, edition, day)
    if not by_day.shown:
        return whole
    services = ShownServices(by_day, whole.services)

    def is_there(guide: GuideId) -> bool:
        return by_day.has_guide(guide)

    return replace(
        whole,
        services=services,
        organizations=Changed(whole.organizations, lambda owner: owner_with(owner, services)),
        guides=Changed(whole.guides, lambda guide: guide_with(guide, services), is_there),
        index=IndexOnDay(day, by_day, whole, index, services),
    )


class _ByDay:
    """Reads the rows for one day."""

    def __init__(self, rows: Rows, edition: str, day: date) -> None:
        self._rows, self._edition, self._day = rows, edition, day.toordinal()
        self._first_face = rows.extent(kind_in(edition, FACE)).first
        body = rows.last(kind_in(edition, SHOWN), day_id(0), day_id(self._day))
        if body is None:
            raise DamagedError
        self.shown = _numbers(body)
        """The faces of the day, as a set."""

    def face(self, service: str) -> Shown | None:
        """Return how an entry is shown; None for one that has left, or that never was."""
        kind = kind_in(self._edition, FACE)
        body = self._rows.last(kind, face_id(service, 0), face_id(service, self._day))
        face = decoded(Shown, body) if body is not None else None
        return face if face and face.until > self._day else None

    def services(self, faces: int) -> Iterator[ServiceId]:
        """Yield the entries of a set of faces, in the order of the files."""
        kind = kind_in(self._edition, FACE)
        for number in positions(faces):
            yield ServiceId(service_in(self._rows.id_at(kind, self._first_face + number)))

    def members(self, list_: str) -> int:
        """Return the faces of a list that are shown."""
        return self._set(MEMBERS, list_)

    def ranked(self, rank: Rank) -> int:
        """Return the faces that are shown and stand there while they are not open."""
        return self._set(RANKED, str(int(rank)))

    def open_at(self, minute: int) -> int:
        """Return the faces that are open at a minute of the week, whether shown or not; not day and night."""
        return _numbers(self._rows.last(kind_in(self._edition, OPEN), minute_id(0), minute_id(minute)))

    def has_guide(self, guide: str) -> bool:
        """Whether a guide has not left."""
        body = self._rows.find(kind_in(self._edition, GUIDE_LEAVES), guide)
        return body is None or decoded(Leaves, body).day > self._day

    def _set(self, kind: str, id_: str) -> int:
        body = self._rows.find(kind_in(self._edition, kind), id_)
        if body is None:
            raise DamagedError
        return _numbers(body) & self.shown


def _numbers(body: str | None) -> int:
    return 0 if body is None else decoded(Faces, body).numbers()


class ShownServices(Mapping[ServiceId, Service]):
    """The entries of a day, each read when it is asked for."""

    def __init__(self, by_day: _ByDay, whole: Mapping[ServiceId, Service]) -> None:
        self._by_day, self._whole = by_day, whole

    def __getitem__(self, id_: ServiceId) -> Service:
        face = self._by_day.face(id_)
        if face is None:
            raise KeyError(id_)
        return face.service or self._whole[id_]

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self._by_day.face(id_) is not None

    def __iter__(self) -> Iterator[ServiceId]:
        return self._by_day.services(self._by_day.shown)

    def __len__(self) -> int:
        return self._by_day.shown.bit_count()


def _always(_: object) -> bool:
    return True


class Changed(Mapping[Id, Value], Generic[Id, Value]):
    """Those of `whole` that are there still, each changed as it is on the day when it is asked for."""

    def __init__(
        self,
        whole: Mapping[Id, Value],
        change: Callable[[Value], Value],
        is_there: Callable[[Id], bool] = _always,
    ) -> None:
        self._whole, self._change, self._is_there = whole, change, is_there

    def __getitem__(self, id_: Id) -> Value:
        if not self._is_there(id_):
            raise KeyError(id_)
        return self._change(self._whole[id_])

    def __iter__(self) -> Iterator[Id]:
        return filter(self._is_there, self._whole)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class IndexOnDay:
    """What is known of a directory on a day without reading its entries. Ages and names are of the whole."""

    def __init__(
        self, day: date, by_day: _ByDay, whole: Library, index: Index, services: Mapping[ServiceId, Service]
    ) -> None:
        self.day = day
        self._by_day, self._whole, self._index, self._services = by_day, whole, index, services

    def listed(
        self, category: CategoryId, when: datetime, most: int, *, in_writing: bool
    ) -> tuple[Service, ...]:
        """Return the first entries of a need at `when`. Raises ValueError for more than MOST_LISTED."""
        if most > MOST_LISTED:
            raise ValueError(f"at most {MOST_LISTED} entries are listed")
        here = self._by_day.members(list_id(category, in_writing))
        is_open = here & self._by_day.open_at(minute_of_week(when))
        before = [here & self._by_day.ranked(rank) for rank in (Rank.EMERGENCY, Rank.ALWAYS)]
        after = [here & self._by_day.ranked(rank) & ~is_open for rank in (Rank.UNKNOWN, Rank.CLOSED)]
        ids = chain.from_iterable(map(self._by_day.services, (*before, is_open, *after)))
        return tuple(self._services[id_] for id_ in islice(ids, most))

    def count_in(self, category: CategoryId, *, in_writing: bool) -> int:
        """Return how many entries a need has."""
        return self._by_day.members(list_id(category, in_writing)).bit_count()

    def guides_in(self, category: CategoryId) -> tuple[Guide, ...]:
        """Return the guides of a need."""
        there = (each for each in self._index.guides_in(category) if self._by_day.has_guide(each.id))
        return tuple(guide_with(each, self._services) for each in there)

    def ages(self) -> Ages:
        """Return when the numbers were checked."""
        return self._index.ages()

    def names(self) -> Names:
        """Return the names that a site's texts are checked against."""
        return self._index.names()

    def shown_on(self, day: date, _: Library) -> Library:
        """Return what is shown on a later day."""
        return self._index.shown_on(max(day, self.day), self._whole)
