"""What one site adds, hides or rewords over the shared directory, in a folder of its own.

The folder stands beside the site file and has its name: `sites/my-lobby/` beside `sites/my-lobby.toml`. It
may hold `changes.toml`, `organizations/`, `guides/` and `words/`, and never a copy of what is shared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from kiosk.content.check import Check, Mention, Spot
from kiosk.content.folders import read_all, read_one
from kiosk.content.guides import GUIDE_SHAPE, read_guide
from kiosk.content.headers import Shape, Table
from kiosk.content.model import Guide, Service, ServiceId
from kiosk.content.reader import Reader, read_root
from kiosk.content.services import SHAPE, OrganizationFile, read_organization
from kiosk.content.source import Section
from kiosk.content.wording import TEXT_LIMITS

CHANGES: Final = "changes.toml"
FOLDERS: Final = ("organizations", "guides", "words")
REWORDED: Final = tuple(key for key in TEXT_LIMITS if key != "address")
"""The texts of an entry that a site may write in its own words. Names and numbers are the same everywhere."""
_REWORD_KEYS: Final = ("service", *REWORDED, "cautions")
_CHANGES_SHAPE: Final[Shape] = (Table("", ("schema", "hide")), Table("[[reword]]", _REWORD_KEYS))

Texts = Mapping[str, object]
"""New texts by the field of `Service`: a Text, or for "cautions" several."""


class Place(NamedTuple):
    """Where an overlay stands, and what its files are called in faults."""

    folder: Path
    called: str


@dataclass(slots=True)
class Overlay:
    """What one site changes, checked."""

    files: list[OrganizationFile] = field(default_factory=list)
    guides: list[Guide] = field(default_factory=list)
    hidden: dict[ServiceId, Spot] = field(default_factory=dict)
    reworded: dict[ServiceId, Texts] = field(default_factory=dict)
    reworded_at: dict[ServiceId, Spot] = field(default_factory=dict)

    def over(self, services: Sequence[Service]) -> list[Service]:
        """Return the shared entries as this site shows them, without those that it adds."""
        return [_reworded(each, self.reworded) for each in services if each.id not in self.hidden]


def folder_of(site: Path) -> Path:
    """Return the folder in which a site file's overlay would be."""
    return site.parent / site.stem


def place_of(site: Path, content: Path) -> Place | None:
    """Return the overlay of a site file; None where it has none."""
    folder = folder_of(site)
    if folder == site or not folder.is_dir():
        return None
    inside = folder.is_relative_to(content)
    return Place(folder, folder.relative_to(content).as_posix() if inside else str(folder))


def read_overlay(place: Place, shared: Sequence[Service], check: Check) -> Overlay:
    """Read the overlay over `shared`, the active entries that `check` has just read. Faults go to `check`."""
    overlay = Overlay()
    try:
        _read(place, overlay, check)
    except OSError:
        wrong = "this folder cannot be opened; make it a folder that everyone may read"
        check.fault(Spot(place.called, 1), wrong)
    _own_entries_stay(place, overlay, check)
    _last_ways_stay(overlay, shared, check)
    return overlay


def _read(place: Place, overlay: Overlay, check: Check) -> None:
    _only_known(place, check)
    if (place.folder / "organizations").is_dir():
        called = f"{place.called}/organizations"
        overlay.files += read_all(place.folder, "organizations", check, read_organization, SHAPE, called)
    if (place.folder / "guides").is_dir():
        called = f"{place.called}/guides"
        overlay.guides += read_all(place.folder, "guides", check, read_guide, GUIDE_SHAPE, called)
    if (place.folder / CHANGES).exists():
        _read_changes(place, overlay, check)


def _only_known(place: Place, check: Check) -> None:
    for path in sorted(place.folder.iterdir()):
        known = path.name in FOLDERS if path.is_dir() else path.name == CHANGES
        if not known and not path.name.startswith("."):
            wanted = (
                f"only {CHANGES} and the folders {', '.join(FOLDERS)} belong here; move it there, or away"
            )
            check.fault(Spot(f"{place.called}/{path.name}", 1), wanted)


