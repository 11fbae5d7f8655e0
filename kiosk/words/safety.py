"""Which texts are safety texts: a wrong word in one of them can hurt somebody.

A production site shows them in English until two people stand for the translation (`status: approved`).
Demonstration sites show drafts. They say how to hide, what to do in danger, what a number is for, who may
use a service, what a court paper does, and what stays on a phone or on this screen.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

SAFETY_IDS = (
    "strip.*",
    "still_here.*",
    "help.note",
    "state.*",
    "resource.no_number",
    "resource.no_hours",
    "resource.text_*",
    "resource.emergency_phone",
    "resource.checked_*",
    "way.*",
    "old.*",
    "take.*",
    "trace.*",
    "mine.lead",
    "slip.*",
    "about.*_text",
    "service.911.*",
    "service.*.phone.*",
    "service.*.eligibility",
    "service.*.cost",
    "service.*.cautions.*",
    "service.lsem.*",
    "service.*-orders.*",
    "service.safe-at-home.*",
    "category.danger.*",
    "category.stay.lead",
    "category.legal.*",
    "guide.*",
    "staff_card.*",
    "site.*.here.*",
)
"""Ids of texts, with * for any characters. Add a line rather than leave a doubtful text out."""

_EMERGENCY = re.compile(r"(?<!\d)911(?!\d)")


def is_safety(id_: str, english: str) -> bool:
    """Return True for a text of the list above, and for any that names 911."""
    return bool(_EMERGENCY.search(english)) or any(fnmatchcase(id_, wanted) for wanted in SAFETY_IDS)
