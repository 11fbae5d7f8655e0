"""Key files: `NAME.key`, encrypted, which never leaves its holder; `NAME.pub` for all to see."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner, Key, SSlibKey

from kiosk.updates.disk import put_whole
from kiosk.updates.faults import PublishError
from kiosk.updates.roles import NAME

SHORTEST: Final = 16
"""Characters of a passphrase. The file's own stretching (PKCS #8, PBKDF2) is weak: the length must do it."""

LARGEST_KEY: Final = 8192
_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


def make_key(name: str, passphrase: str, folder: Path) -> SSlibKey:
    """Write NAME.key and NAME.pub into `folder` and return the public key. Raises PublishError, OSError."""
    if not _NAME.fullmatch(name):
        raise PublishError(f"{name!r} is no name for a key; write small letters, digits and -, such as ada.")
    if len(passphrase) < SHORTEST:
        raise PublishError(
            f"The passphrase has {len(passphrase)} characters; take at least {SHORTEST}, such as five words."
        )
    secret, public = folder / f"{name}.key", folder / f"{name}.pub"
    for path in (secret, public):
        if path.exists():
            raise PublishError(
                f"{path} is already there; it is not overwritten. Take another name or folder."
            )
    folder.mkdir(parents=True, exist_ok=True)
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
    )
    key = SSlibKey.from_crypto(private.public_key())
    key.unrecognized_fields[NAME] = name
    before = os.umask(0o077)
    try:
        put_whole(secret, pem)
    finally:
        os.umask(before)
    put_whole(public, json.dumps({"keyid": key.keyid, "key": key.to_dict()}, indent=1).encode() + b"\n")
    return key


def read_public(path: Path) -> Key:
    """Return the key of a NAME.pub file. Raises PublishError."""
    try:
        said = json.loads(_read(path))
        key = Key.from_dict(said["keyid"], said["key"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PublishError(
            f"{path} is no public key; give the .pub file that `publish keys` wrote."
        ) from None
    if not isinstance(key, SSlibKey) or NAME not in key.unrecognized_fields:
        raise PublishError(f"{path} is no public key; give the .pub file that `publish keys` wrote.")
    return key


def open_key(path: Path, passphrase: str) -> CryptoSigner:
    """Return what signs with a NAME.key file. Raises PublishError."""
    raw = _read(path)
    try:
        private = load_pem_private_key(raw, passphrase.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        if b"ENCRYPTED PRIVATE KEY" in raw:
            raise PublishError(f"{path}: the passphrase is wrong; nothing is signed. Try again.") from None
        raise PublishError(f"{path} is no key; give the .key file that `publish keys` wrote.") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise PublishError(f"{path} is a key of another kind; make one with `publish keys`.")
    return CryptoSigner(private)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_KEY)
    except OSError as error:
        raise PublishError(f"{path} cannot be read: {error.strerror}.") from None
