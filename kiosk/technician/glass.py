"""What the doctor says of the glass: panel, density, rotation, reach, touch, colours, fonts."""

from __future__ import annotations

import re
from typing import Final

from kiosk.content.contrast import contrast, is_colour
from kiosk.settings import LEAST_CONTRAST, Settings
from kiosk.technician.facts import Facts, Set
from kiosk.technician.finding import Finding, command, look, ok, plain, wrong
from kiosk.technician.panel import Connector
from kiosk.technician.touch import touch_screens

LEAST_PX: Final = (1024, 600)
MOST_PX: Final = (3840, 2160)
LEAST_PX_PER_MM: Final = 2.0
"""Below it a letter of 5.2 mm has fewer than ten rows of pixels."""
TOLERANCE: Final = 0.04
"""How far a ruler and a panel may differ: a bezel hides some millimetres."""
HIGHEST_REACH_MM: Final = 1220
LEAST_IN_REACH_MM: Final = 200
FONTS: Final = {
    "": ("Noto Sans",),
    "am": ("Noto Sans Ethiopic",),
    "ne": ("Noto Sans Devanagari UI", "Noto Sans Devanagari"),
    "my": ("Noto Sans Myanmar UI", "Noto Sans Myanmar"),
    "ar": ("Noto Sans Arabic UI", "Noto Sans Arabic"),
    "zh": ("Noto Sans CJK SC",),
}
"""By language ("" for all), what can show its letters; the first is preferred."""
ALWAYS: Final = ("", "am", "ne", "my")
"""The last three stand on interpreter cards."""
PACKAGES: Final = {"zh": "fonts-noto-cjk"}
"""Where a typeface is not in fonts-noto-core."""
SIDEWAYS: Final = (90, 270)
_ENABLED: Final = re.compile(r"^\s*Enabled:\s*(yes|no)\b", re.MULTILINE)
_TRANSFORM: Final = re.compile(r"^\s*Transform:\s*(\S+)", re.MULTILINE)


def panel(facts: Facts, kiosk: Set) -> Finding:
    """Judge the number of pixels, and whether there is a picture at all."""
    plugged = [each for each in facts.connectors if each.is_connected]
    if not plugged:
        todo = "switch the panel on and plug it in, then run this on the kiosk itself"
        return look("panel", "No panel can be seen from here.", todo)
    if facts.outputs is not None and "yes" not in _ENABLED.findall(facts.outputs):
        todo = "systemctl restart visitor-kiosk-display; if it stays dark, try another cable or panel"
        return wrong("panel", "A panel is plugged in, but the compositor shows nothing on it.", todo)
    if len(plugged) > 1:
        names = ", ".join(each.name for each in plugged)
        return look(
            "panel", f"{len(plugged)} panels are plugged in: {names}.", "leave one; the kiosk uses the first"
        )
    return _pixels(plugged[0].mode)


def _pixels(mode: tuple[int, int] | None) -> Finding:
    if mode is None:
        return look(
            "panel", "The panel does not say how many pixels it has.", "look at its cable and adapter"
        )
    long, short = sorted(mode, reverse=True)
    said = f"The panel has {mode[0]} x {mode[1]} pixels"
    if long < LEAST_PX[0] or short < LEAST_PX[1]:
        return wrong("panel", f"{said}; pages need 1024 x 600.", "use a panel with more pixels")
    if long > MOST_PX[0] or short > MOST_PX[1]:
        return look(
            "panel", f"{said}, more than was ever tried.", "look at every page, and at how fast it answers"
        )
    return ok("panel", f"{said}.")


def size(facts: Facts, kiosk: Set) -> Finding:
    """Compare the width in the site file with what the panel says of itself, and work out the density."""
    said = _size_of(facts)
    width = _width(kiosk.settings)
    if width is None:
        told = f" The panel says {said[0]} x {said[1]} mm." if said else ""
        return look("size", f"The site file does not say how wide the panel is.{told}", _measure())
    turned = _is_turned(facts, width)
    if said and turned is None:
        told = f"The site file says {width:g} mm wide, the panel says {said[0]} x {said[1]} mm."
        return look("size", told, f"find out which is right; {_measure()}")
    mode = _mode(facts)
    if mode is None:
        return ok("size", f"The panel is {width:g} mm wide by the site file; nothing here says otherwise.")
    across = mode[1] if turned else mode[0]
    density = across / width
    told = f"The panel is {width:g} mm wide, {density:.1f} pixels to the millimetre"
    if density < LEAST_PX_PER_MM:
        return look("size", f"{told}: letters are coarse.", f"use a finer panel, or {_measure()}")
    return ok("size", f"{told}.")


