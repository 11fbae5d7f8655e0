"""Any entry that `check` lets pass: strategies for the round trip and for the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from unicodedata import category

from hypothesis import strategies as st

from kiosk.content.model import How, Phone, PhoneKind, Schedule, Text
from kiosk.content.phones import digits_of
from kiosk.content.wording import TEXT_LIMITS, text_problems
from kiosk.exchange.plain_text import has_address, has_email, names_somebody, says_day_and_night
from kiosk.takeaway.code import CodeTooLargeError, entry_modules
from kiosk.takeaway.payload import contact_of
from kiosk.words.promises import broken_promises

from .test_export import some_service

TODAY = date(2026, 11, 20)
STAFF_SAVE_AS = "Info X"
SIGNS = st.characters(exclude_categories=("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
ODD = [
    "=1+1",
    "'=x",
    "@you",
    '"a", "b"; c\\',
    "-5 %",
    "a < b > c",
    "R&B &copy it",
    "é中 עברית",
    "%s {x} {}",
    "&amp",
]
NASTY = [
    "W" * 60,  # a word wider than any page
    "ﷺﷲ﷽",  # one sign as wide as a sentence
    "e" + "\u0301\u0323\u0489\u20dd" * 9,  # marks on marks
    "\u0430\u0440\u0440\u04cf\u0435",  # Cyrillic that looks Latin
    "٣١٤-٥٥٥-٠١٢٣",  # digits of other scripts
    "３１４５５５０１２３",
    "\U0001d7db\U0001d7d9\U0001d7dc",
    "\U0001f468\U0001f3fd \u2764\ufe0f \U0001f1fa\U0001f1f8",  # pictures, a mark of style, a flag
    "\u3164\u115f\u2800",  # letters and signs that show nothing
    "\u3000\u2003\u00a0",  # spaces of other widths
    "ནམཿ གྷྲྀ ต้นี้ ക്ഷ",  # scripts that rise and hang
    "שלום abc עולם 123",  # both directions
    "اختبار 314 اختبار",
    "中文没有空格的很长的一句话" * 4,
    "\u202e\u2066\u200d\u200b\u00ad\n\r\x00",  # nothing of this may pass
    "𒐫𒈙꧅",
    "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p",
    "/" * 50,
    "1" * 50,
    "\\N \\u0041 %00 ${x} {0} %(a)s",
    "'; DROP TABLE find_row; --",
]
NUMBERS = ["314-555-0123", "1-800-555-0123", "800-555-0124", "988", "1-314-555-0125", "211"]
WEEKS = st.sampled_from(
    [
        (),
        (Schedule((0, 1, 2, 3, 4), 8 * 60, 17 * 60), Schedule((5,), 0, 1440)),
        (Schedule((0, 5, 6), 30, 1439), Schedule((2,), 60, 61), Schedule((2,), 61, 62)),
    ]
)


def is_allowed(text, limit):
    """Whether `check` finds nothing wrong with a text."""
    return not (text_problems(text, limit) or broken_promises(text, "en"))


def texts(limit, is_withheld=None):
    """Texts of which `check` finds nothing wrong; `is_withheld` takes those out that import holds back."""
    any_text = st.one_of(st.text(SIGNS, min_size=1, max_size=limit), st.sampled_from(ODD))
    good = any_text.filter(lambda text: is_allowed(text, limit))
    return good.filter(lambda text: not is_withheld(text)) if is_withheld else good


def nasty(limit):
    """Texts of the worst that `check` lets pass, as long as it lets them be.

    What it refuses is left out: of whole texts hardly any would pass, and of entries with ten of them none.
    """
    pieces = st.lists(st.sampled_from(NASTY) | st.text(SIGNS, max_size=8), min_size=1, max_size=6)
    joints = st.sampled_from(["", " ", "-"])
    return st.builds(lambda pieces, joint: joined(pieces, joint, limit), pieces, joints).filter(bool)


def joined(pieces, joint, limit):
    """Return of each piece, in order, as much as the text may still have."""
    text = ""
    for piece in pieces:
        before = text + joint if text else ""
        longer = ((before + piece[:length]).strip() for length in range(len(piece), 0, -1))
        text = next((each for each in longer if is_allowed(each, limit)), text)
    return text


def is_withheld(text):
    """Whether import holds a text back, or changes it: it writes any space as the ordinary one."""
    other_space = any(category(letter) == "Zs" and letter != " " for letter in text)
    return (
        other_space
        or has_address(text)
        or has_email(text)
        or names_somebody(text)
        or says_day_and_night(text)
    )


def as_text(strategy):
    return strategy.map(lambda words: Text("t", words))


def lines(withheld=None, words=texts):
    return st.builds(
        lambda number, kind, label, always, week, checked: Phone(
            kind,
            digits_of(number),
            number,
            "s",
            checked,
            How.READ,
            label=label,
            keyword="HELP2" if kind is PhoneKind.TEXT and always else None,
            shown_as="1-800-KKK-0123" if number == NUMBERS[1] else None,
            open_24h=always,
            schedules=() if always else week,
        ),
        st.sampled_from(NUMBERS),
        st.sampled_from(PhoneKind),
        st.none() | as_text(words(40, withheld) if withheld else words(40)),
        st.booleans(),
        WEEKS,
        st.dates(date(2026, 1, 1), TODAY),
    )


def fits_a_code(service) -> bool:
    """Whether the contact can be a code, under the name it has or that staff would give it."""
    try:
        return bool(entry_modules(contact_of(replace(service, save_as=service.save_as or STAFF_SAVE_AS))))
    except CodeTooLargeError:
        return False


def services(withheld=None, most_lines=3, words=texts):
    """One entry with any text in any field; `words(limit)` makes the texts."""

    def text(limit):
        return words(limit, withheld) if withheld else words(limit)

    return st.builds(
        lambda phones, has_chat, cautions, **parts: replace(
            some_service(),
            phones=tuple(phones),
            website="https://example.org/a?b=c",
            has_chat=has_chat,
            cautions=tuple(Text("c", each) for each in cautions),
            checked=min((phone.checked for phone in phones), default=TODAY),
            **parts,
        ),
        st.lists(
            lines(withheld, words), max_size=most_lines, unique_by=lambda phone: (phone.digits, phone.kind)
        ),
        st.booleans(),
        st.lists(text(200), max_size=3).filter(lambda found: not (withheld and withheld("\n".join(found)))),
        name=text(80),
        programme=st.none() | text(80),
        summary=as_text(text(160)),
        **{
            key: st.none() | as_text(text(limit))
            for key, limit in TEXT_LIMITS.items()
            if key not in ("hint", "summary", "address")
        },
    ).filter(fits_a_code)
