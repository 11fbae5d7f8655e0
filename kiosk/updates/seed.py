"""The root metadata that a package carries: judged where the package is built, before any terminal has it.

All trust of the terminals begins there, and none of them has anybody who could mend it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from tuf.api.exceptions import RepositoryError, UnsignedMetadataError
from tuf.api.metadata import Metadata, Root

from kiosk.updates.faults import PublishError

LARGEST_ROOT: Final = 64 * 1024
"""Bytes. As much as a kiosk fetches of a root (kiosk/updates/fetch.py)."""
INSTEAD: Final = "give the one with the highest number in metadata/ of the published folder: N.root.json"


def read_seed(path: Path, at: datetime) -> bytes:
    """Return a root.json that kiosks can begin with, byte for byte. Raises PublishError with what to give.

    `at` (UTC) is the date of the package. A kiosk would begin with a root that ran out and follow the newer
    ones from there; but where none is newer all content would be refused, and that is told here.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_ROOT + 1)
    except OSError as error:
        raise PublishError(f"{path} cannot be read ({error.strerror}); {INSTEAD}.") from None
    if len(raw) > LARGEST_ROOT:
        raise PublishError(f"{path} is larger than {LARGEST_ROOT} bytes; {INSTEAD}.")
    try:
        metadata = Metadata[Root].from_bytes(raw)
    except RepositoryError:
        raise PublishError(f"{path} is no root metadata; {INSTEAD}.") from None
    root = metadata.signed
    if not isinstance(root, Root):
        raise PublishError(f"{path} is {root.type} metadata, not root; {INSTEAD}.")
    try:
        root.verify_delegate("root", metadata.signed_bytes, metadata.signatures)
    except UnsignedMetadataError:
        need = root.roles["root"].threshold
        raise PublishError(
            f"{path} is not signed by {need} of the people that it names; {INSTEAD}."
        ) from None
    if root.is_expired(at):
        raise PublishError(
            f"{path} ran out on {root.expires:%Y-%m-%d}, before the date of the package, {at:%Y-%m-%d}; "
            f"{INSTEAD}. If that is this one, two people renew it first: publish change-keys."
        )
    return raw
