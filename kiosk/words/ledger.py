"""Who stands for a translation: the comment above it in a .po, one line of `key: value` parts.

`# status: reviewed; translated 2026-11-20; reviewed-by: NAME; reviewed-on: 2026-12-01; english: 8b1a9953`
The last part is a hash of the English that was read; the command `words` writes it. A review of another
English than the one that is shown counts for nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

STATUSES = ("machine", "draft", "reviewed", "approved")
REVIEWED = frozenset({"reviewed", "approved"})
NOBODY = "nobody yet"

_STATUS = re.compile(r"\bstatus:\s*([\w-]+)")
_ORIGIN = re.compile(r"\btranslated\s+([^;]+)")
_REVIEWED_BY = re.compile(r"\breviewed-by:\s*([^;]+)")
_REVIEWED_ON = re.compile(r"\breviewed-on:\s*([^;\s]+)")
_ENGLISH = re.compile(r";?\s*\benglish:\s*(\w*)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. `status` is "missing", "stale", one of STATUSES, or "" when nobody wrote it.

    `origin` is the day of the translation, perhaps with who made it; `english` the hash of what was reviewed.
    """

    id: str
    status: str
    reviewed_by: str
    reviewed_on: str = ""
    origin: str = ""
    english: str = ""

    @property
    def is_reviewed(self) -> bool:
        """True when its status says that somebody read it."""
        return self.status in REVIEWED


def fingerprint(english: str) -> str:
    """Return the first eight digits of the SHA-256 of a text."""
    return hashlib.sha256(english.encode()).hexdigest()[:8]


def entry_of(id_: str, comments: tuple[str, ...]) -> Entry:
    """Return what the comments of a translation say."""
    said = "; ".join(comments)
    name = _found(_REVIEWED_BY, said)
    return Entry(
        id_,
        _found(_STATUS, said),
        "" if name == NOBODY else name,
        _found(_REVIEWED_ON, said),
        _found(_ORIGIN, said),
        _found(_ENGLISH, said),
    )


def stale(comments: tuple[str, ...]) -> tuple[str, ...]:
    """Return the comments of a translation whose English changed: its review counts no more."""
    return tuple(_ENGLISH.sub("", _STATUS.sub("status: stale", comment)) for comment in comments)


def stamped(comments: tuple[str, ...], english: str) -> tuple[str, ...]:
    """Return the comments with the hash of the English, where somebody has just reviewed it."""
    entry = entry_of("", comments)
    if not entry.is_reviewed or entry.english:
        return comments
    return tuple(
        f"{comment}; english: {fingerprint(english)}" if _STATUS.search(comment) else comment
        for comment in comments
    )


def review_faults(entry: Entry, english: str) -> Iterator[str]:
    """Say what a review lacks to count, in words."""
    if entry.status not in STATUSES:
        yield f"its comment does not say who stands for it; write status: {', '.join(STATUSES)}"
    if not entry.is_reviewed:
        return
    if not entry.reviewed_by:
        yield f'it is "{entry.status}" by nobody; write the name after reviewed-by:'
    if not _is_day(entry.reviewed_on):
        yield f'it is "{entry.status}" on no day; write the day as reviewed-on: 2026-12-01'
    if not entry.english:
        yield "it is not noted which English was read; run words"
    elif entry.english != fingerprint(english):
        yield "another English was read; read it again, then delete english: and run words"


def _found(pattern: re.Pattern[str], said: str) -> str:
    match = pattern.search(said)
    return match[1].strip() if match else ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
