"""Opens a built directory (`store`) to look things up in it: read-only, as much as a page needs.

SQLite is told that the file never changes: it takes no lock, looks for no journal and writes nothing. The
file is mapped into memory, so that two visits share its pages and looking something up leaves no time of
access.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Collection
from datetime import date, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from kiosk.content.clips import Clips
from kiosk.content.faults import ContentError, Fault
from kiosk.content.hours import minute_of_week
from kiosk.content.listing import MOST_LISTED, Rank, list_id
from kiosk.content.model import (
    Ages,
    Category,
    CategoryId,
    Guide,
    GuideId,
    Library,
    Names,
    Organization,
    OrganizationId,
    Service,
    ServiceId,
    StaffCard,
)
from kiosk.content.rows import UNREADABLE, Catalog, DamagedError, Recordings, Rows, Shelf, decoded
from kiosk.content.store import (
    APPLICATION_ID,
    FORM,
    Counts,
    Ids,
    clips_kind,
    kind_in,
    opening_id,
    words_kind,
)

Value = TypeVar("Value")

_HEADER: Final = struct.Struct(">16sHBB8xI28xI4xI")
"""SQLite's header (sqlite.org/fileformat2.html, 1.3): magic, page size, versions, pages, user_version, id."""
_MAGIC: Final = b"SQLite format 3\0"
_NO_JOURNAL: Final = 1
_NOT_OURS: Final = "this is no built directory; build one: run_kiosk.py build --content DIR --out FILE"
_OTHER_FORM: Final = (
    "this was built by another version of the kiosk (form {form}, here {ours}); build it anew"
)
_TORN: Final = "{size} bytes are here, and {whole} were built; copy the file again, or build it anew"
_DAMAGED: Final = "a part of this file is damaged; copy the file again, or build it anew"
_SETTINGS: Final = (
    "PRAGMA query_only = 1",
    "PRAGMA trusted_schema = 0",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 2147418112",  # SQLite's own limit, in bytes; what is not touched takes no memory
    "PRAGMA cache_size = -256",  # kB
)


class _Opened(sqlite3.Connection):
    """Lets go of the file with whoever looked things up in it; Python 3.13 warns where nobody does."""

    def __del__(self) -> None:
        self.close()