def rotation(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether the picture is turned as the panel is mounted."""
    width = _width(kiosk.settings)
    turned = _is_turned(facts, width) if width else None
    if turned is None:
        todo = "look whether pages stand upright"
        return look("rotation", "How the panel is mounted cannot be told from here.", todo)
    mounted = f"The panel is mounted {'on its side' if turned else 'as it was built'}"
    shown = _TRANSFORM.findall(facts.outputs or "")
    asked = kiosk.rotation in SIDEWAYS
    is_picture_turned = any(each.endswith(("90", "270")) for each in shown) if shown else asked
    if is_picture_turned == turned:
        by = "as wlr-randr says" if shown else "by the site file"
        return ok("rotation", f"{mounted}, and so is the picture, {by}; {_set(kiosk.rotation)}.")
    said = f"{mounted}, but the picture is {'' if is_picture_turned else 'not '}turned"
    todo = "write rotation = 90 or 270 under [panel] of the site file, or measure the width again"
    if shown:
        return wrong("rotation", f"{said}.", todo)
    return look("rotation", f"{said} by the site file.", f"look whether pages stand upright; if not, {todo}")


def _set(rotation: object) -> str:
    """Return what the site file says of it. Nothing of a panel tells which of its sides is up."""
    other = {90: 270, 270: 90, 0: 180, 180: 0}
    if rotation not in other or isinstance(rotation, bool):
        rotation = 0
    written = f"rotation = {rotation} is set" if rotation else "no rotation is set"
    return f"{written}, and only an eye can tell whether it should be {other[rotation]}"


def reach(facts: Facts, kiosk: Set) -> Finding:
    """Judge how high the glass begins."""
    lower = kiosk.settings.lower_edge_mm if kiosk.settings else None
    if lower is None:
        todo = "write lower_edge_mm under [panel] in the site file, so that nothing is out of reach"
        return look("reach", "Nobody says how high the panel is above the floor.", todo)
    if lower + LEAST_IN_REACH_MM > HIGHEST_REACH_MM:
        told = (
            f"The panel begins {lower:g} mm above the floor; a person who sits reaches {HIGHEST_REACH_MM} mm."
        )
        return wrong(
            "reach",
            told,
            f"mount it so that its lower edge is at {HIGHEST_REACH_MM - LEAST_IN_REACH_MM} mm or lower",
        )
    return ok("reach", f"The panel begins {lower:g} mm above the floor.")


def touch(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether there is something to touch."""
    if facts.input_devices is None:
        return look(
            "touch", "The devices of this machine cannot be seen.", "run this on the kiosk itself, as root"
        )
    found = touch_screens(facts.input_devices)
    if not found:
        todo = "plug in the USB cable of the touch controller, and look at dmesg"
        if kiosk.settings and kiosk.settings.keys:
            return look("touch", "There is no touch screen; the site has a keypad.", todo)
        return wrong("touch", "There is no touch screen.", todo)
    return ok("touch", f"Touch screen: {', '.join(plain(name) for name in found)}.")


def colours(facts: Facts, kiosk: Set) -> Finding:
    """Judge the site's own colour."""
    if not is_colour(kiosk.brand):
        return look("contrast", "The colour of the site cannot be read.", "mend the site file first")
    ratio = contrast("#FFFFFF", kiosk.brand)
    said = f"White on {kiosk.brand} has a contrast of {ratio:.1f}:1"
    if ratio < LEAST_CONTRAST:
        return wrong(
            "contrast", f"{said}.", f"write a darker brand colour, with at least {LEAST_CONTRAST:.0f}:1"
        )
    return ok("contrast", f"{said}.")


def fonts(facts: Facts, kiosk: Set) -> Finding:
    """Judge whether all letters of the site's languages can be shown."""
    if facts.fonts is None:
        return look("fonts", "The fonts cannot be listed.", "install fontconfig, then run this again")
    installed = {name.strip() for line in facts.fonts.splitlines() for name in line.split(",")}
    languages = (*ALWAYS, *(kiosk.settings.languages if kiosk.settings else ()))
    lacking = [each for each in languages if each in FONTS and not installed & set(FONTS[each])]
    if lacking:
        names = ", ".join(FONTS[each][0] for each in lacking)
        packages = " ".join(sorted({PACKAGES.get(each, "fonts-noto-core") for each in lacking}))
        return wrong("fonts", f"A typeface is missing: {names}.", f"apt-get install {packages}")
    return ok("fonts", "There is a typeface for each language of the site.")


def _measure() -> str:
    return f"hold a bank card to the glass: {command('measure --site FILE')}"


def _only(facts: Facts) -> Connector | None:
    plugged = [each for each in facts.connectors if each.is_connected]
    return plugged[0] if len(plugged) == 1 else None


def _mode(facts: Facts) -> tuple[int, int] | None:
    return only.mode if (only := _only(facts)) else None


def _size_of(facts: Facts) -> tuple[int, int] | None:
    return only.size_mm if (only := _only(facts)) else None


def _width(settings: Settings | None) -> float | None:
    return settings.panel_width_mm if settings else None


def _is_turned(facts: Facts, width: float) -> bool | None:
    """Return True when the panel stands on its side; None when the width fits neither side."""
    said = _size_of(facts)
    if said is None:
        return None
    for side, turned in zip(said, (False, True), strict=True):
        if abs(width - side) <= TOLERANCE * side:
            return turned
    return None
