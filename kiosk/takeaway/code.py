"""QR codes as bare modules. Drawing them is the screen's work, at whole device pixels, never scaled."""

from __future__ import annotations

from collections.abc import Callable

QUIET_ZONE = 4  # modules of white on every side (ISO/IEC 18004)
LARGEST_ENTRY_VERSION = 6
LARGEST_SHARED_VERSION = 20

Modules = tuple[tuple[bool, ...], ...]


class CodeTooLargeError(Exception):
    """The payload does not fit a code that a phone reads with ease from this screen."""


def nothing() -> None:
    """Do nothing between two steps."""


def entry_modules(payload: str, between: Callable[[], object] = nothing) -> Modules:
    """Return the modules of one entry's payload, version 6 at most, without the quiet zone.

    Nothing is cached: a cache would remember which entries were opened.
    """
    return modules(payload, LARGEST_ENTRY_VERSION, between)


def modules(payload: str, largest_version: int, between: Callable[[], object] = nothing) -> Modules:
    """Return the modules (True is black) of a payload at error correction M.

    The largest takes 30 ms; `between` is called every few of them, so that who waits can look around.

    Raises CodeTooLargeError when it needs a version above `largest_version`, and ValueError when it is
    not ASCII: decoders disagree on everything else.
    """
    if not payload.isascii():
        raise ValueError("a code holds plain letters, digits and signs only")
    from qrcode.exceptions import DataOverflowError  # noqa: PLC0415 - the lobby has no code

    from kiosk.takeaway.coder import Coder  # noqa: PLC0415

    code = Coder(between)
    code.add_data(payload.encode("ascii"))
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:  # qrcode raises either when nothing fits
        raise CodeTooLargeError(f"{len(payload)} characters fit no code") from error
    if code.version > largest_version:
        raise CodeTooLargeError(f"{len(payload)} characters need version {code.version}")
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
