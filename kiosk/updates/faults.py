"""What can go wrong on the way, each with one sentence that says what to do."""

from __future__ import annotations

from typing import Final

NO_TUF: Final = (
    "The update tools are missing ({fault}). Install them: "
    'apt install python3-tuf python3-cryptography, or pip install ".[update]"'
)


class PublishError(Exception):
    """Nothing was published or signed; the message says what to do instead."""


class RefusedError(Exception):
    """What was offered is not taken; the content that is there stays."""


class UnreachableError(Exception):
    """There was nobody to ask, or nothing on the stick; the content that is there stays."""
