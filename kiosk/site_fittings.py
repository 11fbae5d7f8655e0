"""What a site file says of the machine: its panel, its keypad, its assistive technology, its printer."""

from __future__ import annotations

import re

from kiosk.content.reader import Reader
from kiosk.fittings import PAPER_DOTS, TURNS, USUAL_STRIKE, DoubleStrike, KeyCodes, Printer
from kiosk.keypad import Key
from kiosk.site_reader import part

_DEVICE = re.compile(r"/dev(?:/[A-Za-z0-9_-]+)+", re.ASCII)
_QUEUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
_SERVER = re.compile(r"/\S+|(?:localhost|127\.0\.0\.1)(?::\d+)?", re.ASCII)


def read_double_strike(root: Reader) -> DoubleStrike:
    """The times of hands that strike twice where they mean to strike once."""
    table = part(root, "double_strike")
    return DoubleStrike(table.whole("touch"), table.whole("key")) if table else USUAL_STRIKE


def read_panel(root: Reader) -> tuple[float | None, float | None]:
    """The width of the lit panel and the height of its lower edge above the floor, in millimetres."""
    panel = part(root, "panel")
    if panel is None:
        return None, None
    width, lower = panel.length("width_mm"), panel.length("lower_edge_mm")
    if lower is not None and not panel.has("width_mm"):
        told = "without width_mm nobody knows how high the panel is; write width_mm = ... as well"
        panel.fault("lower_edge_mm", told)
    if (turn := panel.whole("rotation")) not in TURNS:  # the display's own unit reads it
        panel.fault("rotation", f"{turn} is no quarter of a turn; write 0, 90, 180 or 270")
    panel.flag("plain_driver")  # so does that unit with this
    return width, lower


def read_hide_key(root: Reader) -> str | None:
    """One more key that hides, by its name in Qt."""
    hide = part(root, "hide")
    key = hide.word("key") if hide else ""
    if hide and key and key not in hide.key("key").choices:
        hide.fault("key", f'"{key}" cannot hide; write a key that types nothing, such as "F12" or "Pause"')
    return key or None


def read_keys(root: Reader) -> KeyCodes:
    """The keys of the keypad with their codes, each code once."""
    table = part(root, "keys")
    found: dict[int, Key] = {}
    for key in Key if table else ():
        if table is None or not table.has(key):
            continue
        code = table.whole(key)
        if code in found:
            told = (
                f"{code} is already the code of {found[code]}; write another code, or delete one of the two"
            )
            table.fault(key, told)
        elif code:
            found[code] = key
    return tuple((key, code) for code, key in found.items())


def read_assistive(root: Reader) -> bool:
    """Whether programs such as a screen reader may see what is on the screen."""
    table = part(root, "assistive")
    return table.flag("technology") if table else False


def read_printer(root: Reader) -> Printer | None:
    """The printer for slips: a device or a queue, not both."""
    table = part(root, "printer")
    if table is None:
        return None
    device, queue, server = (table.word(key) for key in ("device", "queue", "server"))
    width = table.whole("width")
    if width not in PAPER_DOTS:
        table.fault("width", f"{width} is no width of receipt paper; write 384 (58 mm) or 576 (80 mm)")
    if bool(device) == bool(queue):
        told = 'write either device = "/dev/usb/lp0" or queue = "slip", one of the two'
        root.check.fault(table.reader.here, f"the printer is not clear; {told}")
    if device and not _DEVICE.fullmatch(device):
        table.fault("device", f'"{device}" is no device; write one such as "/dev/usb/lp0"')
    if queue and not _QUEUE.fullmatch(queue):
        table.fault("queue", f'"{queue}" is no name of a queue; write letters, digits and hyphens')
    if server and not (queue and _SERVER.fullmatch(server)):
        told = 'is no server of this machine; write a socket such as "/run/slip/cups.sock" beside a queue'
        table.fault("server", f'"{server}" {told}')
    return Printer(device, queue, server, width)