def _read_changes(place: Place, overlay: Overlay, check: Check) -> None:
    def read(root: Section, check: Check) -> bool:
        reader = read_root(root, check, ("reword",), ("hide",))
        for item, id_ in enumerate(reader.mentions("hide", "service", required=False)):
            overlay.hidden.setdefault(ServiceId(id_), reader.spot("hide", item))
        written: dict[tuple[str, str], Spot] = {}
        for section in reader.tables("reword"):
            _reword(Reader(section, check, _REWORD_KEYS), overlay, written)
        return True

    read_one(place.folder / CHANGES, f"{place.called}/{CHANGES}", check, read, _CHANGES_SHAPE)


def _reword(reader: Reader, overlay: Overlay, written: dict[tuple[str, str], Spot]) -> None:
    id_ = reader.word("service")
    if not id_:
        return
    reader.check.mentions.append(Mention("service", id_, reader.spot("service"), reader.here, names=True))
    if hidden := overlay.hidden.get(ServiceId(id_)):
        reader.fault("service", f'"{id_}" is hidden in {hidden}; delete one of the two')
    keys = [key for key in (*REWORDED, "cautions") if reader.has(key)]
    if not keys:
        reader.check.fault(reader.here, 'nothing is reworded here; write a text, such as summary = "..."')
    texts = dict(overlay.reworded.get(ServiceId(id_), {}))
    for key in keys:
        first = written.setdefault((id_, key), reader.spot(key))
        if first != reader.spot(key):
            reader.fault(key, f'"{key}" of "{id_}" is already reworded in {first}; delete one of the two')
        texts[key] = _new_text(reader, id_, key)
    overlay.reworded[ServiceId(id_)] = texts
    overlay.reworded_at.setdefault(ServiceId(id_), reader.spot("service"))


def _new_text(reader: Reader, id_: str, key: str) -> object:
    if key == "cautions":
        return reader.texts(key, f"service.{id_}.cautions", 200)
    return reader.maybe_text(key, f"service.{id_}.{key}", TEXT_LIMITS[key])


def _own_entries_stay(place: Place, overlay: Overlay, check: Check) -> None:
    """What a site adds itself is changed where it stands."""
    for id_, spot in (*overlay.hidden.items(), *overlay.reworded_at.items()):
        added = check.known.get(("service", id_))
        if added and added.file.startswith(f"{place.called}/"):
            check.fault(spot, f'"{id_}" is an entry of this site, in {added}; change it there')


def _last_ways_stay(overlay: Overlay, shared: Sequence[Service], check: Check) -> None:
    """911 and one line that answers day and night are on every screen; no entry becomes a dead end."""
    left = [each for each in shared if each.id not in overlay.hidden]
    left += [each for file in overlay.files for each in file.services if each.id in file.active]
    for service in shared:
        spot = overlay.hidden.get(service.id)
        if spot and service.is_emergency:
            check.fault(spot, "911 must stay on every screen; take it out of this list")
    always = [each for each in shared if each.is_open_24h and not each.is_emergency]
    if always and not any(each.is_open_24h and not each.is_emergency for each in left):
        spot = max((overlay.hidden[each.id] for each in always), key=lambda spot: spot.line)
        names = ", ".join(f'"{each.id}"' for each in always)
        check.fault(spot, f"this hides the last line that answers day and night; keep one of {names}")
    there = {each.id for each in left}
    for service in left:
        if service.instead and not (service.phones or service.website or service.address):
            hidden = [overlay.hidden[id_] for id_ in service.instead if id_ in overlay.hidden]
            if hidden and not there & set(service.instead):
                where = check.known.get(("service", service.id))
                message = f'"{service.id}" in {where} leads only here; hide it too, or keep this one'
                check.fault(hidden[0], message)


def _reworded(service: Service, texts: Mapping[ServiceId, Texts]) -> Service:
    if service.id not in texts:
        return service
    return replace(service, **cast("dict[str, Any]", texts[service.id]))
