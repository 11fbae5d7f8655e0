"""Bytes as text: UTF-8 with or without its mark, UTF-16 with its mark, and nothing by guessing."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.exchange.feed.limits import LONGEST_ROW, FeedRefusedError
from kiosk.exchange.feed.opening import Member

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PIECE = 65_536


@dataclass(slots=True)
class Decoded:
    """The text of one member. Raises FeedRefusedError where it is in no known encoding."""

    name: str
    text: io.TextIOWrapper

    def read(self, size: int = -1) -> bytes:
        """Return about `size` characters as UTF-8 for a reader of JSON; b"" at the end."""
        try:
            return self.text.read(_PIECE if size < 0 else size).encode()
        except UnicodeError as error:
            raise self._not_readable() from error

    def lines(self) -> Iterator[str]:
        """Yield each line with its end. Raises FeedRefusedError for one that is too long."""
        number = 0
        while True:
            try:
                line = self.text.readline(LONGEST_ROW)
            except UnicodeError as error:
                raise self._not_readable(number + 1) from error
            if not line:
                return
            number += 1
            if len(line) >= LONGEST_ROW:
                raise FeedRefusedError(f"{self.name}: line {number} is longer than {LONGEST_ROW} characters")
            yield line

    def _not_readable(self, line: int | None = None) -> FeedRefusedError:
        near = f" near line {line}" if line else ""
        return FeedRefusedError(
            f'{self.name} is not UTF-8{near}; it may be Windows-1252 (what Excel calls "CSV"). '
            'Save it as "CSV UTF-8" or convert it to UTF-8'
        )


def decoded(member: Member) -> Decoded:
    """Return the text of a member. Raises FeedRefusedError for bytes that are no text."""
    begins = _begins(member)
    if not begins.startswith(_UTF16) and begins.count(0) * 8 > len(begins):
        raise FeedRefusedError(
            f"{member.name} is no text, or UTF-16 without its mark; save it as UTF-8 and try again"
        )
    encoding = "utf-16" if begins.startswith(_UTF16) else "utf-8-sig"
    return Decoded(member.name, io.TextIOWrapper(member.file, encoding, errors="strict", newline=""))


def _begins(member: Member) -> bytes:
    peek = getattr(member.file, "peek", None)
    return bytes(peek(4096)) if peek else b""
