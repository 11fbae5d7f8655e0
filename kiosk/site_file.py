"""The site file: one TOML that says what this kiosk is called, how large it is, what its lobby shows."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from kiosk.content.check import Check, Mention, Spot, did_you_mean
from kiosk.content.contrast import contrast, is_colour
from kiosk.content.cross import check_across
from kiosk.content.faults import ContentError
from kiosk.content.model import CategoryId, Library, Text
from kiosk.content.names import names_of
from kiosk.content.reader import Reader, read_root
from kiosk.content.source import Section, read_source
from kiosk.settings import (
    DEFAULT_BRAND,
    KNOWN_LANGUAGES,
    LEAST_CONTRAST,
    MOTIFS,
    Here,
    Settings,
    Speech,
    Start,
    Tile,
)
from kiosk.site_fittings import (
    read_assistive,
    read_double_strike,
    read_hide_key,
    read_keys,
    read_panel,
    read_printer,
)
from kiosk.site_keys import LEAST_TILES, MOST_TILES, TABLES, site_key
from kiosk.site_reader import SITE_SHAPE, Part, part, part_of
from kiosk.words.sensitive import telling_words


def load_settings(path: Path, library: Library | None, icons: frozenset[str] | None = None) -> Settings:
    """The checked site file at `path`.

    `library` makes sure that the categories it names exist and that no confidential place is given away;
    `icons` are the names of the icons there are; None lets every name pass. Raises ContentError with all
    faults of the file.
    """
    check = Check(date.max, icons)
    _know(check, library)
    source = read_source(path, str(path), SITE_SHAPE)
    check.faults += source.faults
    check.comments += ((Spot(source.file, line), words) for line, words in source.comments)
    settings = read_site(source.root, check) if source.root else None
    check_across(check)
    if check.faults or settings is None:
        raise ContentError(check.all_faults())
    return settings


def read_site(root: Section, check: Check) -> Settings | None:
    """The settings of one file as read. None when its [site] table is missing; faults go to `check`."""
    reader = read_root(root, check, TABLES)
    site = part(reader, "site", required=True)
    tiles = reader.tables("tile", LEAST_TILES, MOST_TILES)
    if site is None:
        return None
    id_ = site.reader.id("site")
    brand, motif = _look(reader)
    after, end = _idle(reader)
    hide_key = read_hide_key(reader)
    width_mm, lower_edge_mm = read_panel(reader)
    return Settings(
        id=id_,
        name=_lobby_text(site, "name", f"site.{id_}.name"),
        welcome=_lobby_text(site, "welcome", f"site.{id_}.welcome"),
        lead=_lobby_text(site, "lead", f"site.{id_}.lead"),
        operator=site.text("operator", f"site.{id_}.operator"),
        time_zone=_time_zone(site),
        languages=_languages(site),
        start=Start(site.choice("start")),
        is_demo=site.flag("demo"),
        tiles=_tiles(reader, tiles, f"site.{id_}.tile"),
        here=_notes(reader, f"site.{id_}.here"),
        category_order=tuple(map(CategoryId, site.mentions("category_order", "category"))),
        brand=brand,
        motif=motif,
        panel_width_mm=width_mm,
        still_here_after_s=after,
        end_after_s=end,
        hide_key=hide_key,
        speech=_speech(reader, hide_key),
        lower_edge_mm=lower_edge_mm,
        keys=read_keys(reader),
        assistive_technology=read_assistive(reader),
        printer=read_printer(reader),
        double_strike=read_double_strike(reader),
    )


def _know(check: Check, library: Library | None) -> None:
    if library is None:
        check.incomplete.add("category")
        return
    for category in library.categories:
        check.known["category", category] = Spot("categories.toml", 1)
    names = library.index.names() if library.index else names_of(library)
    check.names += names.allowed
    check.hide(names.secret)


def _lobby_text(table: Part, key: str, text_id: str) -> Text:
    text = table.text(key, text_id)
    _tells_nothing(table, key, text)
    return text


def _tells_nothing(table: Part, key: str, text: Text, item: int | None = None) -> None:
    for word in telling_words(text.english):
        told = f'"{word}" tells everybody in the lobby what this is for; write a neutral word'
        table.fault(key, told, item)


def _time_zone(site: Part) -> str:
    name = site.word("time_zone")
    try:
        return ZoneInfo(name).key if name else ""
    except (OSError, ValueError, LookupError):  # LookupError: ZoneInfoNotFoundError is a KeyError
        near = did_you_mean(name, available_timezones())
        near = near if near.startswith("did") else 'write one such as "America/Chicago"'
        site.fault("time_zone", f'there is no time zone "{name}"; {near}')
        return ""


def _languages(site: Part) -> tuple[str, ...]:
    languages = site.strings("languages")
    for number, language in enumerate(languages):
        if language not in KNOWN_LANGUAGES:
            hint = did_you_mean(language, KNOWN_LANGUAGES)
            site.fault("languages", f'the language "{language}" is not known; {hint}', number)
        elif language in languages[:number]:
            site.fault("languages", f'"{language}" is in the list twice; delete one', number)
    return languages


def _tiles(root: Reader, sections: tuple[Section, ...], text_id: str) -> tuple[Tile, ...]:
    seen: dict[str, int] = {}
    tiles = tuple(_tile(each, root.check, text_id, seen) for each in sections)
    doors = [section for section, tile in zip(sections, tiles, strict=True) if tile.opens_help]
    if sections and not doors:
        root.check.fault(root.here, 'no tile leads to the directory; write opens = "help" in one [[tile]]')
    for section in doors[1:]:
        only_one = 'a second tile opens help; delete opens = "help" in one of the two'
        root.check.fault(Spot(section.file, section.line_of("opens")), only_one)
    return tiles


def _tile(section: Section, check: Check, text_id: str, seen: dict[str, int]) -> Tile:
    tile = part_of(section, check, "tile")
    id_ = tile.reader.local_id(seen)
    opens_help = tile.has("opens") and tile.choice("opens") == "help"
    lines = tile.texts("lines", f"{text_id}.{id_}.line", required=not opens_help)
    if opens_help and tile.has("lines"):
        tile.fault("lines", "this tile opens help and has no page of its own; delete lines or opens")
    for number, line in enumerate(lines):
        _tells_nothing(tile, "lines", line, number)
    return Tile(
        id=id_,
        icon=tile.reader.icon(),
        title=_lobby_text(tile, "title", f"{text_id}.{id_}.title"),
        hint=_lobby_text(tile, "hint", f"{text_id}.{id_}.hint"),
        lines=lines,
        opens_help=opens_help,
    )


def _notes(root: Reader, text_id: str) -> tuple[Here, ...]:
    sections = root.tables("here")
    return tuple(_here(each, root.check, f"{text_id}.{n}") for n, each in enumerate(sections))


def _here(section: Section, check: Check, text_id: str) -> Here:
    here = part_of(section, check, "here")
    category = here.word("category")
    if category:
        spot = here.reader.spot("category")
        check.mentions.append(Mention("category", category, spot, here.reader.here))
    return Here(CategoryId(category), here.text("text", text_id))


def _look(root: Reader) -> tuple[str, str]:
    look = part(root, "look")
    if look is None:
        return DEFAULT_BRAND, MOTIFS[0]
    brand = look.word("brand")
    if not is_colour(brand):
        look.fault("brand", f'"{brand}" is not a colour; write it as "{DEFAULT_BRAND}"')
    elif (ratio := contrast("#FFFFFF", brand)) < LEAST_CONTRAST:
        too_light = f'white letters on "{brand}" have a contrast of {ratio:.1f}:1 and are hard to read'
        look.fault("brand", f"{too_light}; write a darker colour, with at least {LEAST_CONTRAST:.0f}:1")
    return brand, look.choice("motif")


def _idle(root: Reader) -> tuple[int, int]:
    idle = part(root, "idle")
    names = ("still_here_after", "end_after")
    after, end = (idle.whole(name) if idle else int(site_key("idle", name).default or 0) for name in names)
    return after, end


def _speech(root: Reader, hide_key: str | None) -> Speech | None:
    speech = part(root, "speech")
    if speech is None:
        return None
    key = speech.word("start_key") or None
    if key and key not in speech.key("start_key").choices:
        speech.fault("start_key", f'"{key}" cannot start the voice; write a key such as "F11" or "Pause"')
    elif key and key == hide_key:
        speech.fault("start_key", f'"{key}" hides already; write another key in one of the two')
    rate, volume = speech.whole("rate"), speech.whole("volume")
    headset = speech.word("headset") or None
    if headset and not re.fullmatch(r"/dev/input(?:/(?!\.)[A-Za-z0-9_.:-]+)+", headset, re.ASCII):
        told = f'"{headset}" is no input device; write one such as "/dev/input/event5"'
        speech.fault("headset", told)
    return Speech(rate, volume, key, headset) if speech.flag("on") else None
