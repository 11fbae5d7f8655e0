"""The directory as frozen values, named after Open Referral's HSDS where it has a word for them.

Nothing here reads a file, asks for the time or knows how a page looks. Every text that a visitor
reads is a `Text`: its id is the context (msgctxt) under which a translation is looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Protocol

from kiosk.later import dataclass

OrganizationId = NewType("OrganizationId", str)
ServiceId = NewType("ServiceId", str)
CategoryId = NewType("CategoryId", str)
GuideId = NewType("GuideId", str)


@dataclass(frozen=True)
class Text:
    """One authored text: `id` such as "service.alive.summary", and its English wording."""

    id: str
    english: str


class PhoneKind(StrEnum):
    """What a number is for. HSDS 3.1 `phone.type` (RFC 6350 words; "textphone" is our `tty`)."""

    VOICE = "voice"
    TEXT = "text"
    VIDEO = "video"
    TTY = "tty"


class How(StrEnum):
    """How a number was checked: somebody called it, or it was read in the named source."""

    CALLED = "called"
    READ = "read"


@dataclass(frozen=True)
class Schedule:
    """Weekly opening times: `byday` of 0 (Monday) to 6, local wall time in minutes after midnight.

    `closes_at` may be 1440 (24:00). An opening over midnight is written as two schedules.
    """

    byday: tuple[int, ...]
    opens_at: int
    closes_at: int


@dataclass(frozen=True)
class Phone:
    """One number. `digits` is what is dialled, `number` is how people say it ("314-993-2777").

    `digits` holds ten digits without the country code, or a short code (911, 988, 88788). `called_by` is
    the role of who called it ("night advocate"), never a person's name; it is not shown.
    """

    kind: PhoneKind
    digits: str
    number: str
    source: str
    checked: date
    how: How
    shown_as: str | None = None
    label: Text | None = None
    keyword: str | None = None
    open_24h: bool = False
    schedules: tuple[Schedule, ...] = ()
    called_by: str | None = None

    @property
    def is_short(self) -> bool:
        """True for 911, 988 and text codes, which have no area code and no international form."""
        return len(self.digits) < 10

    @property
    def is_emergency(self) -> bool:
        """True for 911, which is said in words and never put into a code."""
        return self.digits == "911"


@dataclass(frozen=True)
class Service:
    """One entry of the directory: what a visitor opens, keeps and takes away.

    `is_confidential` marks a place whose whereabouts must not be given away; it never has an `address`.
    """

    id: ServiceId
    organization: OrganizationId
    name: str
    categories: tuple[CategoryId, ...]
    summary: Text
    checked: date
    programme: str | None = None
    hint: Text | None = None
    phones: tuple[Phone, ...] = ()
    website: str | None = None
    has_chat: bool = False
    offers: Text | None = None
    eligibility: Text | None = None
    cost: Text | None = None
    languages: Text | None = None
    area: Text | None = None
    address: Text | None = None
    cautions: tuple[Text, ...] = ()
    instead: tuple[ServiceId, ...] = ()
    save_as: str = ""
    is_confidential: bool = False

    @property
    def is_open_24h(self) -> bool:
        """True when one of its voice lines answers day and night."""
        return any(phone.open_24h and phone.kind is PhoneKind.VOICE for phone in self.phones)

    @property
    def is_emergency(self) -> bool:
        """True for 911."""
        return any(phone.is_emergency for phone in self.phones)

    @property
    def answers_in_writing_or_sign(self) -> bool:
        """True when a visitor can reach it by text, chat, TTY or video."""
        return self.has_chat or any(phone.kind is not PhoneKind.VOICE for phone in self.phones)


@dataclass(frozen=True)
class Organization:
    """Who offers the services of one file."""

    id: OrganizationId
    name: str
    alternate_name: str | None
    services: tuple[ServiceId, ...]


@dataclass(frozen=True)
class Category:
    """One of at most eight needs on the Help page. `urgent` gives it the warm colour."""

    id: CategoryId
    title: Text
    hint: Text
    lead: Text
    icon: str
    urgent: bool = False


@dataclass(frozen=True)
class Step:
    """One step or part of a guide; `service` adds a way to that entry's page."""

    title: Text
    text: Text
    service: ServiceId | None = None


@dataclass(frozen=True)
class Guide:
    """A page of steps (`numbered`) or of parts, with its cautions."""

    id: GuideId
    title: Text
    lead: Text
    icon: str
    categories: tuple[CategoryId, ...]
    numbered: bool
    steps: tuple[Step, ...]
    cautions: tuple[Text, ...]


@dataclass(frozen=True)
class StaffCard:
    """What a visitor holds under a clerk's eyes, in English and in the visitor's language."""

    request: Text
    note: Text


class Index(Protocol):
    """What a built directory knows without reading its entries; see `kiosk.content.listing` and `names`."""

    def listed(
        self, category: CategoryId, when: datetime, most: int, *, in_writing: bool
    ) -> tuple[Service, ...]:
        """Return the first entries of a need at `when`."""
        ...

    def count_in(self, category: CategoryId, *, in_writing: bool) -> int:
        """Return how many entries a need has."""
        ...

    def guides_in(self, category: CategoryId) -> tuple[Guide, ...]:
        """Return the guides of a need."""
        ...

    def ages(self) -> Ages:
        """Return when the numbers were checked."""
        ...

    def names(self) -> Names:
        """Return the names that a site's texts are checked against."""
        ...

    def shown_on(self, day: date, whole: Library) -> Library:
        """Return what of `whole`, whose index this is, is shown on a day; see `kiosk.content.age`."""
        ...


@dataclass(frozen=True)
class Ages:
    """The first and last day on which anything was checked; of what may leave the screen, the first."""

    oldest: date
    newest: date
    first_to_leave: date | None


@dataclass(frozen=True)
class Names:
    """Proper names: those that hold a word no text may promise, and those of confidential places."""

    allowed: tuple[str, ...]
    secret: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """The whole checked set. Mappings keep the order of their files; `categories` that of its file.

    Of a built directory the mappings read an entry when it is asked for, and `index` knows the rest.
    """

    organizations: Mapping[OrganizationId, Organization]
    services: Mapping[ServiceId, Service]
    categories: Mapping[CategoryId, Category]
    guides: Mapping[GuideId, Guide]
    staff_card: StaffCard
    index: Index | None = field(default=None, compare=False, repr=False)

    def in_category(self, category: CategoryId) -> tuple[Service, ...]:
        """The services listed under one need, in the order of the files; reads the whole directory."""
        return tuple(s for s in self.services.values() if category in s.categories)

    def guides_in(self, category: CategoryId) -> tuple[Guide, ...]:
        """The guides listed under one need."""
        if self.index:
            return self.index.guides_in(category)
        return tuple(g for g in self.guides.values() if category in g.categories)
