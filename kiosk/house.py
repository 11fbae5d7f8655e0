"""What stays the same for every visitor of a running kiosk: the directory, the site, the words.

A content set with any fault is refused whole. The last good set is used in its place, and with none the
built-in page: 911 and the day-and-night lines. The kiosk always shows something true.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from kiosk.content.age import Today, days_checked, shown_on, today_by, told_to_it
from kiosk.content.faults import ContentError, Fault
from kiosk.content.model import Library
from kiosk.later import dataclass
from kiosk.settings import Settings
from kiosk.words.catalog import ENGLISH, Catalog, Words, load_words, read_english
from kiosk.words.interpreters import Interpreter, InterpretersError, read_interpreters

if TYPE_CHECKING:
    from kiosk.content.clips import Clips
    from kiosk.content.stored import Stored
    from kiosk.find.finder import Finder
    from kiosk.find.made import Made

ASSETS: Final = Path(__file__).parents[1] / "assets"
INTERPRETERS: Final = ASSETS / "words" / "interpreters.toml"
ASSISTIVE: Final = b"assistive"  # the table of a site file
DEMO_SITE: Final = "police-lobby.toml"
Now = Callable[[ZoneInfo], datetime]


def site_now(zone: ZoneInfo) -> datetime:
    """Return the wall time of the site."""
    return datetime.now(zone)


@dataclass(frozen=True)
class House:
    """One site with its directory and its languages. `now` is handed in so that tests have their own.

    `library` is all that was read, or what `stored` reads when asked. A visitor sees what is `shown` on
    the day. `clips` are recordings of what is said, where the site has speech on.
    """

    library: Library
    settings: Settings
    words: Mapping[str, Words]
    now: Now = site_now
    interpreters: tuple[Interpreter, ...] = ()
    clips: Clips = field(default_factory=dict, repr=False, compare=False)
    stored: Stored | None = field(default=None, repr=False, compare=False)
    _shown: dict[Today, Library] = field(default_factory=dict, init=False, repr=False, compare=False)
    _finders: dict[Today, Finder] = field(default_factory=dict, init=False, repr=False, compare=False)

    def when(self) -> datetime:
        """Return the wall time of the site."""
        return self.now(ZoneInfo(self.settings.time_zone))

    def today(self, when: datetime) -> Today:
        """Return the day from which ages are counted, when the site's clock says `when`."""
        return today_by(when.date(), self._newest)

    def shown(self, today: Today) -> Library:
        """Return the directory without what is too old on this day. Worked out once a day."""
        if today not in self._shown:
            self._shown.clear()  # one day at a time
            self._shown[today] = shown_on(today, self.library)
        return self._shown[today]

    def finder(self, today: Today) -> Finder:
        """Return what looks things up in the directory as it is shown on this day."""
        from kiosk.find.finder import Finder  # noqa: PLC0415 - the lobby is on the screen sooner without it

        if today not in self._finders:
            self._finders.clear()
            self._finders[today] = Finder(self.shown(today), self.library, self._made)
        return self._finders[today]

    def shown_now(self) -> Library:
        """Return the directory without what is too old by the site's clock."""
        return self.shown(self.today(self.when()))

    @cached_property
    def _made(self) -> Made:
        from kiosk.find.made import Made  # noqa: PLC0415 - as above

        return Made(self.library, self.words)

    @cached_property
    def _newest(self) -> date:
        return days_checked(self.library)[1]

    @property
    def default_language(self) -> str:
        """The site's own language."""
        return self.settings.languages[0]


def last_good(content: Path) -> Path:
    """Return the folder or file beside a content set that holds its last good version."""
    return content.with_name(f"{content.name}.last-good")


def open_house(
    content: Path, site: Path | None, tell: Callable[[str], object] | None = None, now: Now = site_now
) -> House:
    """Return the best house there is: this content, else its last good version, else what is built in.

    Each fault is told (by default to standard error, the service's log), and what is old on this day. The day
    refuses nothing: a clock that was set back must not take content away as checked "in the future".
    """
    from kiosk.content.folders import advice_on  # noqa: PLC0415 - the host never reads, and a page does not either

    tell = _once(tell or sys.stderr.write)
    here = Path(os.path.realpath(content))  # once: the link may lead elsewhere before the last file is read
    icons = icon_names()
    for place, at in _candidates(content, here, site):
        if place != here:
            tell(f"visitor-kiosk: the last good set is used: {place}\n")
        try:
            house = house_in(place, at, icons, now)
        except ContentError as error:
            for fault in error.faults:
                tell(f"visitor-kiosk: {fault}\n")
            continue
        clips = _clips(place, house, tell) if house.settings.speech else {}
        house = replace(house, interpreters=_interpreters(tell), clips=clips)
        if house.stored is None:
            _tell_of_age(house, tell)
            if advice := advice_on(len(house.library.services)):
                tell(f"visitor-kiosk: {advice}\n")
        return house
    tell("visitor-kiosk: no content set can be used; the built-in page is shown\n")
    return built_in_house(content)


def _clips(place: Path, house: House, tell: Callable[[str], object]) -> Clips:
    if house.stored:
        return house.stored.clips(house.settings.languages)
    from kiosk.content.clips import playable  # noqa: PLC0415 - only where there is a voice

    return playable(place, house.settings.languages, tell)


def names_assistive(content: Path, site: Path | None) -> bool:
    """Return whether assistive technology is written of in any site file that may be used, on or off."""
    here = Path(os.path.realpath(content))
    for _, at in _candidates(content, here, site):
        with contextlib.suppress(OSError):
            if ASSISTIVE in at.read_bytes():
                return True
    return False


