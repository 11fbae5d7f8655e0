"""What a kiosk has learned to trust, in one file that is there whole or not at all.

It holds the newest metadata that was verified, against which older ones are refused, and the clock floor: a
time that has certainly passed. A clock behind the floor (a board without a battery wakes up in 2000) is not
believed: expiry is judged at the floor. The floor rises in three ways only:

- to when the package with this program was built, so that a kiosk that forgot everything has one as well
- to when root or targets were signed: each needs two people, so one stolen key cannot push it ahead
- to this machine's own clock after everything offered was valid at that time: so it is never later than the
  expiry of metadata two people and the renewal key had signed, and a clock that once said 2040 leaves no mark
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Signed

from kiosk.updates.disk import put_whole
from kiosk.updates.faults import RefusedError
from kiosk.updates.roles import SIGNED_AT

ROLES: Final = ("root", "timestamp", "snapshot", "targets")
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
LARGEST_TRUST: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Trust:
    """`files` maps each role to the text of its newest verified metadata; root is always there."""

    files: Mapping[str, str]
    floor: datetime = LONG_AGO

    @property
    def root(self) -> bytes:
        """The root metadata in force."""
        return self.files["root"].encode()

    def at(self, now: datetime) -> datetime:
        """Return the time to judge by: this machine's, unless that is known to have passed."""
        return max(now, self.floor)

    def raised(self, now: datetime | None) -> Trust:
        """Return this trust with its floor as high as it may be; `now` only after everything was valid."""
        times = [
            self.floor,
            *(signed_at(read(self.files[role])) for role in ("root", "targets") if role in self.files),
        ]
        return replace(self, floor=max(times if now is None else [*times, now]).replace(microsecond=0))


def load(state: Path, seed: bytes, built: datetime | None = None) -> tuple[Trust, str]:
    """Return what was learned, and what to say if that was lost.

    `seed` is the root this kiosk came with, `built` when its package was built (UTC), None in a checkout.
    A seed with a higher version than what was learned goes first: an administrator put it there.
    Raises RefusedError when the seed cannot be used, OSError.
    """
    trust, lost = _kept(state, seed)
    return (replace(trust, floor=max(trust.floor, built)) if built else trust), lost


def _kept(state: Path, seed: bytes) -> tuple[Trust, str]:
    try:
        first = _root(seed)
    except ValueError:
        raise RefusedError(
            "the root.json this kiosk came with cannot be read; put the agency's there"
        ) from None
    fresh = Trust({"root": seed.decode()}).raised(None)
    try:
        with (state / "trust.json").open("rb") as file:
            raw = file.read(LARGEST_TRUST)
    except FileNotFoundError:
        return fresh, ""
    try:
        kept = _parsed(raw)
        learned = _root(kept.root)
    except (ValueError, KeyError, TypeError, AttributeError):
        return fresh, "what was learned about older updates is damaged; it begins again from root.json"
    if first.version > learned.version:
        return replace(kept, files={**kept.files, "root": seed.decode()}).raised(None), ""
    return kept, ""


def save(state: Path, trust: Trust) -> None:
    """Keep what was learned. Raises OSError."""
    said = {"floor": trust.floor.strftime("%Y-%m-%dT%H:%M:%SZ"), "files": dict(trust.files)}
    put_whole(state / "trust.json", json.dumps(said, indent=1).encode() + b"\n")


def read(text: str) -> Signed:
    """Return the signed part of metadata that was verified before."""
    signed: Signed = Metadata.from_bytes(text.encode()).signed
    return signed


def signed_at(signed: Signed) -> datetime:
    """Return when metadata says that it was made, never later than it expires."""
    try:
        said = _time(str(signed.unrecognized_fields.get(SIGNED_AT)))
    except ValueError:
        return LONG_AGO
    return min(said, signed.expires)


def _root(raw: bytes) -> Root:
    """Return a root that its own keys have signed. Raises ValueError."""
    try:
        metadata = Metadata[Root].from_bytes(raw)
        if not isinstance(metadata.signed, Root):
            raise ValueError("not a root")  # noqa: TRY004 - one kind of fault for the caller
        metadata.signed.verify_delegate("root", metadata.signed_bytes, metadata.signatures)
    except RepositoryError as error:
        raise ValueError(str(error)) from error
    return metadata.signed


def _parsed(raw: bytes) -> Trust:
    said = json.loads(raw)
    files = {role: text for role, text in said["files"].items() if role in ROLES}
    try:
        for text in files.values():
            read(text)
    except RepositoryError as error:
        raise ValueError(str(error)) from error
    return Trust(files, _time(str(said["floor"])))


def _time(words: str) -> datetime:
    return datetime.strptime(words, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
