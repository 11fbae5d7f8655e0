"""The reference of the site file as Markdown, from the same table that its reader goes by."""

from __future__ import annotations

import re
from typing import Final

from kiosk.site_keys import REPEATED, SITE_KEYS, Form, SiteKey

HEAD: Final = ("| key | what may stand there | meaning |", "|---|---|---|")
VALUES: Final = {
    Form.ID: "small letters, digits and hyphens",
    Form.TEXT: "text, at most {key.limit} characters",
    Form.TEXTS: "a list of texts, at most {key.limit} characters each",
    Form.WORD: "such as `{key.example}`",
    Form.WORDS: "a list of ids",
    Form.FLAG: "`true` or `false`",
    Form.WHOLE: "{key.low} to {key.high}",
    Form.LENGTH: "millimetres, {key.low} to {key.high}",
}
_F_KEY: Final = re.compile(r"F\d+")


def reference() -> str:
    """Return one row for each key, with the name of its table at the first. A star marks required keys."""
    rows = list(HEAD)
    last = ""
    for key in SITE_KEYS:
        header = f"[[{key.table}]]" if key.table in REPEATED else f"[{key.table}]"
        shown = f"`{header}` `{key.name}`" if key.table != last else f"`{key.name}`"
        star = " *" if key.required else ""
        rows.append(f"| {shown}{star} | {_value(key)}{_default(key)} | {key.meaning} |")
        last = key.table
    return "\n".join(rows) + "\n"


def _value(key: SiteKey) -> str:
    if key.choices:
        return f"{'a list of ' if key.form is Form.WORDS else ''}{_listed(key)}"
    return VALUES[key.form].format(key=key)


def _listed(key: SiteKey) -> str:
    """Return all choices; the keys F1 to F24 as one range."""
    plain = key.form is Form.WHOLE
    function = [choice for choice in key.choices if _F_KEY.fullmatch(choice)]
    others = [choice for choice in key.choices if choice not in function]
    shown = [f"`{choice}`" if plain else f'`"{choice}"`' for choice in others]
    if function:
        shown.insert(0, f'`"{function[0]}"` to `"{function[-1]}"`')
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _default(key: SiteKey) -> str:
    if key.form is Form.FLAG:
        return "; default `false`"
    if key.default is None:
        return ""
    return f'; default `"{key.default}"`' if isinstance(key.default, str) else f"; default `{key.default}`"
