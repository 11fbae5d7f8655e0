"""What to write instead, for an author: of values of a wrong kind, and of keys of other directories."""

from __future__ import annotations

from datetime import date
from typing import Final

FORMS: Final[dict[type, str]] = {
    str: 'write text between quotes: {key} = "..."',
    bool: "write {key} = true or {key} = false, without quotes",
    int: "write a whole number without quotes: {key} = 60",
    float: "write a number of millimetres without quotes: {key} = 268.0",
    date: "write a day without quotes: {key} = 2026-11-20",
    list: 'write a list of texts: {key} = ["...", "..."]',
}

INSTEAD: Final = {
    "email": "no e-mail address is shown; delete it",
    "description": "write summary = ... (160 characters) and offers = ...",
    "url": "write website = ...",
    "notes": "write a note for authors behind a #",
    "title": "write name = ...",
    "phone": 'write [[service.phone]] above, and number = "..."',
    "extension": 'write label = "Extension 3" below its number',
}
"""What authors write who know other directories, where no key of this table is spelled like it."""
