"""The call sheet: every number on paper, with what to ask, a box to tick and a line for the day.

Whoever calls writes on the paper, and then the day into the file named below each number. The sheet
holds what is on the screen anyway, and no address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from kiosk.agency.pages_pdf import pdf_of
from kiosk.content.along import Along, silently
from kiosk.content.hours import DAYS
from kiosk.content.listed import listed_phones
from kiosk.content.model import Library, Phone, PhoneKind, Schedule, Service

PAPERS = {"a4": (2480, 3508), "letter": (2550, 3300)}
"""Width and height in dots."""

DOTS_PER_INCH = 300
MARGIN = 150
FONTS = ("NotoSans-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf")
KINDS = {
    PhoneKind.VOICE: "Call",
    PhoneKind.TEXT: "Text",
    PhoneKind.VIDEO: "Call by video phone",
    PhoneKind.TTY: "Call with a TTY",
}
RULES = (
    "Say first that you only check a number, so that no line is kept from somebody in need.",
    "Never ask where a confidential place is, and write no address on this paper. Do not call 911.",
    'Then write in the file named below each: how = "called", called_by = your role, checked = the day.',
)
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class Row:
    """One number on the sheet: `heading` and `number` are large, `lines` below are small."""

    heading: str
    number: str
    lines: tuple[str, ...]
    may_be_called: bool


def rows_of(libraries: Sequence[Library], folder: Path) -> tuple[Row, ...]:
    """Return a row for each number of the set in `folder`, from what `libraries_of` gives. Raises OSError."""
    phones = [
        (library, service, phone)
        for library in libraries
        for service in library.services.values()
        for phone in service.phones
    ]
    return tuple(
        _row(*each, f"{listed.table.file}, line {listed.table.line}")
        for each, listed in zip(phones, listed_phones(folder), strict=True)
    )


def _row(library: Library, service: Service, phone: Phone, place: str) -> Row:
    owner = library.organizations[service.organization].name
    label = f" ({phone.label.english})" if phone.label else ""
    about = service.name if service.name == owner else f"{owner}: {service.name}"
    languages = service.languages.english if service.languages else "not written down"
    verb = "" if phone.is_emergency else f"{KINDS[phone.kind]} "
    known = (f"File: {place}. Last: {_last(phone)}.", f"Languages: {languages}")
    return Row(
        f"{about}{label}",
        f"{verb}{_dialled(phone)}",
        (*known, *questions(service, phone)),
        not phone.is_emergency,
    )


def questions(service: Service, phone: Phone) -> tuple[str, ...]:
    """Return what to ask of one number; for 911 what to do instead of calling."""
    if phone.is_emergency:
        return ("Do not call. Read it again in its source.",)
    first = f'Is this {service.name}? We say: "{service.summary.english}" Is that right?'
    if phone.open_24h:
        hours = "Does somebody answer day and night, on holidays too?"
    elif phone.schedules:
        hours = f"Are these the hours: {_hours(phone.schedules)}?"
    else:
        hours = "When does somebody answer? (We have no hours.)"
    if phone.keyword:
        hours = f'Text the word "{phone.keyword}". Does an answer come? {hours}'
    return first, hours, "In which languages can you help, and with an interpreter?"


def sheet_of(rows: Sequence[Row], paper: str, day: str, along: Along = silently) -> bytes:
    """Return the PDF on "a4" or "letter"; `day` is when the sheet was made. One page even without numbers."""
    return pdf_of(_pages(rows, PAPERS[paper], day, along), DOTS_PER_INCH)


def _pages(rows: Sequence[Row], size: tuple[int, int], day: str, along: Along) -> Iterator[Image.Image]:
    small, large = _font(39), _font(57)
    page = _Page(size, small, large)
    page.top = page.write(MARGIN, f"Call sheet, {len(rows)} numbers, {day}", large)
    for rule in RULES:
        page.top = page.write(page.top, rule, small)
    first = number = 1
    for number, row in enumerate(along(rows, "numbers"), 1):
        if page.top + page.height(row) > size[1] - MARGIN and number > first:
            yield page.finished(f"{day}: numbers {first} to {number - 1} of {len(rows)}")
            page, first = _Page(size, small, large), number
        page.draw(row)
    yield page.finished(f"{day}: numbers {first} to {number} of {len(rows)}" if rows else day)


def _dialled(phone: Phone) -> str:
    return phone.number if phone.shown_as is None else f"{phone.number} ({phone.shown_as})"


def _last(phone: Phone) -> str:
    return f"{phone.how} on {phone.checked.isoformat()}" + (
        f" by {phone.called_by}" if phone.called_by else ""
    )


def _hours(schedules: Sequence[Schedule]) -> str:
    return "; ".join(
        f"{', '.join(DAYS[day] for day in each.byday)} {_clock(each.opens_at)} to {_clock(each.closes_at)}"
        for each in schedules
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _font(size: int) -> Font:
    """A font of this computer with the letters of most names; else Pillow's own, which knows English only."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size=size)


