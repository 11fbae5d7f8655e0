"""What can go wrong on the way, each with one sentence that says what to do."""

from __future__ import annotations


class PublishError(Exception):
    """Nothing was published or signed; the message says what to do instead."""


class RefusedError(Exception):
    """What was offered is not taken; the content that is there stays."""


class UnreachableError(Exception):
    """There was nobody to ask, or nothing on the stick; the content that is there stays."""
