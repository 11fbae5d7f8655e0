"""Everything the doctor judges, gathered once. None, or nothing in a list, is what could not be seen.

No fact about visitors: only the machine, the site file and the content.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from kiosk.content.faults import ContentError, Fault
from kiosk.content.library import load_library
from kiosk.content.model import Library
from kiosk.content.source import read_source
from kiosk.content.stored import Stored, open_stored
from kiosk.deploy.lock import Found, check
from kiosk.house import ASSETS, DEMO_SITE, built_settings, last_good
from kiosk.settings import Settings
from kiosk.site_file import load_settings
from kiosk.technician.panel import Connector
from kiosk.technician.probe import answer_of, bytes_of, is_synchronised, names_in, text_of

UNIT: Final = "visitor-kiosk"
"""How the names of all units of the kiosk begin."""
GATE: Final = "visitor-kiosk-upgrade.service"
"""Runs apt as root, as it must, and nothing that a visitor touches; its exposure says nothing."""
SEATD: Final = "seatd.service"
"""Not a unit of the kiosk's, but it hands out screen and input devices; the package settles what it may."""
ZONES: Final = "/zoneinfo/"
UNIT_FOLDERS: Final = ("etc/systemd/system", "usr/lib/systemd/system", "lib/systemd/system")
UPDATE_ROOT: Final = "etc/visitor-kiosk/root.json"
SHIPPED_ROOT: Final = "usr/share/visitor-kiosk/root.json"
UPDATE_SOURCE: Final = "etc/visitor-kiosk/update.env"
UPDATE_HEALTH: Final = "var/lib/visitor-kiosk/update/health.json"
DISPLAY: Final = "run/visitor-kiosk-display"
"""Where the units of the package keep what they read, write and listen to."""
Answer = Callable[[tuple[str, ...], Mapping[str, str] | None], str | None]


@dataclass(frozen=True, slots=True)
class Facts:
    """The machine as it speaks of itself; each text as the file or program gave it."""

    now: datetime
    connectors: tuple[Connector, ...] = ()
    outputs: str | None = None
    input_devices: str | None = None
    swaps: str | None = None
    command_line: str | None = None
    kernel_settings: str | None = None
    has_clock_chip: bool = False
    is_synchronised: bool | None = None
    zone: str | None = None
    fonts: str | None = None
    voices: str | None = None
    units: tuple[str, ...] = ()
    exposure: str | None = None
    lock: Found | None = None
    printer_state: str | None = None
    update_health: str | None = None
    has_update_root: bool = False
    has_update_source: bool = False


@dataclass(frozen=True, slots=True)
class Set:
    """The content and the site file as they can be read; faults in place of what cannot.

    `brand` and `rotation` are as written, also in a site file with faults: "" and None where they are not.
    """

    folder: Path
    site: Path
    today: date
    library: Library | None
    library_faults: tuple[Fault, ...]
    settings: Settings | None
    site_faults: tuple[Fault, ...]
    brand: str
    rotation: object
    has_last_good: bool
    stored: Stored | None = None


def gather(settings: Settings | None, root: Path = Path("/"), answer: Answer = answer_of) -> Facts:
    """Look at the machine whose file system begins at `root`. Takes some seconds when a program hangs."""
    units = units_in(root)
    release = os.uname().release
    return Facts(
        now=datetime.now(UTC),
        connectors=connectors_in(root / "sys/class/drm"),
        outputs=_outputs(root, answer),
        input_devices=text_of(root / "proc/bus/input/devices"),
        swaps=text_of(root / "proc/swaps"),
        command_line=text_of(root / "proc/cmdline"),
        kernel_settings=text_of(root / f"boot/config-{release}"),
        has_clock_chip=bool(names_in(root / "sys/class/rtc")),
        is_synchronised=is_synchronised(),
        zone=zone_of(root),
        fonts=answer(("fc-list", ":", "family"), None),
        voices=answer(("espeak-ng", "--voices"), None) if settings and settings.speech else None,
        units=units,
        exposure=_exposure(units, answer),
        lock=_lock(root),
        printer_state=_printer_state(settings, answer),
        update_health=text_of(root / UPDATE_HEALTH),
        has_update_root=(root / UPDATE_ROOT).exists() or (root / SHIPPED_ROOT).exists(),
        has_update_source=(root / UPDATE_SOURCE).exists(),
    )