class _Page:
    """One page being filled; `top` is where the next row begins, in dots."""

    def __init__(self, size: tuple[int, int], small: Font, large: Font) -> None:
        self.top = MARGIN
        self._picture = Image.new("L", size, 255)
        self._pen = ImageDraw.Draw(self._picture)
        self._small = small
        self._large = large

    def finished(self, foot: str) -> Image.Image:
        """Write the foot and hand the page over."""
        self._pen.text((MARGIN, self._picture.height - MARGIN + _GAP), foot, fill=0, font=self._small)
        return self._picture

    def write(self, top: int, words: str, font: Font, left: int = MARGIN) -> int:
        """Write a paragraph at `left`; return where the next one begins."""
        for line in self.wrapped(words, font, left):
            self._pen.text((left, top), line, fill=0, font=font)
            top += self._step(font)
        return top

    def wrapped(self, words: str, font: Font, left: int = MARGIN) -> list[str]:
        """Return the lines of a paragraph. A word wider than the page is cut into pieces."""
        room = self._picture.width - MARGIN - left
        lines = [""]
        for word in words.split(" "):
            fits = f"{lines[-1]} {word}".lstrip()
            if font.getlength(fits) <= room:
                lines[-1] = fits
                continue
            lines.append("")
            for letter in word:
                if font.getlength(lines[-1] + letter) > room:
                    lines.append("")
                lines[-1] += letter
        return [line for line in lines if line] or [""]

    def height(self, row: Row) -> int:
        """How tall a row is, in dots."""
        count = sum(len(self.wrapped(words, self._small, _INDENT)) for words in row.lines)
        large = sum(len(self.wrapped(words, self._large, _INDENT)) for words in (row.heading, row.number))
        return count * self._step(self._small) + (large + 1) * self._step(self._large) + 3 * _GAP

    def draw(self, row: Row) -> None:
        """Draw one row with its box and its line for the day."""
        self.top += _GAP
        self._pen.line((MARGIN, self.top, self._picture.width - MARGIN, self.top), fill=0, width=2)
        self.top += _GAP
        box = (MARGIN, self.top + 12, MARGIN + 60, self.top + 72)
        self._pen.rectangle(box, outline=0, width=5)
        self.top = self.write(self.top, row.heading, self._large, _INDENT)
        self.top = self.write(self.top, row.number, self._large, _INDENT)
        for line in row.lines:
            self.top = self.write(self.top, line, self._small, _INDENT)
        wanted = "Day ______________   Role ______________________   Changes ______________________________"
        if row.may_be_called:
            self._pen.text((_INDENT, self.top + _GAP), wanted, fill=0, font=self._small)
        self.top += self._step(self._large)

    def _step(self, font: Font) -> int:
        return 54 if font is self._small else 76


_GAP = 21
_INDENT = MARGIN + 105
