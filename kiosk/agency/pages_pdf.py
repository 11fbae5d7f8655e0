"""Pictures as the pages of a PDF, in black and white: small, sharp on paper, one page in memory at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from PIL import Image

POINTS_PER_INCH = 72


def pdf_of(pictures: Iterable[Image.Image], dots_per_inch: int) -> bytes:
    """Return a PDF 1.4 with one page for each grey picture, of the size that its dots have on paper.

    The same pictures give the same bytes: no date and no name of a program stands in it.
    """
    body = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}

    def put(number: int, content: bytes) -> None:
        places[number] = len(body)
        body.extend(b"%d 0 obj\n%s\nendobj\n" % (number, content))

    pages: list[int] = []
    for picture in pictures:
        first = 3 + 3 * len(pages)
        pages.append(first)
        wide, high = (side * POINTS_PER_INCH / dots_per_inch for side in picture.size)
        box = f"[0 0 {wide:.2f} {high:.2f}]"
        parts = f"/Parent 2 0 R /MediaBox {box} /Contents {first + 1} 0 R"
        page = f"<< /Type /Page {parts} /Resources << /XObject << /P {first + 2} 0 R >> >> >>"
        put(first, page.encode())
        put(first + 1, _stream("", f"{wide:.2f} 0 0 {high:.2f} 0 0 cm /P Do".encode()))
        put(first + 2, _picture(picture))
    kids = " ".join(f"{page} 0 R" for page in pages)
    put(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    put(2, f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode())
    return bytes(body) + _table(places, len(body))


def _picture(picture: Image.Image) -> bytes:
    dots = picture.convert("1", dither=Image.Dither.NONE)
    size = f"/Width {dots.width} /Height {dots.height}"
    kind = "/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 1"
    return _stream(f"{kind} {size} ", dots.tobytes())


def _stream(head: str, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return (
        f"<< {head}/Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream"
    )


def _table(places: dict[int, int], start: int) -> bytes:
    """Where every object begins, and where this table does."""
    lines = ["0000000000 65535 f ", *(f"{places[number]:010} 00000 n " for number in sorted(places))]
    size = len(lines)
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return f"xref\n0 {size}\n{chr(10).join(lines)}\n{trailer}".encode()
