"""Who may sign what, and for how long a signature holds.

The four roles are those of the TUF specification (theupdateframework.github.io, chapter 2.1). Three people
hold one key each. Two of them are needed for `root` (who may sign) and for `targets` (what the content is);
so one stolen key publishes nothing, and one lost key stops nothing. A fourth key, of whoever looks after the
web server, signs `snapshot` and `timestamp`: with it alone one can say "nothing is new", never bring content.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from securesystemslib.signer import Key
from tuf.api.metadata import MetaFile, Root, Signed, Snapshot, TargetFile, Targets, Timestamp

from kiosk.updates.faults import PublishError

CONTENT: Final = "content.zip"
"""The one target: the whole content set."""

PEOPLE: Final = 3
THRESHOLD: Final = 2
NAME: Final = "x-visitor-kiosk-name"
SIGNED_AT: Final = "x-visitor-kiosk-signed-at"

DAYS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "root": 1826,  # five years: a spare kiosk that was stored for years must still start
        "targets": 400,  # a year and a month: every number is to be called once a year
        "snapshot": 400,  # changes with the content, so it lives as long
        "timestamp": 92,  # a kiosk that is kept from news notices in a quarter; a holiday alarms nobody
    }
)


def expiry(role: str, now: datetime) -> datetime:
    """Return until when a signature of this role made `now` (UTC) holds."""
    return now.replace(microsecond=0) + timedelta(days=DAYS[role])


def stamped(signed: Signed, now: datetime) -> None:
    """Write into metadata when it was made: kiosks take it as a time that has certainly passed."""
    signed.unrecognized_fields[SIGNED_AT] = now.strftime("%Y-%m-%dT%H:%M:%SZ")


def new_root(people: Iterable[Key], renewal: Key, now: datetime) -> Root:
    """Return the first root: three people of whom two must sign, and one renewal key."""
    people = list(people)
    if len({key.keyid for key in (*people, renewal)}) != PEOPLE + 1:
        raise PublishError("Give three different people's .pub files, and a fourth one for --renewal.")
    root = Root(version=1, expires=expiry("root", now), consistent_snapshot=True)
    for role in ("root", "targets"):
        for key in people:
            root.add_key(key, role)
        root.roles[role].threshold = THRESHOLD
    for role in ("snapshot", "timestamp"):
        root.add_key(renewal, role)
    stamped(root, now)
    return root


def new_targets(version: int, archive: TargetFile, now: datetime) -> Targets:
    """Return targets that name this archive as the whole content."""
    targets = Targets(version=version, expires=expiry("targets", now), targets={CONTENT: archive})
    stamped(targets, now)
    return targets


def new_snapshot(version: int, targets_version: int, now: datetime) -> Snapshot:
    """Return a snapshot of these targets."""
    meta = {"targets.json": MetaFile(targets_version)}
    return Snapshot(version=version, expires=expiry("snapshot", now), meta=meta)


def new_timestamp(version: int, snapshot_version: int, now: datetime) -> Timestamp:
    """Return a timestamp of this snapshot."""
    return Timestamp(
        version=version, expires=expiry("timestamp", now), snapshot_meta=MetaFile(snapshot_version)
    )


def names(root: Root, role: str) -> dict[str, str]:
    """Return {keyid: the name of its holder} of a role."""
    return {keyid: name_of(root.keys[keyid]) for keyid in root.roles[role].keyids}


def name_of(key: Key) -> str:
    """Return whose key it is."""
    return str(key.unrecognized_fields.get(NAME, key.keyid[:8]))


def fingerprint(key_or_hash: str) -> str:
    """Return the first 16 hex digits in groups, to be read out on the telephone."""
    return " ".join(key_or_hash[at : at + 4] for at in range(0, 16, 4))
