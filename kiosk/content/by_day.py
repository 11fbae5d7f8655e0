"""The rows of a built directory (`store`) that say what is shown on a day by which something has left.

Each entry has a row for each way in which it is shown one day after another: a face. Faces are numbered in
the order of the files, and what is listed are sets of these numbers: all that are shown from a day on, those
under a need, those of a rank, those open from a minute of the week on. Where they meet are the entries of a
list, on any day, without a look at those that left.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from kiosk.content.age import ages_of
from kiosk.content.leaving import NEVER, Face, Leaving
from kiosk.content.listing import Rank, belongs, lasting_rank, list_id, open_spans
from kiosk.content.model import Library, Service
from kiosk.content.sets import packed, set_of, unpacked

FACE: Final = "face"
SHOWN: Final = "shown"
MEMBERS: Final = "members"
RANKED: Final = "ranked"
OPEN: Final = "open"
GUIDE_LEAVES: Final = "guide leaves"


@dataclass(frozen=True, slots=True)
class Shown:
    """A face: `service` is None where it is shown as it was written; on the day `until` it is no more."""

    until: int
    service: Service | None = None


@dataclass(frozen=True, slots=True)
class Leaves:
    """The day on which a guide leaves."""

    day: int


@dataclass(frozen=True, slots=True)
class Faces:
    """A set of faces, packed (`sets`), in base64."""

    packed: str

    @classmethod
    def of(cls, faces: int) -> Faces:
        """Return the value of a set as one long integer."""
        return cls(b64encode(packed(faces)).decode("ascii"))

    def numbers(self) -> int:
        """Return the set as one long integer. Raises ValueError or zlib.error."""
        return unpacked(b64decode(self.packed, validate=True))


def face_id(service: str, day: int) -> str:
    """The id of the face since a day; those of an entry stand in the order of the days."""
    return f"{service}/{day_id(day)}"


def service_in(face: str) -> str:
    """The entry whose face has this id."""
    return face.rpartition("/")[0]


def day_id(day: int) -> str:
    """The id of what is so from a day on."""
    return f"{day:07d}"


def minute_id(minute: int) -> str:
    """The id of what is so from a minute of the week on (0 is Monday 0:00)."""
    return f"{minute:05d}"


def rows_by_day(library: Library) -> dict[str, Mapping[str, object]]:
    """Return the rows by kind and id; none for a directory in which nothing ever leaves."""
    ages = ages_of(library)
    if ages.first_to_leave is None:
        return {kind: {} for kind in (FACE, SHOWN, MEMBERS, RANKED, OPEN, GUIDE_LEAVES)}
    leaving = Leaving(library, ages.newest)
    faces = list(leaving.faces())
    services = [face.service for face in faces]
    guides = {id_: leaving.guide(guide) for id_, guide in library.guides.items()}
    return {
        FACE: {face_id(each.service.id, each.since): _shown(each, library) for each in faces},
        SHOWN: {day_id(day): Faces.of(found) for day, found in _by_day(faces, leaving.first)},
        MEMBERS: dict(_members(services, library)),
        RANKED: {
            str(int(rank)): _those(services, partial(_stands_at, rank))
            for rank in Rank
            if rank is not Rank.OPEN
        },
        OPEN: {minute_id(minute): Faces.of(found) for minute, found in _through_the_week(services)},
        GUIDE_LEAVES: {id_: Leaves(day) for id_, day in guides.items() if day < NEVER},
    }


def _shown(face: Face, library: Library) -> Shown:
    as_written = face.service == library.services[face.service.id]
    return Shown(face.until, None if as_written else face.service)


def _stands_at(rank: Rank, service: Service) -> bool:
    return lasting_rank(service) == rank


def _members(services: Sequence[Service], library: Library) -> Iterator[tuple[str, Faces]]:
    for category in library.categories:
        for in_writing in (False, True):
            is_here = partial(belongs, category=category, in_writing=in_writing)
            yield list_id(category, in_writing), _those(services, is_here)


def _those(services: Sequence[Service], are_so: Callable[[Service], bool]) -> Faces:
    return Faces.of(set_of(number for number, each in enumerate(services) if are_so(each)))


def _by_day(faces: Sequence[Face], first: int) -> Iterator[tuple[int, int]]:
    """Yield the first day and each on which others are shown, with the set of those."""
    changes: dict[int, list[int]] = defaultdict(list)
    changes[first] = []
    for number, face in enumerate(faces):
        changes[face.since].append(number)
        if face.until < NEVER:
            changes[face.until].append(number)
    yield from _one_after_another(changes)


def _through_the_week(services: Sequence[Service]) -> Iterator[tuple[int, int]]:
    """Yield each minute of the week at which others are open, with the set of those."""
    changes: dict[int, list[int]] = defaultdict(list)
    for number, service in enumerate(services):
        for minute in (minute for span in open_spans(service) for minute in span):
            changes[minute].append(number)
    yield from _one_after_another(changes)


def _one_after_another(changes: Mapping[int, Iterable[int]]) -> Iterator[tuple[int, int]]:
    found = 0
    for moment in sorted(changes):
        found ^= set_of(changes[moment])
        yield moment, found