def _candidates(content: Path, here: Path, site: Path | None) -> Iterator[tuple[Path, Path]]:
    """Yield content sets with their site files, best first; `here` is where `content` leads.

    A last good set comes with its own copy of a site file, or one from elsewhere while that is good.
    """
    good = last_good(content)
    if site and site.is_relative_to(content):
        site = here / site.relative_to(content)
    wanted = site or here / "sites" / DEMO_SITE
    own = good / "sites" / wanted.name
    inside = wanted.is_relative_to(here)
    pairs = [(here, wanted), *([] if inside and own.is_file() else [(good, wanted)]), (good, own)]
    for place, at in pairs:
        if place.is_file() or (place.is_dir() and (at != own or own.is_file())):
            yield place, at


def _once(tell: Callable[[str], object]) -> Callable[[str], object]:
    told: set[str] = set()

    def once(line: str) -> None:
        if line not in told:
            told.add(line)
            tell(line)

    return once


def tell_of_built(house: House, tell: Callable[[str], object]) -> None:
    """Read a built directory whole and say what is damaged or old. A folder was judged when it was read."""
    if house.stored is None or house.library.index is None:  # the built-in page has only its words from there
        return
    tell = _once(tell)
    faults = house.stored.faults()
    for fault in faults:
        tell(f"visitor-kiosk: {fault}\n")
    if not faults:
        _tell_of_age(house, tell)


def _tell_of_age(house: House, tell: Callable[[str], object]) -> None:
    today = house.today(house.when())
    for line in told_to_it(house.library, house.shown(today), today):
        tell(f"visitor-kiosk: {line}\n")


def built_in_house(content: Path) -> House:
    """Return 911 and the day-and-night lines with a neutral lobby; only translations are read."""
    from kiosk.builtin import built_in_library, built_in_settings  # noqa: PLC0415 - hardly ever needed
    from kiosk.content.stored import open_stored  # noqa: PLC0415 - only for built files

    settings = built_in_settings()
    for place in (content, last_good(content)):
        with contextlib.suppress(ContentError):
            if place.is_file():
                stored = open_stored(place)
                words = _languages(settings, (), stored.catalog)
                return House(built_in_library(), settings, words, stored=stored)
    return House(built_in_library(), settings, _words(settings, content))


def house_in(place: Path, site: Path, icons: frozenset[str], now: Now = site_now) -> House:
    """Return the house of a folder or of a built file. Raises ContentError."""
    if place.is_dir():
        from kiosk.content.library import load_library  # noqa: PLC0415 - as above
        from kiosk.site_file import load_settings  # noqa: PLC0415 - as above

        library = load_library(place, date.max, icons, site)
        settings = load_settings(site, library, icons)
        return House(library, settings, _words(settings, place, site), now)
    from kiosk.content.stored import open_stored  # noqa: PLC0415 - only for built files

    stored = open_stored(place, site.name)
    try:
        settings = built_settings(stored, site, icons)
    except ContentError:
        stored.close()
        raise
    return House(stored.library, settings, _languages(settings, (), stored.catalog), now, stored=stored)


def icon_names() -> frozenset[str]:
    """Return the names of the icons there are."""
    return frozenset(path.stem for path in (ASSETS / "icons").glob("*.svg"))


def built_settings(stored: Stored, site: Path, icons: frozenset[str]) -> Settings:
    """Read the site file if there is one, or what was built in under its name. Raises ContentError."""
    from kiosk.content.check import did_you_mean  # noqa: PLC0415 - as above
    from kiosk.content.overlay import place_of  # noqa: PLC0415 - as above
    from kiosk.site_file import load_settings  # noqa: PLC0415 - as above

    if site.is_file():
        if stored.has_edition or not place_of(site, site.parent):
            return load_settings(site, stored.library, icons)
        changes = f"the folder {site.with_suffix('')} changes the directory, and is not built in"
        wanted = "build with this site: run_kiosk.py build --site FILE --out FILE"
        raise ContentError((Fault(str(site), 1, f"{changes}; {wanted}"),))
    kept = stored.site(site.name, Settings)
    if kept is None:
        known = did_you_mean(site.name, stored.site_names())
        raise ContentError((Fault(stored.name, 1, f'there is no site "{site.name}" in this file; {known}'),))
    return kept


def _interpreters(tell: Callable[[str], object]) -> tuple[Interpreter, ...]:
    """Return the interpreter cards; without them everything else is still shown."""
    try:
        return read_interpreters(INTERPRETERS)
    except InterpretersError as error:
        tell(f"visitor-kiosk: {error}\n")
    return ()


def _words(settings: Settings, content: Path, site: Path | None = None) -> dict[str, Words]:
    """Read the catalogs; a text that the site words anew is found by its new English in the site's own."""
    from kiosk.content.overlay import folder_of  # noqa: PLC0415 - as above

    own = (folder_of(site) / "words",) if site else ()
    return _languages(settings, (content / "words", *own), lambda _: None)


def _languages(
    settings: Settings, folders: Sequence[Path], catalog: Callable[[str], Catalog | None]
) -> dict[str, Words]:
    """Return the site's languages: words of the screen, then the content's in `folders`, then `catalog`'s."""
    english = read_english(ASSETS / "words" / "en.toml")
    folders = (ASSETS / "words", *folders)
    return {
        code: load_words(code, english, folders, more=catalog(code), shows_unapproved=settings.is_demo)
        for code in {ENGLISH, *settings.languages}
    }