class Stored:
    """One opened file. `library` reads from it until `close`; use it in the thread that opened it.

    With the name of a site that has an overlay, it is the edition of that site.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, site: str) -> None:
        self.name = path.name
        self._connection = connection
        self._rows = Rows(connection)
        self.has_edition = bool(site) and self._rows.has(kind_in(site, "service"))
        self._edition = site if self.has_edition else ""
        index = StoredIndex(self._rows, connection, self._edition)
        kind = partial(kind_in, self._edition)
        categories = Shelf(self._rows, kind("category"), Category, CategoryId)
        self.library = Library(
            organizations=Shelf(self._rows, kind("organization"), Organization, OrganizationId),
            services=Shelf(self._rows, kind("service"), Service, ServiceId),
            categories=MappingProxyType(dict(categories.items())),
            guides=Shelf(self._rows, kind("guide"), Guide, GuideId),
            staff_card=self._rows.value(StaffCard, kind("card"), "staff"),
            index=index,
        )
        index.names()  # what every visit needs: damage there is found out now, and not by a visitor
        index.ages()
        for category in categories:
            index.count_in(category, in_writing=False)

    def site(self, name: str, of: type[Value]) -> Value | None:
        """The settings of the site file of this name ("police-lobby.toml"), or None. Raises ContentError."""
        try:
            body = self._rows.find("site", name)
            return None if body is None else decoded(of, body)
        except DamagedError as error:
            raise _refused(self.name, _DAMAGED) from error

    def site_names(self) -> tuple[str, ...]:
        """The names of the site files that were built in."""
        return tuple(self._rows.ids("site"))

    def catalog(self, language: str) -> Catalog | None:
        """The translations of the content, or None for a language that has none."""
        kind = kind_in(self._edition, words_kind(language))
        return Catalog(self._rows, kind) if self._rows.has(kind) else None

    def clips(self, languages: Collection[str]) -> Clips:
        """The recordings in these languages."""
        kinds = {language: clips_kind(language) for language in languages}
        return {
            language: Recordings(self._rows, kind) for language, kind in kinds.items() if self._rows.has(kind)
        }

    def faults(self) -> tuple[Fault, ...]:
        """Read the whole file and say whether a part of it is damaged. From then on it is not mapped."""
        digest = blake2b()
        try:
            self._connection.execute(
                "PRAGMA mmap_size = 0"
            )  # or all of it would count as memory of this process
            for _, _, _, sealed in self._rows.all():
                digest.update(sealed)
            whole = self._connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        except (DamagedError, *UNREADABLE):
            whole = False
        if whole and digest.hexdigest() == self._rows.about.digest:
            return ()
        return (Fault(self.name, 1, _DAMAGED),)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class StoredIndex:
    """The lists of one edition; `connection` is for what other packages keep in tables of their own."""

    def __init__(self, rows: Rows, connection: sqlite3.Connection, edition: str) -> None:
        self._rows = rows
        self.connection = connection
        self.edition = edition

    def listed(
        self, category: CategoryId, when: datetime, most: int, *, in_writing: bool
    ) -> tuple[Service, ...]:
        """Return the first entries of a need at `when`. Raises ValueError for more than MOST_LISTED."""
        if most > MOST_LISTED:
            raise ValueError(f"at most {MOST_LISTED} entries are listed")
        first = dict(self._counts(category, in_writing).first)
        is_open = self._open_at(category, in_writing, when)
        always = (*first.get(Rank.EMERGENCY, ()), *first.get(Rank.ALWAYS, ()))
        others = (*first.get(Rank.UNKNOWN, ()), *first.get(Rank.CLOSED, ()))
        ids = (*always, *is_open, *(id_ for id_ in others if id_ not in is_open))
        return tuple(self._rows.value(Service, self._kind("service"), id_) for id_ in ids[:most])

    def count_in(self, category: CategoryId, *, in_writing: bool) -> int:
        """Return how many entries a need has."""
        return self._counts(category, in_writing).count

    def guides_in(self, category: CategoryId) -> tuple[Guide, ...]:
        """Return the guides of a need."""
        body = self._rows.find(self._kind("guides"), category)
        ids = () if body is None else decoded(Ids, body).ids
        return tuple(self._rows.value(Guide, self._kind("guide"), id_) for id_ in ids)

    def ages(self) -> Ages:
        """Return when the numbers were checked."""
        return self._rows.value(Ages, self._kind("ages"), "ages")

    def names(self) -> Names:
        """Return the names that a site's texts are checked against."""
        return self._rows.value(Names, self._kind("names"), "names")

    def shown_on(self, day: date, whole: Library) -> Library:
        """Return what of `whole` is shown on a day by which something has left."""
        from kiosk.content.shown import library_on  # noqa: PLC0415 - most kiosks start without it

        return library_on(day, whole, self, self._rows, self.edition)

    def _kind(self, kind: str) -> str:
        return kind_in(self.edition, kind)

    def _counts(self, category: CategoryId, in_writing: bool) -> Counts:
        return self._rows.value(Counts, self._kind("list"), list_id(category, in_writing))

    def _open_at(self, category: CategoryId, in_writing: bool, when: datetime) -> tuple[str, ...]:
        since, now = (opening_id(category, in_writing, each) for each in (0, minute_of_week(when)))
        body = self._rows.last(self._kind("opening"), since, now)
        return () if body is None else decoded(Ids, body).ids


def open_stored(path: Path, site: str = "") -> Stored:
    """Open a built directory, in the edition of `site` if it has one.

    Raises ContentError with one fault that says what is wrong with the file.
    """
    try:
        _look_at(path)
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        # The collector may run in any thread: whichever it is may let go.
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, factory=_Opened
        )
    except OSError as error:
        raise _refused(path.name, f"the file cannot be read ({error.strerror}); copy it again") from error
    except UNREADABLE as error:
        raise _refused(path.name, _DAMAGED) from error
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
        return Stored(path, connection, site)
    except (DamagedError, KeyError, *UNREADABLE) as error:  # KeyError: a way through an index is lost
        connection.close()
        raise _refused(path.name, _DAMAGED) from error


def _look_at(path: Path) -> None:
    """Refuse what can be told from the first bytes and the length: foreign, of another form, torn."""
    with path.open("rb") as file:
        start = file.read(_HEADER.size)
        size = file.seek(0, 2)
    if len(start) < _HEADER.size or not start.startswith(_MAGIC):
        raise _refused(path.name, _NOT_OURS)
    _, page, write, read, pages, form, application = _HEADER.unpack(start)
    if application != APPLICATION_ID or {write, read} != {_NO_JOURNAL}:
        raise _refused(path.name, _NOT_OURS)
    if form != FORM:
        raise _refused(path.name, _OTHER_FORM.format(form=form, ours=FORM))
    whole = pages * (page if page > 1 else 65536)
    if size != whole:
        raise _refused(path.name, _TORN.format(size=size, whole=whole))


def _refused(name: str, message: str) -> ContentError:
    return ContentError((Fault(name, 1, message),))
