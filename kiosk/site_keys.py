"""Every key that may stand in a site file: its form, its limits, its default, what it means, an example.

The reader of the site file takes its limits and defaults from here, and so does the reference: what is
written in neither cannot be read, and what is read here cannot be left out of the other.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from kiosk.keypad import LEAST_CODE, MOST_CODE, Key


class Form(StrEnum):
    """What kind of value a key takes."""

    ID = "id"
    TEXT = "text"
    TEXTS = "texts"
    WORD = "word"
    WORDS = "words"
    FLAG = "flag"
    WHOLE = "whole number"
    LENGTH = "millimetres"


class SiteKey(NamedTuple):
    """One key. `limit` counts characters; `low` and `high` bound a number; `example` is written as TOML.

    `choices` are all that may be written; () when there is no list. `default` is what holds without the key.
    """

    table: str
    name: str
    form: Form
    example: str
    meaning: str
    limit: int = 0
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()
    default: str | int | None = None
    required: bool = False


REPEATED: Final = ("tile", "here")
"""The tables written with double brackets."""
LEAST_TILES: Final = 2
MOST_TILES: Final = 6
_TYPELESS: Final = (*(f"F{number}" for number in range(1, 25)), "Pause", "Print", "ScrollLock", "Help")
_KEYPAD: Final = {
    Key.UP: "to the control before",
    Key.DOWN: "to the next control",
    Key.LEFT: "to the control before",
    Key.RIGHT: "to the next control",
    Key.SELECT: "presses the control",
    Key.HIDE: "hides everything",
    Key.BACK: "to the page before",
    Key.LISTEN: "turns the voice on; needs `[speech]`",
    Key.REPEAT: "has the page said again; needs `[speech]`",
    Key.PAUSE: "stops the voice, and lets it go on from there; needs `[speech]`",
    Key.LOUDER: "a louder voice; needs `[speech]`",
    Key.SOFTER: "a softer voice; needs `[speech]`",
    Key.FASTER: "a faster voice; needs `[speech]`",
    Key.SLOWER: "a slower voice; needs `[speech]`",
}
_SITE: Final = (
    SiteKey("site", "id", Form.ID, '"my-lobby"', "no other site has it", required=True),
    SiteKey(
        *("site", "name", Form.TEXT, '"City of St. Louis · Visitor information"'),
        *("at the top of every page", 60),
        required=True,
    ),
    SiteKey("site", "welcome", Form.TEXT, '"Welcome"', "the title of the lobby", 40, required=True),
    SiteKey(
        *("site", "lead", Form.TEXT, '"Touch a topic to find your way around."'),
        *("the line under that title", 120),
        required=True,
    ),
    SiteKey(
        *("site", "operator", Form.TEXT, '"The front desk of this building runs this screen."'),
        *("one sentence on About this screen: who runs it", 240),
        required=True,
    ),
    SiteKey(
        *("site", "time_zone", Form.WORD, '"America/Chicago"', "an IANA name; opening hours follow it"),
        required=True,
    ),
    SiteKey(
        *("site", "languages", Form.WORDS, '["en", "es"]'),
        "the first is the default; of two, the banner offers the other one; of more, a page with all of them",
        choices=("en", "es", "bs", "vi", "zh", "ar"),
        required=True,
    ),
    SiteKey(
        *(
            "site",
            "start",
            Form.WORD,
            '"lobby"',
            "where a visit begins; Hide covers with the lobby in either case",
        ),
        choices=("lobby", "help"),
        default="lobby",
    ),
    SiteKey(
        *("site", "demo", Form.FLAG, "false"),
        'shows "demonstration" on About this screen, and drafts of safety texts',
    ),
    SiteKey(
        *("site", "category_order", Form.WORDS, '["danger", "talk"]'),
        "category ids; those not named follow in the order of their file",
    ),
)
_MACHINE: Final = (
    SiteKey(
        *("look", "brand", Form.WORD, '"#173F4E"', "a colour on which white has a contrast of at least 10:1"),
        default="#173F4E",
    ),
    SiteKey(
        *("look", "motif", Form.WORD, '"arch"', "the ornament of the banner"),
        choices=("arch", "rings", "none"),
        default="arch",
    ),
    SiteKey(
        *("panel", "width_mm", Form.LENGTH, "268.0"),
        "the measured width of the lit panel as it is mounted; the command `measure` writes it",
        low=100,
        high=3000,
    ),
    SiteKey(
        *("panel", "lower_edge_mm", Form.LENGTH, "740.0"),
        "how high the lower edge of the lit panel is above the floor; needs `width_mm`",
        high=1500,
    ),
    SiteKey(
        *(
            "panel",
            "rotation",
            Form.WHOLE,
            "90",
            "degrees clockwise that the installed package turns the picture by",
        ),
        choices=("0", "90", "180", "270"),
        default=0,
    ),
    SiteKey(
        *("panel", "plain_driver", Form.FLAG, "true"),
        "for a picture that freezes, as was seen on Intel graphics (i915): the compositor of the installed "
        "package then uses the driver in its older way, `WLR_DRM_NO_ATOMIC=1` and `WLR_DRM_NO_MODIFIERS=1`",
    ),
    SiteKey(
        *("idle", "still_here_after", Form.WHOLE, "60", 'seconds without a touch until "Still here?"'),
        *(0, 30, 300),
        default=60,
    ),
    SiteKey(
        *("idle", "end_after", Form.WHOLE, "20", "seconds from there to the end of the visit"),
        *(0, 20, 45),
        default=20,
    ),
    SiteKey(
        *("double_strike", "touch", Form.WHOLE, "300"),
        "milliseconds in which a second tap on the same spot is taken for the same one",
        *(0, 300, 1000),
        default=300,
    ),
    SiteKey(
        *("double_strike", "key", Form.WHOLE, "500"),
        "milliseconds in which the same key again is taken for the same one; five at once still hide",
        *(0, 0, 1000),
        default=0,
    ),
    SiteKey("hide", "key", Form.WORD, '"F12"', "one more key that hides", choices=_TYPELESS),
    *(
        SiteKey("keys", key, Form.WHOLE, str(191 + n), _KEYPAD[key], low=LEAST_CODE, high=MOST_CODE)
        for n, key in enumerate(Key)
    ),
    SiteKey(
        *("speech", "on", Form.FLAG, "true"),
        "offers a voice by the Listen control; without it nothing of speech is shown or loaded",
    ),
    SiteKey("speech", "rate", Form.WHOLE, "4", "how fast the voice begins", 0, 1, 7, default=4),
    SiteKey("speech", "volume", Form.WHOLE, "5", "how loud the voice begins", 0, 1, 10, default=5),
    SiteKey(
        *("speech", "start_key", Form.WORD, '"F11"'),
        "a key that turns the voice on. Some keypads send one when a headset is plugged in. Under X11 `F13` "
        "to `F24` arrive under other names: use `[keys]` `listen`",
        choices=_TYPELESS,
    ),
    SiteKey(
        *("speech", "headset", Form.WORD, '"/dev/input/by-path/platform-sound-event"'),
        "the input device of the headset jack, which `evtest` lists with SW_HEADPHONE_INSERT: plugging in "
        "turns the voice on, pulling out ends it. The kiosk's user must be allowed to read it",
    ),
    SiteKey(
        *("assistive", "technology", Form.FLAG, "false"),
        "lets a screen reader on this machine see the screen",
    ),
    SiteKey(
        *("printer", "device", Form.WORD, '"/dev/usb/lp0"'),
        "a receipt printer (ESC/POS); without `[printer]` nothing of printing is shown or loaded",
    ),
    SiteKey("printer", "queue", Form.WORD, '"slip"', "in place of `device`: a CUPS queue"),
    SiteKey(
        *("printer", "server", Form.WORD, '"/run/visitor-kiosk-print/cups.sock"'),
        'beside `queue`: its server on this machine, a socket or such as `"localhost:6310"`',
    ),
    SiteKey(
        *("printer", "width", Form.WHOLE, "384", "dots across the paper, at 203 to the inch: 58 mm or 80 mm"),
        choices=("384", "576"),
        default=384,
    ),
)
_LOBBY: Final = (
    SiteKey("tile", "id", Form.ID, '"check-in"', "no other tile of this file has it", required=True),
    SiteKey(
        "tile", "icon", Form.WORD, '"door"', "a file name in `assets/icons` without `.svg`", required=True
    ),
    SiteKey("tile", "title", Form.TEXT, '"Check in"', "its first line", 40, required=True),
    SiteKey("tile", "hint", Form.TEXT, '"Please see the front desk"', "its second line", 60, required=True),
    SiteKey(
        *("tile", "lines", Form.TEXTS, '["Please see the front desk."]'),
        *("the tile's own page; required unless it opens help", 200),
    ),
    SiteKey(
        "tile",
        "opens",
        Form.WORD,
        '"help"',
        "on exactly one tile: the way to the directory",
        choices=("help",),
    ),
    SiteKey("here", "category", Form.WORD, '"police"', "the need this note is for", required=True),
    SiteKey(
        *("here", "text", Form.TEXT, '"Ask the front desk if you can speak with an officer."'),
        *("where to go in this building for that need", 200),
        required=True,
    ),
)
SITE_KEYS: Final = (*_SITE, *_MACHINE, *_LOBBY)
TABLES: Final = tuple(dict.fromkeys(key.table for key in SITE_KEYS))
"""The tables of a site file, each once, in the order of the reference."""
_BY_PLACE: Final = {(key.table, key.name): key for key in SITE_KEYS}


def site_key(table: str, name: str) -> SiteKey:
    """The key `name` of a table. Raises KeyError for one that is not in the table above."""
    return _BY_PLACE[table, name]


def names_of(table: str) -> tuple[str, ...]:
    """The names of all keys of a table."""
    return tuple(key.name for key in SITE_KEYS if key.table == table)