def units_in(root: Path) -> tuple[str, ...]:
    """Return the units of the kiosk, and with them seatd's, each where systemd finds it first."""
    found = {
        name: str(root / folder / name)
        for folder in reversed(UNIT_FOLDERS)
        for name in names_in(root / folder)
        if name.endswith(".service") and name != GATE and (name.startswith(UNIT) or name == SEATD)
    }
    is_installed = any(name != SEATD for name in found)
    return tuple(found[name] for name in sorted(found)) if is_installed else ()


def zone_of(root: Path) -> str | None:
    """Return the machine's time zone by localtime(5): UTC without the link, None for a file in its place."""
    place = root / "etc/localtime"
    try:
        target = str(place.readlink())
    except FileNotFoundError:
        return "UTC"
    except OSError:
        return None
    return target.partition(ZONES)[2] or None


def _lock(root: Path) -> Found | None:
    try:
        return check(root)
    except OSError:
        return None


def read_set(folder: Path, site: Path | None, today: date) -> Set:
    """Read the content and one site file, each by itself: a fault in one does not hide the other."""
    site = site or folder / "sites" / DEMO_SITE
    icons = frozenset(path.stem for path in (ASSETS / "icons").glob("*.svg"))
    library, settings = None, None
    library_faults: tuple[Fault, ...] = ()
    site_faults: tuple[Fault, ...] = ()
    stored = None
    try:
        if folder.is_file():
            stored = open_stored(folder, site.name)
            library, library_faults = stored.library, stored.faults()
        else:
            library = load_library(folder, date.max, icons, site)
    except ContentError as error:
        library_faults = error.faults
    try:
        settings = built_settings(stored, site, icons) if stored else load_settings(site, library, icons)
    except ContentError as error:
        site_faults = error.faults
    brand = settings.brand if settings else str(_written(site, "look", "brand") or "")
    turned, kept = _written(site, "panel", "rotation"), last_good(folder).exists()
    judged = (library, library_faults, settings, site_faults)
    return Set(folder, site, today, *judged, brand, turned, kept, stored)


def _written(site: Path, table: str, key: str) -> object:
    """Return a value as written in a site file, which may have faults; None where there is none."""
    root = read_source(site, str(site)).root
    tables = root.tables.get(table, ()) if root else ()
    return tables[0].values.get(key) if tables else None


def connectors_in(folder: Path) -> tuple[Connector, ...]:
    """Return the sockets of the graphics cards, such as /sys/class/drm/card0-HDMI-A-1."""
    return tuple(
        Connector(
            name,
            text_of(folder / name / "status") or "",
            text_of(folder / name / "modes") or "",
            bytes_of(folder / name / "edid") or b"",
        )
        for name in names_in(folder)
        if "-" in name
    )


def _outputs(root: Path, answer: Answer) -> str | None:
    """Ask the compositor of this session, else the one of the kiosk's own display, which has no session."""
    if "WAYLAND_DISPLAY" in os.environ:
        return answer(("wlr-randr",), None)
    socket = root / DISPLAY / "wayland-0"
    if not socket.exists():
        return None
    return answer(("wlr-randr",), {"WAYLAND_DISPLAY": str(socket), "XDG_RUNTIME_DIR": str(socket.parent)})


def _exposure(units: tuple[str, ...], answer: Answer) -> str | None:
    if not units:
        return None
    return answer(("systemd-analyze", "security", "--offline=true", "--no-pager", *units), None)


def _printer_state(settings: Settings | None, answer: Answer) -> str | None:
    printer = settings.printer if settings else None
    if printer is None or not printer.queue:
        return None
    server = {"CUPS_SERVER": printer.server} if printer.server else {}
    return answer(("lpstat", "-p", printer.queue), server)
